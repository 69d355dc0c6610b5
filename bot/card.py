"""A ticket's card in the agents' room: how it stands at a glance, with a press for what is next."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk import Desk
from bot.family import related
from bot.model.emphasis import unfenced
from bot.model.entry import Entry, Event
from bot.model.message import Address, Button, Section
from bot.model.person import Person, Role
from bot.model.ticket import Ticket
from bot.press import press
from bot.room import MOST_QUOTED
from bot.store import Work
from bot.story import REQUESTER, report, solution, turn, why
from bot.text import Reader
from bot.wording import Facts

_UNCLAIMED = ("claim", "reply", "note", "resolve")
_GOING = ("reply", "note", "resolve", "release")
_DONE = ("reopen", "note")
_WRITTEN = "kb_from"  # where what solved it could help others
_TO_KNOW = ("brief", "history", "priority", "kind", "tag")
_TO_KNOW_OF_DONE = ("brief", "history", "tag")
_MORE = ("canned", "ask", "hold", "assign", "transfer", "escalate", "relate", "split")


def card(
    desk: Desk, work: Work, ticket: Ticket, now: datetime, place: Address
) -> tuple[str, tuple[Section, ...]]:
    """What a card shows in a room, in the desk's language: in one line, and as a panel."""
    reader = desk.wording.room_reader(work, now, place.channel)
    gone = _gone(desk, ticket, place)
    entries = work.entries.of(ticket.id)
    facts = _facts(desk, work, reader, ticket, entries)

    def say(key: str) -> str:
        return desk.texts.render(f"card.{key}", reader, **facts)

    def presses(names: Iterable[str]) -> tuple[Button, ...]:
        shown = () if gone else names
        return tuple(press(desk.texts, reader, name, facts) for name in shown)

    first = report(entries)
    quote = unfenced(first.text) if first and len(first.text) <= MOST_QUOTED else ""
    quote = desk.texts.veiled(quote, reader)
    return say("line"), (
        Section(
            title=say("title"),
            facts=tuple((say(f"{name}_label"), say(name)) for name in _shown(ticket)),
            more=presses(_to_know(ticket)),
        ),
        Section(quote=quote, small=say("small")),
        Section(
            text=say("writing") if facts["people"] else "",
            buttons=tuple(_buttons(desk, reader, ticket, facts, gone=bool(gone))),
            more=presses(() if ticket.status.is_done else _MORE),
        ),
        Section(small=say(gone or "inside")),
    )


def _shown(ticket: Ticket) -> tuple[str, ...]:
    """The facts worth their room."""
    waits = () if ticket.status.is_done else ("since",)
    return ("requester", "state", "priority", "holder", *waits)


def _facts(
    desk: Desk, work: Work, reader: Reader, ticket: Ticket, entries: Sequence[Entry]
) -> Facts:
    everybody = Person(desk.settings.label(ticket.team), role=Role.AGENT)
    writers = [work.people.get(each) for each in work.drafts.of(ticket.id, reader.now)]
    opened = next((each for each in entries if isinstance(each, Event)), None)
    if opened is not None:
        opened = replace(opened, reasons=why(entries, opened, ticket.subject))
    facts = desk.wording.facts(work, reader, everybody, ticket, opened, report(entries))
    whose, since = turn(ticket, entries)
    rating = work.ratings.of(ticket.id)
    return facts | {
        "mark": rating.mark if rating else None,
        "people": [each.name for each in writers if each is not None],
        "since": since,
        "theirs": whose == REQUESTER,
        "other": desk.settings.reference(ticket.merged_into) if ticket.merged_into else "",
        "relations": related(desk.settings, work, ticket),
        "is_lesson": solution(entries) is not None and work.articles.made_of(ticket.id) is None,
    }


def _gone(desk: Desk, ticket: Ticket, place: Address) -> str:
    """Which words say that it goes on in another ticket, or with another team's people."""
    if ticket.merged_into is not None:
        return "elsewhere"
    return "left" if desk.rooms.is_left(ticket, place) else ""


def _buttons(
    desk: Desk, reader: Reader, ticket: Ticket, facts: Facts, *, gone: bool
) -> Iterable[Button]:
    if gone:
        names: tuple[str, ...] = ("history",)
    elif ticket.status.is_done:
        names = (*_DONE, *([_WRITTEN] if facts["is_lesson"] else ()))
    else:
        names = _GOING if ticket.assignee else _UNCLAIMED
    for place, name in enumerate(names):
        yield replace(press(desk.texts, reader, name, facts), main=place == 0)


def _to_know(ticket: Ticket) -> tuple[str, ...]:
    """What tells of it, and changes what it counts as."""
    return _TO_KNOW_OF_DONE if ticket.status.is_done else _TO_KNOW
