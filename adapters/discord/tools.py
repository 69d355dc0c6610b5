"""The tools with which everything that comes in is taken in."""

from collections.abc import Callable
from dataclasses import dataclass

import discord

from adapters.chat.taking import Taking
from adapters.discord.decode_scene import Scene
from adapters.discord.downloads import Downloads
from adapters.discord.showing import Showing
from bot.channel import Counter, Listing, Receive


@dataclass(frozen=True, slots=True)
class Tools:
    """One set of them for all that comes in while the door is open."""

    client: discord.Client
    scene: Callable[[], Scene]  # who the bot is and which rooms are whose, as known now
    counter: Counter
    receive: Receive
    taking: Taking
    downloads: Downloads
    showing: Showing
    listing: Listing

    def says(self, key: str, language: str) -> str:
        """One of the texts under "app", in this language or else the desk's."""
        said = self.listing.listed(key)
        return said.get(language) or next(iter(said.values()))
