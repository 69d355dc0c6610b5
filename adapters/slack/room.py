"""A support room: a Slack channel in which every message is a request."""

import re
from dataclasses import dataclass

from bot.channel import WrongSettings

_ID = re.compile(r"[CG][A-Z0-9]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One support room, and what holds for the requests that come from it."""

    #: The channel's ID, "C0123456789".
    channel: str
    #: Ask the writer before a message becomes a ticket, for rooms where people also just talk.
    ask_first: bool = False
    #: The team that gets its tickets; "" for the desk's first.
    team: str = ""
    #: The language of people whose own isn't known; "" for the desk's.
    language: str = ""

    def __post_init__(self) -> None:
        check_id(self.channel, f'channel = "{self.channel}"')


def check_id(room: str, called: str) -> None:
    """Raise `WrongSettings` when this is no channel's ID; `called` is how the config has it."""
    if not _ID.fullmatch(room):
        mend = "open the channel's details in Slack; at the bottom stands its ID, C012345678"
        raise WrongSettings(f"{called} is no ID of a channel", mend)


ELSEWHERE = Room(channel="C00")  # what holds in any room that the settings don't name
