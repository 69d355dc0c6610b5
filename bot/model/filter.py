"""A filter: which tickets of a list somebody wants to see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.model.fold import fold
from bot.model.ticket import Status, Ticket
from bot.model.triage import Kind, Priority

Value = Status | Kind | Priority


@dataclass(frozen=True, slots=True)
class Filter:
    """What a ticket must be: of each sort one of its values, and all the words.

    An empty one takes every ticket.
    """

    values: tuple[Value, ...] = ()
    teams: tuple[str, ...] = ()
    unclaimed: bool = False
    claimed_by: int | None = None
    words: tuple[str, ...] = ()  # pieces of what its line says

    def takes(self, ticket: Ticket, line: Callable[[], str]) -> bool:
        """Whether a ticket is among those; `line` says what people read of it."""
        return (
            all(_is(ticket, sort, values) for sort, values in self._sorted().items())
            and (not self.teams or ticket.team in self.teams)
            and not (self.unclaimed and ticket.assignee is not None)
            and self.claimed_by in (None, ticket.assignee)
            and (not self.words or self._said(fold(line())))
        )

    def _said(self, line: str) -> bool:
        return all(fold(word) in line for word in self.words)

    def _sorted(self) -> Mapping[type[Value], set[Value]]:
        sorts: dict[type[Value], set[Value]] = {}
        for value in self.values:
            sorts.setdefault(type(value), set()).add(value)
        return sorts


def _is(ticket: Ticket, sort: type[Value], values: set[Value]) -> bool:
    has: Mapping[type[Value], Value] = {
        Status: ticket.status,
        Kind: ticket.kind,
        Priority: ticket.priority,
    }
    return has[sort] in values
