"""Commands by which agents announce planned works, and anybody sees what is planned."""

from dataclasses import replace
from datetime import datetime

from bot.command import WORDS, Call, Parameter, Type, command
from bot.model.message import Answer
from bot.model.notice import (
    Affected,
    Notice,
    announced,
    cancelled,
    finished,
    moved,
    reworded,
)
from bot.model.person import Role
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.noticed import about, facts_of, missing, shown, written
from bot.noticing import settle, settling
from bot.works import affecting, link, linked, reminding

STARTS, ENDS = Parameter("starts", Type.BEGIN), Parameter("ends", Type.END)
WHOM = Parameter("whom", Type.AFFECTED)
NOTICE = Parameter("notice", Type.NOTICE)
CLOSING = Parameter("text", Type.TEXT, required=False)
_MOST_COUNTED = 10_000


@command(STARTS, ENDS, WHOM, WORDS, whole=True)
def maintenance(
    call: Call, starts: datetime, ends: datetime, whom: tuple[Affected, ...], text: str
) -> Answer:
    """Announce a planned work to those whom it affects: when, and what they can do meanwhile."""
    _permit(call)
    read, settings = written(call, text), call.desk.settings
    notice = Notice(
        said=read.said,
        starts_at=starts,
        ends_at=ends,
        affected=whom,
        about=about(call.desk.texts, call.desk.ear, read),
        by=call.by.id or None,  # an operator at a terminal is nobody of the book's
        at=call.now,
    )
    kept = settle(call.desk, call.work, announced(notice, reminding(settings)), call.now)
    since = call.now - settings.notices.lately
    count = len(call.work.notices.affects(whom, 0, since, _MOST_COUNTED))
    return _told(call, "done.maintenance", kept, count=count)


@command(NOTICE, ENDS)
def notice_extend(call: Call, notice: Notice, ends: datetime) -> Answer:
    """Say that a planned work goes on longer: how much longer, or until when."""
    return _moved(call, notice, notice.starts_at, ends)


@command(NOTICE, STARTS, ENDS)
def notice_move(call: Call, notice: Notice, starts: datetime, ends: datetime) -> Answer:
    """Say that a planned work takes place at another time."""
    return _moved(call, notice, starts, ends)


@command(NOTICE, WORDS, whole=True)
def notice_words(call: Call, notice: Notice, text: str) -> Answer:
    """Say it in other words, or in one more language."""
    _permit(call)
    read = written(call, text)
    anew = reworded(notice, read.said)
    known = (*notice.about, *about(call.desk.texts, call.desk.ear, read))
    kept = call.work.notices.save(replace(anew, about=tuple(dict.fromkeys(known))))
    return _told(call, "done.notice_words", kept)


@command(NOTICE, CLOSING, whole=True)
def notice_finish(call: Call, notice: Notice, text: str | None) -> Answer:
    """Say that a planned work is finished, and what people should know now."""
    _permit(call)
    over = finished(notice, text or "")
    waiting = [call.desk.settings.reference(x) for x in call.work.notices.tickets(notice.id)]
    kept = settle(call.desk, call.work, over, call.now)
    return _told(call, "done.notice_finish", kept, references=waiting)


@command(NOTICE, CLOSING, whole=True)
def notice_cancel(call: Call, notice: Notice, text: str | None) -> Answer:
    """Say that a planned work doesn't take place, and why."""
    _permit(call)
    kept = settle(call.desk, call.work, cancelled(notice, text or ""), call.now)
    return _told(call, "done.notice_cancel", kept)


@command(NOTICE, Parameter("other", Type.TICKET))
def notice_link(call: Call, notice: Notice, other: Ticket) -> Answer:
    """Say that a ticket is about a planned work, or that it is not after all."""
    known = call.work.notices.of_ticket(other.id)
    now = None if known is not None and known.id == notice.id else notice
    link(call.work, call.desk.settings, other, now, call.now)
    event = linked(now, call.by.id, call.now, call.channel)
    call.desk.tell(call.work, other, call.desk.note(call.work, other, event))
    told = facts_of(call.desk, call.reader, now) if now else {"notice": ""}
    return call.answer("done.notice_link", other, **told)


@command(role=Role.REQUESTER, changes=False, quiet=True, aside=True)
def notices(call: Call) -> Answer:
    """Show what is planned, or goes on now."""
    found = affecting(call.work, call.desk.settings, call.by, call.now)
    return call.answer("answer.notices", works=shown(call.desk, call.reader, found))


def _permit(call: Call) -> None:
    """Raises `Refused` where the desk wants somebody else's word."""
    wanted = call.desk.settings.notices.announce
    if call.role < wanted:
        raise Refused("refused.notice_role", role=wanted.name.lower())


def _moved(call: Call, notice: Notice, starts: datetime, ends: datetime) -> Answer:
    _permit(call)
    anew = moved(notice, starts, ends, reminding(call.desk.settings), call.now)
    return _told(call, "done.notice_moved", settle(call.desk, call.work, anew, call.now))


def _told(call: Call, key: str, notice: Notice, **values: object) -> Answer:
    """What became of it, with the buttons for what may come next."""
    lacking = missing(call, notice)
    told = facts_of(call.desk, call.reader, notice) | {"lacking": lacking, **values}
    answer = call.answer(key, **told)
    if notice.stage.is_over:
        return answer
    buttons = settling(call.desk.texts, call.reader, notice)
    return replace(answer, buttons=tuple(buttons))
