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
