"""What the desk promises: how long things may take, by rules, and by whose calendar it counts."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.model.calendar import Hours
from bot.model.ticket import Ticket
from bot.model.triage import Kind, Priority

REMINDED_AT = 0.5, 0.75  # of the time of a promise, unless the desk says otherwise
OF_TEAM = "team:"  # begins the name of the calendar that a team's hours on duty are


class Clock(StrEnum):
    """What a promise is about."""

    FIRST = "first_answer"  # a person's, never an automatic one
    NEXT = "next_answer"  # to what the requester wrote since
    NEWS = "news"  # they hear something at least so often
    SOLUTION = "solution"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Hours by which something counts, by their name; "" for the desk's own."""

    name: str
    hours: Hours
    contracts: tuple[str, ...] = ()  # whose they are…
    teams: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What decides which promises are given for a ticket."""

    priority: Priority
    kind: Kind
    team: str = ""
    contract: str = ""  # of the requester's organisation
    office: str = ""  # the requester's


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """What a target is for: all that is written must hold, of a list any one."""

    priority: tuple[Priority, ...] = ()
    kind: tuple[Kind, ...] = ()
    team: tuple[str, ...] = ()
    contract: tuple[str, ...] = ()
    office: tuple[str, ...] = ()

    def holds(self, terms: Terms) -> bool:
        """Whether it is for a ticket of these terms."""
        return all(
            not wanted or getattr(terms, name) in wanted
            for name in ("priority", "kind", "team", "contract", "office")
            for wanted in (getattr(self, name),)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How long things may take, of hours that count; 0: nothing is promised of it."""

    name: str
    when: Covers = field(default_factory=Covers)
    first_answer: timedelta = timedelta(0)
    next_answer: timedelta = timedelta(0)
    news: timedelta = timedelta(0)
    solution: timedelta = timedelta(0)
    calendar: str = ""  # by its name; the one that applies to the ticket where it is ""


class After(StrEnum):
    """How much of the time of a promise is over."""

    HALF = "half"
    THREE_QUARTERS = "three_quarters"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """When the desk itself lets others go on with a ticket, and who these are."""

    name: str
    after: After
    when: Covers = field(default_factory=Covers)
    clock: Clock | None = None  # of which promise; any where it is None
    team: str = ""
    level: int = 0
    agent: str = ""  # by name

    def fits(self, terms: Terms, clock: Clock, after: After) -> bool:
        """Whether it is for this moment of a promise."""
        return self.after is after and self.clock in (None, clock) and self.when.holds(terms)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What holds for a ticket: the target that fits it, None for none, and its calendar."""

    target: Target | None
    calendar: Calendar

    def length(self, clock: Clock) -> timedelta:
        """How long it may take; 0 where nothing is promised."""
        length: timedelta = getattr(self.target, clock) if self.target else timedelta(0)
        return length


@dataclass(frozen=True, slots=True)
class Targets:
    """All rules, tried in their order, and all calendars."""

    rules: tuple[Target, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    remind_at: tuple[float, float] = REMINDED_AT  # the parts of the time after which it reminds

    def agreed(self, terms: Terms, own: Calendar) -> Agreed:
        """What holds for tickets of these terms; `own` is the calendar of nobody in particular."""
        target = next((each for each in self.rules if each.when.holds(terms)), None)
        named = self._named(target.calendar) if target and target.calendar else None
        return Agreed(target, named or self.applies(terms, own))

    def applies(self, terms: Terms, own: Calendar) -> Calendar:
        """The calendar of the contract, else of the team, the requester's office, else `own`."""
        for whose, name in (
            ("contracts", terms.contract),
            ("teams", terms.team),
            ("offices", terms.office),
        ):
            found = (each for each in self.calendars if name and name in getattr(each, whose))
            if calendar := next(found, None):
                return calendar
        return own

    def _named(self, name: str) -> Calendar | None:
        return next((each for each in self.calendars if each.name == name), None)


def terms_of(ticket: Ticket, contract: str = "", office: str = "") -> Terms:
    """What decides of a ticket, with what is known of its requester."""
    return Terms(
        priority=ticket.priority,
        kind=ticket.kind,
        team=ticket.team,
        contract=contract,
        office=office,
    )
