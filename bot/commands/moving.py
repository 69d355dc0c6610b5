"""Commands that say where a ticket goes on, and what stands beside it: tags, other tickets."""

from collections.abc import Collection
from dataclasses import replace

from bot.audience import QUIETLY, Circle
from bot.command import TICKET, WORDS, Call, Parameter, Type, command
from bot.escalating import let_go
from bot.model import moving as change
from bot.model.entry import Message, Note, What
from bot.model.message import Answer
from bot.model.person import Person
from bot.model.relation import Relation
from bot.model.settings import Team
from bot.model.signing import parted
from bot.model.ticket import Ticket, told
from bot.opening import Report, open_ticket
from bot.rung import level_like
from bot.which import splittable

WORDS_AMONG_US = Parameter("text", Type.TEXT, required=False)
TEAM = Parameter("team", Type.TEAM)


@command(TICKET, TEAM, WORDS_AMONG_US, whole=True)
def transfer(call: Call, ticket: Ticket, team: Team, text: str | None) -> Answer:
    """Let another team go on with a ticket; the words are for them alone."""
    by, now, said = call.by.id, call.now, beside(call, text or "")
    kept = call.keep(change.transfer(ticket, team.name, by, now, call.channel, beside=said))
    let_go(call.desk, call.work, ticket, kept, call.by, now)
    return call.answer("done.transfer", kept, noted=said is not None)


@command(TICKET, Parameter("rung", Type.RUNG, required=False), WORDS, whole=True)
def escalate(call: Call, ticket: Ticket, rung: Team | int | None, text: str) -> Answer:
    """Let those go on with a ticket who know more, with a summary for whoever is next.

    They are the team that is named, or its own at the level that is named; else the team to which
    its own escalates, else its own.
    """
    team, level = (None, rung) if isinstance(rung, int) else (rung, None)
    to = team.name if team else ticket.team if level else call.desk.settings.above(ticket.team)
    by, now, beside = call.by.id, call.now, _note(call, text)
    kept = call.keep(
        change.escalate(ticket, to, by, now, call.channel, to_level=level, beside=beside)
    )
    let_go(call.desk, call.work, ticket, kept, call.by, now)
    meant = 0 if rung else level_like(text)
    meant = meant if meant > kept.level else 0
    return call.answer("done.escalate", kept, words=text, meant=meant)


@command(TICKET, Parameter("tags", Type.TAGS))
def tag(call: Call, ticket: Ticket, tags: str) -> Answer:
    """Put words of the agents' own on a ticket, or take some off."""
    kept = call.keep(change.tag(ticket, tags, call.by.id, call.now, call.channel))
    return call.answer("done.tag", kept)


@command(TICKET, Parameter("other", Type.TICKET), Parameter("how", Type.RELATION, required=False))
def relate(call: Call, ticket: Ticket, other: Ticket, how: Relation | None) -> Answer:
    """Say what another ticket is to this one; each has its own people and end all the same."""
    how, known = how or Relation.RELATED, call.work.relations
    before = known.of(ticket.id).get(other.id, Relation.NONE)
    above = known.ancestors(other.id if how is Relation.PARENT else ticket.id)
    by, now = call.by.id, call.now
    for each in change.relate(ticket, other, how, before, above, by, now, call.channel):
        call.keep(each)
    known.keep(ticket.id, other.id, how, now)
    reference = call.desk.settings.reference(other.id)
    return call.answer("done.relate", ticket, other=reference, how=how.value)


@command(TICKET, Parameter("message", Type.MESSAGE))
def split(call: Call, ticket: Ticket, message: Message) -> Answer:
    """Let what was said from a message on go on in a ticket of its own; this one keeps it, too.

    It is that of who said so, and only what they said goes along.
    """
    first, *others = [
        each
        for each in reversed(splittable(call.work, ticket))
        if each.id >= message.id and each.by == message.by
    ]
    whose = call.work.people.get(ticket.requester if first.by is None else first.by)
    assert whose is not None, "whoever said something is kept"
    told_by_split = {Circle.REQUESTER} if whose.id == ticket.requester else set()
    new = _opened(call, ticket, replace(first, subject=message.subject), whose, deaf=told_by_split)
    for each in others:
        copy = replace(each, full_text="", of=0)
        new = call.keep(told(new, copy), deaf=QUIETLY)
    for each in (first, *others):
        if each.name:
            call.work.tickets.hand_over(each.channel, [each.name], new.id)
    told_by_new = {Circle.REQUESTER} - told_by_split
    call.keep(change.split(ticket, first, new, call.by.id, call.channel), deaf=told_by_new)
    other = call.desk.settings.reference(new.id)
    return call.answer(
        "done.split", ticket, other=other, requester=whose.name, answerable=whose.is_named
    )


def beside(call: Call, text: str) -> Note | None:
    """The note that goes along with what an agent does; a goodbye and a name alone are none."""
    desk = call.desk
    said = parted(desk.ear.closings, desk.settings, text, call.by.name).said
    if not said and not call.attachments:
        return None
    return _note(call, text if said else "")


def _opened(
    call: Call, ticket: Ticket, first: Message, whose: Person, *, deaf: Collection[Circle]
) -> Ticket:
    """The ticket that goes on from there; the other's requester hears of it where that one is."""
    report = Report(
        text=first.text,
        subject=first.subject,
        channel=call.channel,
        by=call.by.id,
        at=call.now,
        said_at=first.at,
        said_by=first.by,
        what=What.LOGGED,
        attachments=first.attachments,
        remarks=first.remarks,
        name=first.name,
        team=ticket.team,
        follows=ticket.id,
    )
    return open_ticket(call.work, call.desk, report, whose, deaf=deaf)


def _note(call: Call, text: str) -> Note:
    return Note(
        text=text,
        at=call.now,
        by=call.by.id,
        channel=call.channel,
        attachments=call.attachments,
        remarks=call.remarks,
        name=call.name,
    )
