"""Reporting: who is sent which report now, in their words, once for each period.

Where two desks share a book, and after an absence, nobody hears twice of one period: the book keeps
which one each reader was told last. A reader of whom it keeps nothing begins with the next one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.charting import rows_of
from bot.clocks import zone_of
from bot.desk import Desk
from bot.model.calendar import Hours, moment_of
from bot.model.mailroom import Letter, reader_lane
from bot.model.message import Address, Tone
from bot.model.person import Person, Role
from bot.model.reach import Reach
from bot.model.settings import Team
from bot.model.subscription import EVERYBODY, LEADS, TEAMS, Period, Subscription, period
from bot.posting import rooms_of, without_room
from bot.press import press
from bot.report import Facts, Report, Span, Told
from bot.store import Work
from bot.text import Reader

AT_ONCE = 25  # people told in one transaction, so that nobody who writes meanwhile waits
_HEARD = timedelta(days=90)  # who wrote to the desk in so long is told of its week
_MORNING, _EVENING = 8, 21  # hours of a reader's own clock between which a letter may come
_SEEN, _DONE = "seen", "done"


@dataclass(frozen=True, slots=True)
class _Run:
    """A subscription at work: what is told, of which period, of which team."""

    desk: Desk
    work: Work
    chosen: Subscription
    report: Report
    due: Period
    now: datetime
    team: str = ""

    def facts(self) -> Facts:
        """What there is to tell; read once for all readers."""
        span = Span(self.due.since, self.due.until, self.team)
        return self.report.facts(self.work, self.desk.settings, span)

    def say(self, facts: Facts, reader: Reader, channel: str) -> Told:
        """Its words there; by mail with the figures behind the pictures."""
        inside = channel in self.desk.wording.chats
        told = self.report.say(facts, self.desk.texts, reader, inside=inside)
        if inside or not told.charts:
            return told
        charts = [{"title": each.title, "rows": rows_of(each)} for each in told.charts]
        below = self.desk.texts.render("paper.figures", reader, charts=charts)
        return replace(told, text=f"{told.text}\n\n{below}")


def send_due(desk: Desk, work: Work, now: datetime) -> int:
    """Queue what is due of all subscriptions; returns how many letters that are."""
    sent = 0
    for chosen in desk.settings.subscriptions:
        for reader in chosen.to:
            for team, hours in _parts(desk, reader):
                key = chosen.key(f"{reader}/{team.name}" if team else reader)
                due = _news(work, key, chosen, hours, now)
                if due is not None:
                    named = team.name if team else ""
                    run = _Run(desk, work, chosen, desk.reports[chosen.report], due, now, named)
                    sent += _send(run, reader, key)
    return sent


def _parts(desk: Desk, reader: str) -> Iterator[tuple[Team | None, Hours]]:
    """Each team by its own hours, or all of the desk by the desk's."""
    settings = desk.settings
    teams = settings.teams if reader == TEAMS else [x for x in settings.teams if x.name == reader]
    yield from ((team, team.hours or settings.hours) for team in teams)
    if not teams:
        yield None, settings.hours


def _news(work: Work, key: str, chosen: Subscription, hours: Hours, now: datetime) -> Period | None:
    """The period of which it wasn't told yet."""
    known = work.cursors.load(key)
    if not known:  # whoever subscribes today isn't told of yesterday
        work.cursors.save(key, f"{now.astimezone(hours.zone).date().isoformat()} {_SEEN}")
        return None
    due = period(chosen, hours, now)
    day, _, how = known.partition(" ")
    begun = how not in (_SEEN, _DONE)
    if due is None or due.name < day or (due.name == day and not begun):
        return None
    return due


def _send(run: _Run, reader: str, key: str) -> int:
    """Queue it to one kind of readers, and keep how far that came."""
    done = f"{run.due.name} {_DONE}"
    if reader == EVERYBODY:
        return _send_to_everybody(run, key)
    run.work.cursors.save(key, done)
    facts = run.facts()
    if reader == LEADS:
        return sum(_to_person(run, facts, each) for each in _leads(run.work))
    if run.team:
        teams = [run.desk.settings.team(run.team)]
        for place in rooms_of(teams):
            _to_room(run, facts, place)
        people = [*without_room(run.work, teams)]
        return len(rooms_of(teams)) + sum(_to_person(run, facts, each) for each in people)
    if "@" in reader:
        return _to_address(run, facts, reader)
    channel, _, room = reader.partition(":")
    _to_room(run, facts, Address(channel, room))
    return 1


