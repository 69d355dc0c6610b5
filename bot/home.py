"""Somebody's own page on a channel: what needs them now, in order, one press each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk import Desk
from bot.model.message import Section
from bot.model.order import in_order, rests
from bot.model.person import Person
from bot.model.ticket import Status, Ticket
from bot.moved import current
from bot.press import press
from bot.store import Work
from bot.story import turn
from bot.text import Reader

MOST = 12  # tickets of one kind: a page is to be taken in at a glance
MOST_HELD = 200  # tickets that one person has or reported, and that are looked through


def home(
    desk: Desk, work: Work, person: Person, now: datetime, channel: str
) -> tuple[str, tuple[Section, ...]]:
    """What a page shows in its reader's language: in one line, and as a panel."""
    page = _Page(desk, work, person, desk.wording.reader(person, now, channel=channel))
    sections = page.for_agent() if person.is_agent else page.for_requester()
    return page.say("title"), tuple(sections)


def needed(
    desk: Desk, work: Work, agent: Person, now: datetime, channel: str
) -> tuple[Section, ...]:
    """What the page shows an agent of their work; nothing where nothing needs them now."""
    page = _Page(desk, work, agent, desk.wording.reader(agent, now, channel=channel))
    return tuple(page.at_work()) if page.needs_them() else ()


class _Page:
    """One page while it is drawn."""

    def __init__(self, desk: Desk, work: Work, person: Person, reader: Reader) -> None:
        self._desk = desk
        self._work = work
        self._person = person
        self._reader = reader
        self._own = desk.wording.facts(work, reader, person)

    def say(self, key: str, **values: object) -> str:
        return self._desk.texts.render(f"home.{key}", self._reader, **(self._own | values))

    def for_requester(self) -> Iterator[Section]:
        yield self._head()
        own = self._reported()
        yield Section(title=self.say("reported"), text="" if own else self.say("nothing"))
        yield from self._reports(own)

    def for_agent(self) -> Iterator[Section]:
        yield self._head()
        yield from self.at_work()

    def needs_them(self) -> bool:
        """Whether anything waits for them, or to be taken."""
        held = self._work.tickets.of_assignee(self._person.id, MOST_HELD)
        return any(not rests(each) for each in held) or bool(self._unclaimed())

    def at_work(self) -> Iterator[Section]:
        """What an agent has to do, and who may be waiting for them."""
        held = in_order(self._work.tickets.of_assignee(self._person.id, MOST_HELD))
        yield from self._list("needed", [each for each in held if not rests(each)])
        unclaimed = in_order(self._work.tickets.queue(self._teams(), MOST_HELD, unclaimed=True))
        yield from self._list("unclaimed", unclaimed, self._unclaimed())
        if resting := [each for each in held if rests(each)]:
            yield from self._list("resting", resting)
        if own := self._reported():
            yield Section(title=self.say("reported"))
            yield from self._reports(own)

    def _teams(self) -> tuple[str, ...]:
        return self._person.teams or tuple(each.name for each in self._desk.settings.teams)

    def _unclaimed(self) -> int:
        """How many tickets of their teams nobody has taken."""
        return self._work.tallies.queue(self._teams(), unclaimed=True)

    def _head(self) -> Section:
        names = ("new", "language")
        buttons = [press(self._desk.texts, self._reader, name, self._own) for name in names]
        return Section(
            title=self.say("title"),
            text=self.say("greeting"),
            buttons=(replace(buttons[0], main=True), *buttons[1:]),
        )

    def _list(
        self, kind: str, tickets: Sequence[Ticket], count: int | None = None
    ) -> Iterator[Section]:
        """The first tickets of a list that holds so many, or these where that isn't said."""
        shown = tickets[:MOST]
        yield Section(title=self.say(kind), text="" if shown else self.say(f"{kind}_none"))
        yield from (self._for_agent_one(each) for each in shown)
        left = (len(tickets) if count is None else count) - len(shown)
        if left > 0:
            key = "more" if count is None else f"more_{kind}"
            yield Section(small=self.say(key, count=left))

    def _reports(self, tickets: Sequence[Ticket]) -> Iterator[Section]:
        yield from (self._reported_one(each) for each in tickets[:MOST])
        if (left := len(tickets) - MOST) > 0:
            yield Section(small=self.say("more", count=left))

    def _for_agent_one(self, ticket: Ticket) -> Section:
        facts = self._desk.wording.facts(self._work, self._reader, self._person, ticket)
        entries = () if ticket.waits_since else self._work.entries.of(ticket.id)
        facts |= {"since": turn(ticket, entries).since}
        names = ("reply", "resolve") if ticket.assignee else ("claim",)
        return Section(
            text=self.say("ticket", **facts),
            small=self.say("ticket_small", **facts),
            buttons=tuple(press(self._desk.texts, self._reader, name, facts) for name in names),
        )

    def _reported_one(self, ticket: Ticket) -> Section:
        facts = self._desk.wording.facts(self._work, self._reader, self._person, ticket)
        name = "unsolved" if ticket.status.is_done else "solved"
        return Section(
            text=self.say("report", **facts),
            small=self.say("report_small", **facts),
            buttons=(press(self._desk.texts, self._reader, name, facts),),
        )

    def _reported(self) -> list[Ticket]:
        """What they reported, each once however it was merged: going on, or lately solved."""
        reported = self._work.tickets.of_requester(self._person.id, limit=MOST_HELD)
        now = {each.id: each for each in (current(self._work, one) for one in reported)}
        return [each for each in now.values() if each.status is not Status.CLOSED]
