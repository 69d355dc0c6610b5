"""A row of the account: what was due of one kind, what was told, and what of it is wrong."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field


@dataclass
class Row:
    """One kind of word: what was due, what was sent, and each fault."""

    name: str
    due: int = 0
    sent: int = 0
    missing: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)  # what nobody was to get, or got twice

    @property
    def even(self) -> bool:
        """Whether each was told once, and nothing else."""
        return not (self.missing or self.beside)


def compared(name: str, due: Iterable[Hashable], sent: Iterable[Hashable]) -> Row:
    """Hold what was due against what was sent."""
    wanted, found = Counter(due), Counter(sent)
    row = Row(name, wanted.total(), found.total())
    row.missing = [str(each) for each in (wanted - found).elements()]
    row.beside = [str(each) for each in (found - wanted).elements()]
    return row
