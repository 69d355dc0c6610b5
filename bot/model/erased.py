"""What the erasure of a person takes away: counted before, and again when it is done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Erased:
    """How much there is of somebody; `files` are digests that nobody else's messages name."""

    addresses: int
    tickets: int
    entries: int
    letters: int
    raws: int  # messages as they came over the wire
    files: tuple[str, ...] = ()
    open: int = 0  # of the tickets: those that go on


@dataclass(frozen=True, slots=True)
class Orders:
    """What names somebody, as far as it was looked through: agents' messages, and letters."""

    signs: frozenset[str] = frozenset()  # by which they were looked for: names and addresses
    items: tuple[int, ...] = ()  # of agents' messages that name them
    looked: frozenset[int] = frozenset()  # all items that were looked at, by number
    last: int = 0  # the number of the last of them
    letters: tuple[int, ...] = ()
    sent: int = 0  # the number of the last letter that was looked at
