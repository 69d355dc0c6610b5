"""The weekly word to agents on what the desk knows: what articles did, and which are wanted."""

from datetime import datetime, time, timedelta
from functools import partial

from bot.audience import Circle, Hearing
from bot.desk import Desk
from bot.model.message import Tone
from bot.posting import post_in_room, rooms_of, without_room
from bot.press import proposing
from bot.proposed import proposals
from bot.report import Report, Span
from bot.store import Work
from bot.text import Reader
from bot.wanted import wanted
from bot.wording import Facts

_AT = time(9)  # on the desk's clock, or when it opens later on the week's first day of work
_TOLD_OF = timedelta(days=28)
_PROPOSED = 3
_HEARING = Hearing(Circle.TEAM, "weekly", tone=Tone.NOTICE)


def week_due(desk: Desk, now: datetime) -> str:
    """The week of which is to be told by now, as "2026-W48"; "" while the desk is closed."""
    local = now.astimezone(desk.settings.zone)
    if local.time() < _AT or not desk.settings.hours.is_open(now):
        return ""
    year, week, _ = local.isocalendar()
    return f"{year}-W{week:02}"


def tell_of_week(desk: Desk, work: Work, ledger: Report, now: datetime) -> int:
    """Tell each room of agents, and the agents who have none: how many these are.

    Nobody where there is nothing.
    """
    span = Span(now - _TOLD_OF, now)
    rows = proposals(desk.settings, wanted(work, desk.settings, now, _PROPOSED))
    facts = ledger.run(work, desk.settings, span)
    if not (rows or facts["shown"] or facts["linked"] or facts["review"]):
        return 0

    def told(reader: Reader, channel: str) -> Facts:
        inside = channel in desk.wording.chats
        return {
            "ledger": ledger.tell(work, desk.settings, desk.texts, reader, span),
            "ideas": desk.texts.render("done.kb_ideas", reader, rows=rows, inside=inside),
            "proposals": rows,
        }

    rooms, people = rooms_of(desk.settings.teams), [*without_room(work, desk.settings.teams)]
    for place in rooms:
        here = partial(told, channel=place.channel)
        post_in_room(desk, work, place, "weekly", now, here, partial(proposing, desk.texts))
    for person in people:
        reached = work.people.reached_at(person.id)
        channel = reached.address.channel if reached else ""
        reader = desk.wording.reader(person, now, channel=channel)
        said = told(reader, channel)
        desk.scribe.tell(
            work, person, _HEARING, now, ledger=said["ledger"], ideas=said["ideas"], proposals=rows
        )
    return len(rooms) + len(people)
