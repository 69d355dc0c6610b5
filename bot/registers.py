"""The registers: what the book keeps beside tickets, people and mail."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.model.appointment import Appointment
from bot.model.canned import ReadyAnswer
from bot.model.duty import Duty
from bot.model.erased import Erased, Orders
from bot.model.joined import Trace
from bot.model.person import Claim, Identity, Person
from bot.model.rating import Rating
from bot.model.relation import Relation
from bot.model.tally import Opened
from bot.model.ticket import Ticket


class Drafts(Protocol):
    """Who is writing an answer."""

    def begin(self, ticket: int, person: int, until: datetime) -> None:
        """They write until then, unless they end it before."""

    def end(self, ticket: int, person: int) -> bool:
        """They write no more; False if they didn't."""

    def until(self, ticket: int, person: int) -> datetime | None:
        """Until when somebody writes; None if they don't."""

    def of(self, ticket: int, now: datetime) -> list[int]:
        """Who writes, by number."""

    def over(self, now: datetime) -> list[int]:
        """Forget who has written for too long; the tickets of these, by number."""


class Appointments(Protocol):
    """The roles that were given in a chat, beside those of the config."""

    def of(self, person: int) -> Appointment | None:
        """Somebody's, and be it that they are a requester again."""

    def history(self, person: int) -> list[Appointment]:
        """All that an admin ever made of them, the latest first."""

    def every(self) -> list[Appointment]:
        """Those of all that hold."""

    def keep(self, appointment: Appointment) -> None:
        """It holds from now on; what they were before stays in the book."""

    def drop(self, person: int, at: datetime) -> None:
        """From now on the config says what they are."""


class Duties(Protocol):
    """Who is away, and when the desk gave each agent a ticket last."""

    def of(self, person: int) -> Duty:
        """What is known of somebody; of most it is nothing."""

    def away(self, now: datetime) -> Sequence[int]:
        """Who is away at this moment, by number."""

    def leave(self, person: int, until: datetime, substitute: int | None) -> None:
        """They are away until then; whoever stands in gets what would be theirs."""

    def come_back(self, person: int) -> None:
        """They are back."""

    def give(self, person: int, now: datetime) -> None:
        """The desk gave them a ticket: whoever got one before comes before them."""

    def unclaimed(
        self, team: str, before: datetime, after: int = 0, limit: int = 50
    ) -> Sequence[int]:
        """Tickets of a team that nobody has had since `before`, by number, from behind `after` on.

        Those that are laid aside or wait for the requester aren't among them, nor those that were
        given to somebody for it before, but for those that went to another team, a level up, or
        were opened again since: their time begins then.
        """


class Links(Protocol):
    """Addresses that somebody is about to prove, and how two records of one become one."""

    def begin(self, claim: Claim) -> None:
        """They say that an address is theirs; a code is on its way there. One at a time."""

    def of(self, person: int, now: datetime) -> Claim | None:
        """What they are about to prove; None where there is nothing, or it is over."""

    def by_digest(self, digest: str, now: datetime) -> Claim | None:
        """Whose code it is; None where it is nobody's, or it is over."""

    def tried(self, person: int) -> None:
        """They named a wrong code."""

    def end(self, person: int) -> None:
        """It is proved, or given up."""

    def join(
        self, lost: int, into: int, at: datetime, *, by: int | None = None, channel: str = ""
    ) -> None:
        """All that is known of one person belongs to the other, who is the same.

        What the other doesn't know is taken from the one, who is no more. It is recorded: whoever
        did it (`by`) and where, and what `Joins.part` needs.
        """


class Joins(Protocol):
    """What was changed of people, and how what was joined is parted again."""

    def of(self, person: int) -> list[Trace]:
        """What was changed of somebody, the latest first."""

    def note(self, trace: Trace) -> None:
        """Keep a change that was made."""

    def going(self, address: Identity) -> list[Identity]:
        """All addresses that go with this one of somebody's: those of the record it came by."""

    def part(
        self, address: Identity, anew: Person, now: datetime, *, by: int | None, channel: str
    ) -> Person:
        """Give an address, and those that go with it, back to a person of their own.

        Where it came by a join that record is as it was, with what came by its addresses since;
        else it is `anew`, with what came by this one since it was linked. Returns who that is now.
        """


class Tallies(Protocol):
    """How many tickets there are of a sort, and how long they waited."""

    def queue(self, teams: Iterable[str], *, unclaimed: bool = False) -> int:
        """How many are not done in these teams; `unclaimed`: of those that nobody has."""

    def before(self, ticket: Ticket) -> int:
        """How many of its team that nobody has come before it: the graver, then the older."""

    def assigned(self, person: int) -> int:
        """How many an agent has that are not done."""

    def reported(self, person: int) -> int:
        """How many somebody reported, whatever became of them."""

    def opened(self, since: datetime, until: datetime) -> list[Opened]:
        """Those that were opened from `since` until before `until`, by how they stand now."""

    def first_answers(self, since: datetime, until: datetime) -> tuple[int, timedelta]:
        """How many of those a person answered, and how long half of these waited at most for it."""