def _send_to_everybody(run: _Run, key: str) -> int:
    """Some of those who wrote lately, from where it was left; whoever left is passed over."""
    day, _, how = run.work.cursors.load(key).partition(" ")
    after = int(how) if day == run.due.name and how.isdecimal() else 0
    found = run.work.ledger.readers(run.now - _HEARD, after, AT_ONCE)
    if not found:
        run.work.cursors.save(key, f"{run.due.name} {_DONE}")
        return 0
    run.work.cursors.save(key, f"{run.due.name} {found[-1]}")
    facts = dict(run.facts())
    for number in found:
        person = run.work.people.get(number)
        assert person is not None, "who is found is kept"
        span = Span(run.due.since, run.due.until, person=number)
        own = dict(run.report.own(run.work, run.desk.settings, span)) if run.report.own else {}
        if run.report.is_worth(facts | own):
            _to_person(run, facts | own, person)
    return len(found)


def _leads(work: Work) -> list[Person]:
    """Who leads a team, or all of it."""
    return [each for each in work.people.agents() if each.role >= Role.LEAD]


def _to_room(run: _Run, facts: Facts, place: Address) -> None:
    reader = run.desk.wording.room_reader(run.work, run.now, place.channel)
    reader = replace(reader, language=_language(run, reader.language))
    told = run.say(facts, reader, place.channel)
    lane = f"{place.channel}:{place.room}:{run.report.name}"
    run.work.outbox.queue(_letter(run, told, reader, place, lane))


def _to_address(run: _Run, facts: Facts, address: str) -> bool:
    """By mail: to somebody who is known by it in their own words, else in the desk's."""
    mail = run.desk.mail
    known = run.work.people.find(mail, address.lower())
    person = known[0] if known else Person("")
    reader = run.desk.wording.reader(person, run.now, channel=mail)
    reader = replace(reader, language=_language(run, person.language or reader.language))
    letter = _letter(
        run,
        run.say(facts, reader, mail),
        reader,
        Address(mail, ""),
        reader_lane(mail, address),
        recipient=address,
    )
    run.work.outbox.queue(_greeted(run, letter, person, reader))
    return True


def _to_person(run: _Run, facts: Facts, person: Person) -> bool:
    """Where they last wrote, in their own words, at an hour of theirs; False where nowhere is."""
    desk = run.desk
    reached = desk.scribe.reached(run.work, person)
    if reached is None or not person.is_named:
        return False
    channel = reached.address.channel
    reader = desk.wording.reader(person, run.now, channel=channel)
    told = run.say(facts, reader, channel)
    lane = reader_lane(channel, reached.external_id, run.report.name)
    letter = _letter(run, told, reader, Address(channel, _room(run, reached)), lane)
    letter = replace(letter, recipient=reached.external_id, not_before=_by_day(run, person))
    run.work.outbox.queue(_greeted(run, letter, person, reader))
    return True


def _room(run: _Run, reached: Reach) -> str:
    """A chat's own talk of two; a mailbox is the one that they wrote to."""
    chat = reached.address.channel in run.desk.wording.chats
    return "" if chat else reached.address.room


def _by_day(run: _Run, person: Person) -> datetime | None:
    """When it is day where they live; None where it is now."""
    zone = zone_of(run.desk.settings, person.zone)
    local = run.now.astimezone(zone)
    if _MORNING <= local.hour < _EVENING:
        return None
    day = local.date() + timedelta(days=local.hour >= _EVENING)
    by_day = _MORNING <= run.chosen.at.hour < _EVENING  # else the night was chosen
    return moment_of(day, run.chosen.at, zone) if by_day else None


def _language(run: _Run, else_: str) -> str:
    return run.desk.texts.spoken(run.chosen.language, else_)


def _letter(
    run: _Run, told: Told, reader: Reader, place: Address, lane: str, recipient: str = ""
) -> Letter:
    return Letter(
        to=place,
        recipient=recipient,
        lane=lane,
        text=told.text,
        created_at=run.now,
        subject=told.title,
        language=reader.language,
        tone=Tone.NOTICE,
        charts=told.charts,
        inward=run.report.own is None,
    )


def _greeted(run: _Run, letter: Letter, person: Person, reader: Reader) -> Letter:
    """As a letter to one person; from what goes to everybody there is a way out."""
    texts, facts = run.desk.texts, run.desk.wording.facts(run.work, reader, person)
    greeting = "letter.greeting" if person.first_name else "letter.greeting_unknown"
    letter = replace(
        letter,
        recipient_name=person.display_name,
        person=person.id or None,
        greeting=texts.render(greeting, reader, **facts),
        closing=texts.render("letter.closing", reader, **facts),
    )
    if run.report.own is None:
        return letter
    out = press(texts, reader, "unsubscribe", facts)
    out = replace(out, instead=texts.render("button.unsubscribe_instead", reader))
    return replace(letter, buttons=(out,), leave=out.command)
