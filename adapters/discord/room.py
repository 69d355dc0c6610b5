"""A support room: a text channel or a forum of Discord in which every post is a request."""

from dataclasses import dataclass

from adapters.discord.ids import is_id
from bot.channel import WrongSettings

_SHORTEST = 15  # digits: since 2015 no id has fewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One support room, and what holds for the requests that come from it."""

    #: The channel's ID, "1442806870123450368"; a text channel's or a forum's.
    channel: str
    #: Ask the writer before a message becomes a ticket, for rooms where people also just talk.
    ask_first: bool = False
    #: The team that gets its tickets; "" for the desk's first.
    team: str = ""
    #: The language of people whose own isn't known; "" for the desk's.
    language: str = ""

    #: Let a message with a button stand there that opens a form, for rooms nobody else writes in.
    panel: bool = False

    def __post_init__(self) -> None:
        check_id(self.channel, f'channel = "{self.channel}"')


def check_id(room: str, called: str) -> None:
    """Raise `WrongSettings` when this is no channel's ID; `called` is how the config has it."""
    if not is_snowflake(room):
        raise WrongSettings(
            f"{called} is no ID of a channel",
            "turn on Developer Mode in Discord (Settings, Advanced), right-click the channel and "
            "press Copy Channel ID",
        )


def is_snowflake(text: str) -> bool:
    """Whether it looks like an ID that Discord gave."""
    return len(text) >= _SHORTEST and is_id(text)


ELSEWHERE = Room(channel="1" * _SHORTEST)  # what holds in a room that the settings don't name
