"""Tallies: how many tickets are alike."""

from dataclasses import dataclass

from bot.model.ticket import Status
from bot.model.triage import Kind


@dataclass(frozen=True, slots=True)
class Opened:
    """Tickets that were opened in some time and are alike, and how many of them there are."""

    channel: str
    team: str
    kind: Kind
    status: Status
    claimed: bool  # somebody has them
    solved: bool  # they are done, and somebody said by what
    count: int
