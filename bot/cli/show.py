"""`deskmate show`: one ticket with everything that happened to it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from bot.cli.operator import (
    Fault,
    config_option,
    faults_told,
    look,
    number_of,
    printable,
    read_config,
)
from bot.cli.told import ticket_told, written
from bot.model.entry import Entry, Event, What
from bot.model.mailroom import Letter
from bot.model.relation import Relation
from bot.model.settings import Desk
from bot.model.ticket import Ticket
from bot.store import Work


@click.command()
@config_option
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="All of it, for programs.")
def command(path: Path, reference: str, as_json: bool) -> None:
    """Show a ticket with its history, notes and letters: "IT-42" or "42"."""
    with faults_told():
        config = read_config(path)
        number = number_of(config.desk, reference)
        show = _json if as_json else _lines
        lines = look(config, lambda work: list(show(work, config.desk, number)))
    if not lines:
        raise Fault(f"there is no {config.desk.reference(number)}: deskmate tickets lists them")
    click.echo("\n".join(lines) if as_json else printable("\n".join(lines)))


def _json(work: Work, desk: Desk, number: int) -> Iterator[str]:
    ticket = work.tickets.get(number)
    if ticket is not None:
        yield written(ticket_told(work, desk, ticket))


def _lines(work: Work, desk: Desk, number: int) -> Iterator[str]:
    ticket = work.tickets.get(number)
    if ticket is None:
        return
    yield from _head(work, desk, ticket)
    for entry in work.entries.of(number):
        yield from _entry(work, desk, entry)
    letters = work.outbox.of_ticket(number)
    if letters:
        yield "\nletters"
    for letter in letters:
        yield _letter(work, desk, letter)


def _head(work: Work, desk: Desk, ticket: Ticket) -> Iterator[str]:
    yield f"{desk.reference(ticket.id)}  {ticket.subject or ticket.summary}"
    facts = {
        "for": _name(work, ticket.requester),
        "agent": _name(work, ticket.assignee) if ticket.assignee else "nobody yet",
        "team": desk.label(ticket.team) or "none",
        "status": ticket.status.value,
        "kind": ticket.kind.value,
        "priority": ticket.priority.name.lower(),
        "opened": f"{ticket.opened_at.astimezone(desk.zone):%Y-%m-%d %H:%M}",
        "where": f"{ticket.conversation.channel} {ticket.conversation.room}".strip(),
    }
    if ticket.minutes:
        facts["minutes"] = str(ticket.minutes)
    if ticket.merged_into:
        facts["goes on in"] = desk.reference(ticket.merged_into)
    if ticket.held_until:
        facts["held until"] = f"{ticket.held_until.astimezone(desk.zone):%Y-%m-%d %H:%M}"
    for word, value in facts.items():
        yield f"{word:<12}{value}"


def _entry(work: Work, desk: Desk, entry: Entry) -> Iterator[str]:
    moment = f"{entry.at.astimezone(desk.zone):%Y-%m-%d %H:%M}"
    where = f" ({entry.channel})" if entry.channel else ""
    who = f"{_name(work, entry.by)}{where}"
    yield f"\n{moment}  {who} {entry.what.value}{_detail(work, desk, entry)}"
    words = entry.words if isinstance(entry, Event) else entry.text
    for line in words.splitlines():
        yield f"    {line}"
    for attachment in () if isinstance(entry, Event) else entry.attachments:
        yield f"    [{attachment.name}, {attachment.size} bytes]"


def _detail(work: Work, desk: Desk, entry: Entry) -> str:
    if isinstance(entry, Event):
        reasons = f"({'; '.join(entry.reasons)})" if entry.reasons else ""
        return " ".join(["", *filter(None, (_change(work, desk, entry), reasons))])
    return f" ({', '.join(entry.remarks)})" if entry.remarks else ""


def _change(work: Work, desk: Desk, event: Event) -> str:
    """What it was before and is now."""
    if event.what is What.RELATED:
        number, _, how = event.new.partition(":")
        before = "" if event.old == Relation.NONE else f"{event.old} → "
        return f"{desk.reference(int(number))}: {before}{how}"
    if event.what is What.SPLIT:  # `old` is where it begins
        return f"to {desk.reference(int(event.new))}"
    told = [_value(work, desk, event, value) for value in (event.old, event.new) if value]
    return " → ".join(told)


def _value(work: Work, desk: Desk, event: Event, value: str) -> str:
    """What an event keeps as a number, as people read it."""
    if event.what in (What.ASSIGNED, What.RELEASED, What.STEPPED_IN):
        return _name(work, int(value))
    if event.what in (What.MERGED, What.ABSORBED, What.PARENT_DONE) and value.isdigit():
        return desk.reference(int(value))
    if event.what is What.TIMED:
        return f"{value} min"
    if event.what is What.HELD:
        return f"until {datetime.fromisoformat(value).astimezone(desk.zone):%Y-%m-%d %H:%M}"
    return value


def _letter(work: Work, desk: Desk, letter: Letter) -> str:
    sent = letter.sent_at or letter.created_at
    trouble = f": {letter.error}" if letter.error else ""
    moment = f"{sent.astimezone(desk.zone):%Y-%m-%d %H:%M}"
    return f"{moment}  {letter.state.value} to {_reader(work, letter)}{trouble}"


def _reader(work: Work, letter: Letter) -> str:
    if not letter.recipient:
        return f"the {letter.to.channel} room {letter.to.room}"
    person = work.people.get(letter.person) if letter.person else None
    return f"{person.name} ({letter.recipient})" if person else letter.recipient


def _name(work: Work, person: int | None) -> str:
    found = work.people.get(person) if person else None
    return found.name if found else "the desk"
