"""Commands that show something and change nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from bot.audience import may_read
from bot.command import TICKET, Call, command
from bot.model.entry import Entry, Event
from bot.model.mailroom import Letter
from bot.model.message import Answer
from bot.model.person import Role
from bot.model.ticket import Ticket
from bot.recognition import current


@command(TICKET)
def history(call: Call, ticket: Ticket) -> Answer:
    """Everything that happened to a ticket, and to those that go on in it."""
    numbers = [ticket.id, *call.work.tickets.merged_into(ticket.id)]
    entries = [entry for number in numbers for entry in call.work.entries.of(number)]
    entries.sort(key=lambda entry: entry.at)
    readable = (each for each in entries if may_read(call.work, call.by, ticket, each))
    rows = [_told(call, ticket, entry) for entry in readable]
    return call.answer("done.history", ticket, rows=rows)


@command()
def queue(call: Call) -> Answer:
    """What waits for one's teams, the most urgent first."""
    teams = call.by.teams or tuple(team.name for team in call.desk.settings.teams)
    return call.answer("done.queue", rows=_rows(call, call.work.tickets.queue(teams)))


@command(role=Role.REQUESTER)
def mine(call: Call) -> Answer:
    """What an agent has and reported, or what somebody reported."""
    own = call.work.tickets.of_requester(call.by.id)
    if not call.for_desk:
        return call.answer("answer.mine", rows=_rows(call, own))
    held = call.work.tickets.of_assignee(call.by.id)
    waiting = [
        each for each in own if each not in held and not current(call.work, each).status.is_done
    ]
    return call.answer("done.mine", rows=_rows(call, held), own=_rows(call, waiting))


@command(replace(TICKET, required=False), role=Role.REQUESTER)
def status(call: Call, ticket: Ticket | None) -> Answer:
    """How a ticket stands, or all that is theirs; agents see how its letters fared, too.

    Of what goes on in another ticket, requesters hear how that one stands.
    """
    if ticket is None:
        return mine.run(call)
    if not call.for_desk:
        summary = ticket.summary or ticket.subject
        return call.answer("answer.status", current(call.work, ticket), summary=summary)
    return call.answer(
        "done.status", ticket, letters=_fared(call, call.work.outbox.of_ticket(ticket.id))
    )


@command(role=Role.REQUESTER)
def help(call: Call) -> Answer:  # noqa: A001 - it is the command's name
    """The words one may use."""
    rows = [
        {
            "usage": call.usage(each),
            "help": call.desk.texts.render(f"{each.name}.help", call.reader),
        }
        for each in call.commands
        if each.role <= call.role
    ]
    return call.answer("answer.help", rows=rows)


def _rows(call: Call, tickets: list[Ticket]) -> list[dict[str, object]]:
    """Tickets as the texts list them; what goes on in another stands as that one does."""

    def name(person: int) -> str:
        return call.desk.wording.name(call.work, call.reader, person)

    return [
        {
            "reference": call.desk.settings.reference(now.id),
            "summary": each.summary,
            "status": now.status.value,
            "priority": now.priority.name.lower(),
            "requester": name(each.requester),
            "assignee": name(now.assignee) if now.assignee else "",
            "since": each.opened_at,
        }
        for each, now in ((each, current(call.work, each)) for each in tickets)
    ]


def _fared(call: Call, letters: Iterable[Letter]) -> list[dict[str, object]]:
    """Letters to one reader that fared alike are one row, in the order of the first of them.

    What the agents' room shows has no reader of its own.
    """
    alike = Counter(
        (_recipient(call, each), each.state.value, each.error)
        for each in letters
        if each.person is not None
    )
    return [
        {"recipient": recipient, "state": state, "error": error, "count": count}
        for (recipient, state, error), count in alike.items()
    ]


def _recipient(call: Call, letter: Letter) -> str:
    """To whom a letter went, as people read it: an address, or a name where it is a chat's id."""
    if "@" in letter.recipient:
        return letter.recipient
    return call.desk.wording.name(call.work, call.reader, letter.person)


def _told(call: Call, ticket: Ticket, entry: Entry) -> str:
    """One line of the history."""
    facts = call.desk.wording.facts(call.work, call.reader, call.by, ticket, entry)
    key = f"history.{entry.what}" if isinstance(entry, Event) else f"history.line_{entry.what}"
    return call.desk.texts.render(key, call.reader, **facts)
