"""What must be known besides an event to read it: who the bot is, and which rooms are whose."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.chat.revision import fit
from adapters.discord.post import Ground, Person, Spot
from adapters.discord.room import ELSEWHERE, Room
from bot.model.message import Address, Speaker


@dataclass(frozen=True, slots=True)
class Scene:
    """The bot among its servers."""

    channel: str  # the desk's name for this door
    bot_user: str  # the bot's own id
    bot_roles: frozenset[str]  # the roles that it bears by itself, one a server
    rooms: Mapping[str, Room]  # the support rooms by their ids
    agents_rooms: frozenset[str]

    def speaker(self, person: Person) -> Speaker:
        """Somebody as the desk knows them: the gateway vouches for who speaks."""
        name = fit(person.name).strip()
        if person.bot:
            return Speaker(person.id, name=name, answerable=False)
        return Speaker(person.id, name=name, verified=True, language=person.language)

    def address(self, room: str, thread: str) -> Address:
        """A place on Discord; the way into a private thread is what was said in it."""
        return Address(self.channel, room, "" if self._parts(room) else thread)

    def is_inward(self, spot: Spot) -> bool:
        """Whether only agents read there, or the bot alone does: agents' plain words are notes."""
        return spot.ground is Ground.DIRECT or spot.room in self.agents_rooms

    def is_public(self, spot: Spot) -> bool:
        """Whether others read along there, who may join in.

        What begins a private thread is said in the open, but there nobody goes on with it.
        """
        if spot.ground is Ground.FOREIGN or self.is_inward(spot):
            return False
        return spot.in_thread or not self._parts(spot.room)

    def listens(self, spot: Spot) -> bool:
        """Whether what is said there is said to the desk without naming it."""
        return spot.room in self.rooms or self.is_inward(spot)

    def defaults(self, spot: Spot) -> Room:
        """The support room's settings; for any other those that say nothing."""
        return self.rooms.get(spot.room) or ELSEWHERE

    def _parts(self, room: str) -> bool:
        """Whether each request of a room goes on in a private thread."""
        return self.rooms.get(room, ELSEWHERE).threads == "private"
