"""Noticing: those whom a planned work affects are told of it, one after the other."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from bot.audience import Circle, Hearing
from bot.desk import Desk
from bot.enclosure import Manner
from bot.model.message import Address, Button, Invitation, Tone
from bot.model.notice import DATED, Notice, Scope, Stage, Word, stepped, told_up_to
from bot.model.person import Person
from bot.noticed import facts_of, named
from bot.posting import post_in_room, rooms_of, without_room
from bot.store import Work
from bot.text import Reader, Texts
from bot.wording import Facts
from bot.works import pause_what_comes_of, reminding, sleeps_until

_AT_ONCE = 3  # notices in one transaction, so that nobody who writes waits
_TOLD_AT_ONCE = 100  # people who are told of each in it
_MOST_NAMED = 20  # tickets that are about it
_TOLD = {
    Word.ANNOUNCED: Hearing(Circle.REQUESTER, "notice_announced", tone=Tone.NOTICE),
    Word.REMINDED: Hearing(Circle.REQUESTER, "notice_reminded", tone=Tone.NOTICE),
    Word.STARTED: Hearing(Circle.REQUESTER, "notice_started", tone=Tone.NOTICE),
    Word.MOVED: Hearing(Circle.REQUESTER, "notice_moved", tone=Tone.NOTICE),
    Word.FINISHED: Hearing(Circle.REQUESTER, "notice_finished", tone=Tone.NOTICE),
    Word.CANCELLED: Hearing(Circle.REQUESTER, "notice_cancelled", tone=Tone.NOTICE),
}
_ASKED = Hearing(Circle.ASSIGNEE, "notice_asked", tone=Tone.NOTICE, inward=True)
_PLANNED = ("notice_move", "notice_cancel")
_BEGUN = ("notice_finish", "notice_extend", "notice_cancel")


def settle(desk: Desk, work: Work, notice: Notice, now: datetime) -> Notice:
    """Keep a notice that changed, and tell the first of those affected at once."""
    kept = work.notices.save(notice) if notice.id else work.notices.add(notice)
    pause_what_comes_of(work, desk.settings, kept, now)
    return tell_on(desk, work, kept, now) if kept.telling else kept


def knock(desk: Desk, work: Work, now: datetime) -> int:
    """Do what is due of notices by now; returns how many people and notices were seen to."""
    done = 0
    for notice in work.notices.due(now, _AT_ONCE):
        done += 1
        if notice.knock_at is not None and notice.knock_at <= now:
            step = stepped(notice, reminding(desk.settings), now)
            kept = settle(desk, work, step.notice, now)
            if step.ask:
                _ask(desk, work, kept, now)
        else:
            tell_on(desk, work, notice, now)
    return done


def tell_on(desk: Desk, work: Work, notice: Notice, now: datetime) -> Notice:
    """Tell its word to the next of those affected; agents first, in their rooms."""
    word = notice.telling
    assert word is not None, "a word goes out"
    if not notice.told:
        _tell_rooms(desk, work, notice, word, now)
    since = now - desk.settings.notices.lately
    people = work.notices.affects(notice.affected, notice.told, since, _TOLD_AT_ONCE)
    in_rooms = _read_in_rooms(desk, work)
    for number in people:
        person = work.people.get(number)
        if person is not None and person.reachable and number not in in_rooms:
            _tell(desk, work, notice, word, person, now)
    last = people[-1] if len(people) == _TOLD_AT_ONCE else None
    return work.notices.save(told_up_to(notice, last))


def settling(texts: Texts, reader: Reader, notice: Notice) -> Iterator[Button]:
    """The buttons by which agents say what becomes of it."""
    for name in _BEGUN if notice.stage is Stage.STARTED else _PLANNED:
        yield Button(texts.render(f"button.{name}", reader), f"/{name} {notice.reference}")


def _tell(
    desk: Desk, work: Work, notice: Notice, word: Word, person: Person, now: datetime
) -> None:
    """Tell one person: not in a chat by night, unless somebody has just announced it."""
    reached = work.people.reached_at(person.id)
    channel = reached.address.channel if reached else ""
    chat = channel in desk.wording.chats
    if chat and _reads_in_public(desk, notice, channel):
        return
    asleep = sleeps_until(desk.settings, person, now) if chat else None
    if asleep and word in (Word.STARTED, Word.REMINDED):
        return
    reader = desk.wording.reader(person, now, channel=channel)
    facts = facts_of(desk, reader, notice)
    dated = word in DATED and notice.planned
    entry = _invitation(desk, reader, notice, facts) if dated else None
    desk.scribe.tell(
        work,
        person,
        _TOLD[word],
        now,
        manner=Manner(
            later=asleep if word is not Word.ANNOUNCED else None,
            invitation=entry,
            apart=notice.reference,
        ),
        **facts,
    )


def _invitation(desk: Desk, reader: Reader, notice: Notice, facts: Facts) -> Invitation:
    """The entry for the reader's calendar, which takes the place of the one before."""
    return Invitation(
        name=f"notice-{notice.id}",
        revision=notice.revision,
        starts_at=notice.starts_at,
        ends_at=notice.ends_at,
        title=desk.texts.render("notice.entry", reader, **facts),
        text=str(facts["meanwhile"]),
        cancelled=notice.telling is Word.CANCELLED,
    )


