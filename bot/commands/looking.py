"""Commands that show something and change nothing."""

from collections import Counter
from dataclasses import replace

from bot.articles import sending
from bot.audience import may_read
from bot.command import TICKET, Call, Parameter, Type, command, shelved
from bot.discretion import as_told_by
from bot.family import related
from bot.model.entry import Entry, Event, What
from bot.model.mailroom import Letter
from bot.model.message import Answer
from bot.model.order import in_order
from bot.model.person import Role
from bot.model.stamp import beginning
from bot.model.ticket import Ticket
from bot.moved import current
from bot.rows import part_of, rows_of
from bot.state import before, state_of

_LONGEST_LINE = 500  # characters of a history in a chat
MOST_OWN = 500  # tickets that an agent has or reported, and that are looked through
PAGE = Parameter("page", Type.NUMBER, required=False)


@command(TICKET, PAGE, changes=False, quiet=True)
def history(call: Call, ticket: Ticket, page: int | None) -> Answer:
    """Everything that happened to a ticket, and to those in it, the latest page first."""
    numbers = [ticket.id, *call.work.tickets.merged_into(ticket.id)]
    entries = [entry for number in numbers for entry in call.work.entries.of(number)]
    entries.sort(key=lambda entry: entry.at)
    here = (each for each in entries if each.what is not What.MERGED or each.ticket == ticket.id)
    readable = [each for each in here if may_read(call.work, call.by, ticket, each)]
    part = part_of(page, len(readable))
    shown = readable[len(readable) - part.end if part.more else 0 : len(readable) - part.begin]
    rows = [_told(call, ticket, entry) for entry in shown]
    return call.answer("done.history", ticket, rows=rows, more=part.more, next=part.page + 1)


@command(TICKET, changes=False, quiet=True)
def brief(call: Call, ticket: Ticket) -> Answer:
    """Who asks, how they are reached, what they were told, and what they had with us."""
    reference = call.desk.settings.reference(ticket.id)
    return Answer(call.briefing(ticket), reference, buttons=sending(call, ticket))


@command(PAGE, role=Role.REQUESTER, changes=False)
def mine(call: Call, page: int | None) -> Answer:
    """What an agent has and reported, or what somebody reported."""
    work, by = call.work, call.by.id
    if not call.for_desk:
        part = part_of(page, work.tallies.reported(by))
        own = work.tickets.of_requester(by, part.end)[part.begin :]
        listed = zip(rows_of(call, own), own, strict=True)
        rows = [row | {"before": before(call, each)} for row, each in listed]
        return call.answer("answer.mine", rows=rows, more=part.more, next=part.page + 1)
    own = [
        each
        for each in work.tickets.of_requester(by, MOST_OWN)
        if each.assignee != by and not current(work, each).status.is_done
    ]
    part = part_of(page, max(work.tallies.assigned(by), len(own)))
    held = in_order(work.tickets.of_assignee(by, MOST_OWN))[part.begin : part.end]
    return call.answer(
        "done.mine",
        rows=rows_of(call, held),
        own=rows_of(call, own[part.begin : part.end]),
        more=part.more,
        next=part.page + 1,
    )


@command(replace(TICKET, required=False), role=Role.REQUESTER, changes=False, quiet=True)
def status(call: Call, ticket: Ticket | None) -> Answer:
    """How a ticket stands, or the desk and all that is theirs; agents see how letters fared, too.

    Of what goes on in another ticket, requesters hear how that one stands.
    """
    if ticket is None:
        own = mine.run(call, None)
        return replace(own, text=f"{state_of(call)}\n\n{own.text}")
    if not call.for_desk:
        told = as_told_by(call.work, call.by, ticket)
        summary = told.summary or told.subject
        return call.answer("answer.status", current(call.work, ticket), summary=summary)
    return call.answer(
        "done.status",
        ticket,
        letters=_fared(call, ticket),
        relations=related(call.desk.settings, call.work, ticket),
    )


@command(role=Role.REQUESTER, changes=False)
def help(call: Call) -> Answer:  # noqa: A001 - it is the command's name
    """The words one may use."""
    texts, reader = call.desk.texts, call.reader
    known = (each for each in call.commands if call.for_desk or not each.aside)
    allowed = [each for each in known if each.role <= call.role]
    shelves = shelved(allowed, texts) if call.for_desk else [("", allowed)]
    rows = [
        {
            "shelf": shelf if each is those[0] else "",
            "usage": call.usage(each),
            "help": texts.render(f"{each.name}.help", reader),
        }
        for shelf, those in shelves
        for each in those
    ]
    return call.answer("answer.help", rows=rows)


def _fared(call: Call, ticket: Ticket) -> list[dict[str, object]]:
    """Letters to one reader that fared alike are one row, in the order of the first of them.

    Nobody looks for what agents were told, and what their room shows has no reader of its own.
    """

    def reader(letter: Letter) -> str:
        known_as, person = letter.recipient, letter.person
        return call.desk.wording.recipient(call.work, call.reader, known_as, person)

    agents = {each.id for each in call.work.people.agents()} - {ticket.requester}
    alike = Counter(
        (reader(each), each.state.value, each.error)
        for each in call.work.outbox.of_ticket(ticket.id)
        if each.person is not None and each.person not in agents
    )
    return [
        {"recipient": recipient, "state": state, "error": error, "count": count}
        for (recipient, state, error), count in alike.items()
    ]


def _told(call: Call, ticket: Ticket, entry: Entry) -> str:
    """One line of the history; of what was said in a ticket that goes on here, with its name."""
    there = ticket if entry.ticket == ticket.id else call.work.tickets.get(entry.ticket)
    facts = call.desk.wording.facts(call.work, call.reader, call.by, there, entry)
    key = f"history.{entry.what}" if isinstance(entry, Event) else f"history.line_{entry.what}"
    line = call.desk.texts.render(key, call.reader, **facts)
    if entry.ticket != ticket.id:
        line = f"{facts['reference']} · {line}"
    short = call.reader.slash and len(line) > _LONGEST_LINE
    return f"{beginning(line, _LONGEST_LINE)}…" if short else line
