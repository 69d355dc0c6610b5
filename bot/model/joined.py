"""What was changed of somebody and by whom, and what two records of one person are together."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.model.person import Person

TRAITS = ("name", "office", "language", "skills", "zone")  # that agents write down
FILLED = ("name", "language", "heard", "zone", "office", "organisation")


class Traced(StrEnum):
    """What of a person was changed."""

    JOINED = "joined"  # another record of theirs is part of this one
    PARTED = "parted"  # an address, or a whole record, stands for itself again
    LINKED = "linked"  # an agent wrote an address down
    NAME = "name"
    OFFICE = "office"
    LANGUAGE = "language"
    ZONE = "zone"
    SKILLS = "skills"


@dataclass(frozen=True, slots=True)
class Trace:
    """One change of a person: who made it, when, and on which channel.

    `new` is the value, the address, or the name of the record that was joined; `by` None is the
    desk itself, by the word of a network. `other` is who was parted.
    """

    person: int
    what: Traced
    at: datetime
    by: int | None
    channel: str = ""
    new: str = ""
    other: int | None = None


def filled(kept: Person, lost: Person) -> Person:
    """One record of two: what it doesn't know, the other one may."""
    known = {name: getattr(kept, name) or getattr(lost, name) for name in FILLED}
    known["name"] = kept.name if kept.display_name else lost.name
    return replace(
        kept, **known, weekly=kept.weekly and lost.weekly
    )  # who said no isn't asked anew