def _reads_in_public(desk: Desk, notice: Notice, channel: str) -> bool:
    """Whether a room that everybody of a channel reads was told."""
    whole = (Scope.EVERYBODY, ""), (Scope.CHANNEL, channel)
    return channel in desk.settings.notices.rooms and any(x in whole for x in notice.affected)


def _read_in_rooms(desk: Desk, work: Work) -> set[int]:
    """The agents who read it in a room of theirs."""
    alone = {each.id for each in without_room(work, desk.settings.teams)}
    rooms = rooms_of(desk.settings.teams)
    return {each.id for each in work.people.agents() if each.id not in alone} if rooms else set()


def _tell_rooms(desk: Desk, work: Work, notice: Notice, word: Word, now: datetime) -> None:
    """Agents read it where they work, with the reports that are about it; then the public."""
    said = partial(_for_agents, desk, work, notice)
    buttons = partial(_beside, desk.texts, notice)
    for place in rooms_of(desk.settings.teams):
        post_in_room(desk, work, place, f"notice_room.{word}", now, said, buttons)
    for channel, room in desk.settings.notices.rooms.items():
        if _reads_in_public(desk, notice, channel) and channel in desk.channels:
            _post_in_public(desk, work, notice, word, Address(channel, room), now)


def _post_in_public(
    desk: Desk, work: Work, notice: Notice, word: Word, place: Address, now: datetime
) -> None:
    def said(reader: Reader) -> Facts:
        return facts_of(desk, reader, notice) | {"name": ""}

    post_in_room(desk, work, place, _TOLD[word].key, now, said, public=True)


def _beside(
    texts: Texts, notice: Notice, reader: Reader, _: Mapping[str, object]
) -> Iterator[Button]:
    return iter(()) if notice.stage.is_over else settling(texts, reader, notice)


def _for_agents(desk: Desk, work: Work, notice: Notice, reader: Reader) -> dict[str, Any]:
    """What agents read of it besides: who announced it, whom it affects, what is about it."""
    reports = work.notices.tickets(notice.id)[:_MOST_NAMED]
    return facts_of(desk, reader, notice) | {
        "by": desk.wording.name(work, reader, notice.by),
        "references": [desk.settings.reference(each) for each in reports],
        "whom": named(desk, reader, notice.affected),
    }


def _ask(desk: Desk, work: Work, notice: Notice, now: datetime) -> None:
    """Ask who announced it, and their rooms, whether it is finished: nobody else knows."""
    said = partial(_for_agents, desk, work, notice)
    buttons = partial(_beside, desk.texts, notice)
    rooms = rooms_of(desk.settings.teams)
    for place in rooms:
        post_in_room(desk, work, place, "notice_room.asked", now, said, buttons)
    author = work.people.get(notice.by) if notice.by else None
    if author is None or not author.is_agent or author.id in _read_in_rooms(desk, work):
        return
    reader = desk.wording.reader(author, now)
    desk.scribe.tell(work, author, _ASKED, now, **said(reader))
