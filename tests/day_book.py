"""Everything the book holds of a small desk, read at once: what a day's truths are held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model.entry import Entry
from bot.model.mailroom import Account, Letter
from bot.model.person import Person
from bot.model.ticket import Ticket
from bot.store import Work

MOST = 500  # tickets of a day
TEAMS = ("support", "network")


@dataclass(frozen=True)
class Book:
    """The book at one moment. Tickets, entries and watchers stand by the ticket's number."""

    tickets: Mapping[int, Ticket]
    entries: Mapping[int, Sequence[Entry]]
    watchers: Mapping[int, frozenset[int]]
    letters: Mapping[int, Letter]
    people: Mapping[str, Person]
    accounts: Sequence[Account]
    quarantined: int
    ready: str = ""  # the words of all ready answers, which any agent may read

    def side(self, number: int) -> frozenset[int]:
        """Who may read a ticket as its requester does."""
        return self.watchers[number] | {self.tickets[number].requester}

    def who(self, number: int | None) -> Person | None:
        """One of the people by number."""
        return next((each for each in self.people.values() if each.id == number), None)

    def agents(self) -> frozenset[int]:
        """Who works at the desk, by number."""
        return frozenset(each.id for each in self.people.values() if each.is_agent)


def read_book(work: Work, channel: str, addresses: Sequence[str]) -> Book:
    """All of it; of the people those who have one of these addresses."""
    tickets = {each.id: each for each in work.tickets.newest(MOST)}
    letters = (each for number in tickets for each in work.outbox.of_ticket(number))
    answers = work.canned.of(("", *TEAMS))
    known = {each: work.people.find(channel, each) for each in addresses}
    return Book(
        tickets=tickets,
        entries={each: work.entries.of(each) for each in tickets},
        watchers={each: frozenset(work.tickets.watchers(each)) for each in tickets},
        letters={each.id: each for each in letters},
        people={each: found[0] for each, found in known.items() if found},
        accounts=work.inbox.accounts(),
        quarantined=len(work.quarantine.list()),
        ready="\n".join(each for kept in answers for each in (*kept.words.values(), *kept.does)),
    )
