"""The people of the local Discord, and the interactions by which they use the application."""

from collections.abc import Iterable

from sandbox.discord.call import Route
from sandbox.discord.guild import Guild
from sandbox.discord.interactions import Interactions
from sandbox.discord.person import Person
from sandbox.discord.posting import Posting
from sandbox.discord.routes import interactions, replies
from sandbox.discord.world import World

ACTS: tuple[Route, ...] = (*interactions.ROUTES, *replies.ROUTES)
"""The routes by which the application answers people's interactions."""


class People:
    """The half of the server that lets people in.

    `interactions.limit` are the seconds within which the application must answer.
    """

    def __init__(self, world: World, posting: Posting) -> None:
        self.interactions = Interactions(world, posting)
        self._people = world
        self._voice = posting

    def person(self, name: str, *, locale: str = "en-US", guilds: Iterable[Guild] = ()) -> Person:
        """Give somebody an account, and let them into guilds."""
        user = self._people.add_user(name, locale=locale)
        for each in guilds:
            each.join(user)
        return Person(user, self._people, self._voice, self.interactions)
