"""Similar cases: what solved matters are found by, and which of them another resembles."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from bot import story
from bot.ear import Ear
from bot.model.entry import Entry, What
from bot.model.settings import Desk as Settings
from bot.model.signing import parted
from bot.model.terms import MOST, ranked, rarest, terms, weights
from bot.model.ticket import Ticket
from bot.store import Work

_COUNTED = 2_000  # tickets with a term; what more have tells little
_SOUGHT = 6  # terms by which tickets are gathered, the rarest
_GATHERED = 500  # tickets for each of them, the latest
_COMPARED = 200  # of those, by all terms
_LOOKED_AT = 12  # of those, one by one


class Solved(NamedTuple):
    """A ticket that resembles another, and what solved it."""

    ticket: Ticket
    solution: story.Solution


def learn(work: Work, settings: Settings, ear: Ear, ticket: Ticket, entry: Entry) -> None:
    """Let a ticket be found from the moment when it is solved, as long as it stays so.

    What ended without a word that solved it helps nobody. Words count as they read by now.
    """
    if entry.what in (What.REOPENED, What.MERGED):
        work.terms.forget(ticket.id)
        return
    reworded = entry.what is What.EDITED and bool(work.terms.of(ticket.id))
    if entry.what is What.RESOLVED or reworded:
        entries = work.entries.of(ticket.id)
        if story.solution(entries) is not None:
            work.terms.keep(ticket.id, _counted(work, settings, ear, ticket, entries))


def similar(
    work: Work,
    settings: Settings,
    ear: Ear,
    ticket: Ticket,
    limit: int = 3,
    *,
    but: Collection[int] = (),
) -> list[Solved]:
    """The solved tickets that a ticket resembles, the most alike first; in doubt none.

    What it costs is bound by the numbers above, however many there are.
    """
    counts = _counted(work, settings, ear, ticket, work.entries.of(ticket.id))
    weighed = weights(counts, among=ticket.id)
    gathered = _gathered(work, counts, weighed, {ticket.id, *but})
    shared = work.terms.shared(counts, gathered)
    found = (work.tickets.get(each) for each in ranked(weighed, shared)[:_LOOKED_AT])
    tickets = {each.id: each for each in found if each is not None}
    near = {each.id for each in tickets.values() if each.team == ticket.team}
    order = ranked(weighed, {each: shared[each] for each in tickets}, near)
    return [*islice(_solved(work, [tickets[each] for each in order]), limit)]


def _counted(
    work: Work, settings: Settings, ear: Ear, ticket: Ticket, entries: Sequence[Entry]
) -> dict[str, int]:
    """The rarest terms of what a ticket's requester said, and how many tickets have each."""
    requester = work.people.get(ticket.requester)
    name = requester.name if requester else ""
    said = (
        parted(ear.closings, settings, each, name).words
        for each in story.said_by(entries, ticket.requester)
    )
    counts = work.terms.counts(terms(ear.wordlist, ticket.summary, *said, but=[name]), _COUNTED)
    return {term: counts[term] for term in rarest(counts, MOST)}


def _gathered(
    work: Work, counts: Mapping[str, int], weighed: Mapping[str, float], but: Collection[int]
) -> list[int]:
    """Tickets that have the rarest terms, those with the weightiest of them."""
    known = {term: count for term, count in counts.items() if count}
    likely: defaultdict[int, float] = defaultdict(float)
    for term in rarest(known, _SOUGHT):
        for number in work.terms.newest(term, _GATHERED):
            likely[number] += weighed[term]
    latest = sorted(likely.keys() - set(but), key=lambda number: (-likely[number], -number))
    return latest[:_COMPARED]


def _solved(work: Work, tickets: Sequence[Ticket]) -> Iterator[Solved]:
    """Those of these of which is known what solved them."""
    for ticket in tickets:
        if (found := story.solution(work.entries.of(ticket.id))) is not None:
            yield Solved(ticket, found)
