"""A support room: a Slack channel in which every message is a request."""

from dataclasses import dataclass


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