class Views(Protocol):
    """The filters of the queue that somebody saved under a name."""

    def of(self, person: int) -> list[tuple[str, str]]:
        """Names and words of theirs, by name."""

    def get(self, person: int, name: str) -> str | None:
        """The words under a name, accents and case aside."""

    def save(self, person: int, name: str, words: str) -> None:
        """Keep one, in place of another of the same name."""

    def drop(self, person: int, name: str) -> None:
        """Forget one."""


class Erasure(Protocol):
    """Takes a person's words, names and addresses out of the book."""

    def of(self, person: int) -> Erased:
        """How much there is of somebody."""

    def orders(self, person: int, seen: Orders) -> Orders:
        """What of agents' messages and of letters names them, a page further.

        It is `seen` itself where there is no more, and begins anew where they are named otherwise
        than before.
        """

    def elsewhere(self, person: int) -> list[int]:
        """The tickets of others that hold words of theirs, or letters to them."""

    def erase(self, person: int, seen: Orders) -> Erased:
        """Take all of it away; whatever tells of nobody (kinds, times, teams) stays.

        Of agents' messages and letters only those behind the `seen` ones are looked through: it
        may be long.
        """


class Terms(Protocol):
    """The terms of solved tickets, by which similar ones are found."""

    def keep(self, ticket: int, terms: Iterable[str]) -> None:
        """It is found by these terms from now on, and by no others."""

    def forget(self, ticket: int) -> None:
        """It is found no more."""

    def of(self, ticket: int) -> list[str]:
        """The terms by which it is found; none where it isn't solved."""

    def counts(self, terms: Iterable[str], most: int) -> dict[str, int]:
        """How many tickets have each of these terms, counted no further than `most`."""

    def newest(self, term: str, limit: int) -> list[int]:
        """The latest tickets that have a term, by number."""

    def shared(self, terms: Collection[str], tickets: Collection[int]) -> dict[int, list[str]]:
        """Which of these terms each of these tickets has; without those that have none."""


class Canned(Protocol):
    """The ready answers that were saved, and how often each is sent, wherever it stands."""

    def of(self, teams: Collection[str], limit: int = 1000) -> list[ReadyAnswer]:
        """Those of these teams ("" is one), the most used first.

        One without words was only counted: its words stand elsewhere.
        """

    def save(self, answer: ReadyAnswer, at: datetime) -> None:
        """Keep it in place of the one that is known by the same key; its count stays."""

    def drop(self, answer: ReadyAnswer) -> None:
        """Forget it, with its count."""

    def sent(self, answer: ReadyAnswer, at: datetime) -> None:
        """Count that it was sent once more."""


class Relations(Protocol):
    """How tickets belong together; whatever is kept is seen from both sides."""

    def of(self, ticket: int) -> dict[int, Relation]:
        """What others are to a ticket, by their numbers."""

    def keep(self, ticket: int, other: int, how: Relation, at: datetime) -> None:
        """The other is this to the ticket from now on, and nothing else; NONE forgets it."""

    def ancestors(self, ticket: int) -> set[int]:
        """Its parents, their parents, and so on."""


class Ratings(Protocol):
    """How requesters found the help with their tickets; whose a mark is, its ticket says."""

    def of(self, ticket: int) -> Rating | None:
        """What was asked and answered of a ticket; None where neither was."""

    def was_asked(self, person: int, since: datetime) -> bool:
        """Whether somebody was asked of any ticket of theirs since then.

        Who asks them in another transaction at this moment has to look again.
        """

    def ask(self, ticket: int, at: datetime) -> None:
        """They are asked of it at this moment; a mark that they gave before stands."""

    def keep(self, rating: Rating) -> None:
        """They gave this mark, in place of another one."""

    def by(self, person: int, limit: int) -> list[Rating]:
        """The marks that somebody gave, the latest first."""

    def asked(self, since: datetime, until: datetime) -> tuple[int, int]:
        """Of how many tickets the desk asked from `since` until before `until`; how many answered.

        Who was asked twice of one ticket counts once, when they were asked last.
        """

    def marks(self, since: datetime, until: datetime) -> dict[int, int]:
        """How often each mark was given from `since` until before `until`."""

    def low(self, since: datetime, until: datetime, limit: int) -> list[Rating]:
        """The low ones among them, the latest first."""
