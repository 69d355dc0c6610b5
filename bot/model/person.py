"""Who people are: one person on every channel, their organisation, and how we know."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class Role(IntEnum):
    """What somebody may do; each role may do what the ones below it may."""

    REQUESTER = 1
    AGENT = 2
    LEAD = 3


class Proof(StrEnum):
    """How we know that an address belongs to a person."""

    CLAIMED = "claimed"  # a message said so, nobody vouched
    TOLD = "told"  # an agent wrote it down
    CHANNEL = "channel"  # the network vouched for it
    CONFIG = "config"  # the desk's own config names it


@dataclass(frozen=True, slots=True)
class Identity:
    """An address of a person on one channel, and how it was verified."""

    person: int
    channel: str
    external_id: str
    proof: Proof
    at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes to the desk or works at it.

    `language` is their own choice, `heard` the one they last wrote in; "" where unknown.
    `reachable` is False when mail to their last address came back.
    """

    name: str
    id: int = 0
    role: Role = Role.REQUESTER
    language: str = ""
    heard: str = ""
    zone: str = ""
    office: str = ""
    organisation: int | None = None
    teams: tuple[str, ...] = ()
    reachable: bool = True

    @property
    def first_name(self) -> str:
        """The name to greet them by; an address serves until we know better."""
        name = self.name.split("@")[0] if "@" in self.name else self.name
        if "," in name:  # "Pérez, Ana", as directories write it
            name = name.partition(",")[2].strip() or name
        return name.split()[0] if name.split() else ""

    @property
    def display_name(self) -> str:
        """Their name as others read it; "" while we only know an address."""
        return "" if "@" in self.name else self.name

    @property
    def is_agent(self) -> bool:
        """Whether they work at the desk."""
        return self.role >= Role.AGENT


@dataclass(frozen=True, slots=True)
class Organisation:
    """The own company or a customer: who writes from one of its domains belongs to it."""

    name: str
    id: int = 0
    domains: tuple[str, ...] = ()
    language: str = ""
    zone: str = ""
