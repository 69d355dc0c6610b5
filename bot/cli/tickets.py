"""`deskmate tickets`: what there is to do, and what there was."""

from pathlib import Path

import click

from bot.cli.operator import config_option, faults_told, look, print_table, read_config
from bot.model.settings import Desk
from bot.model.ticket import Ticket
from bot.store import Work


@click.command()
@config_option
@click.option("--open", "only_open", is_flag=True, help="Only what isn't done, urgent first.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most.")
def command(path: Path, *, only_open: bool, limit: int) -> None:
    """List tickets, the latest first."""
    with faults_told():
        config = read_config(path)
        rows = look(config, lambda work: _rows(work, config.desk, limit, only_open=only_open))
    columns = ["ticket", "status", "priority", "team", "agent", "for", "changed", "subject"]
    print_table(columns, rows, "There is no open ticket." if only_open else "There is no ticket.")


def _rows(work: Work, desk: Desk, limit: int, *, only_open: bool) -> list[list[str]]:
    if only_open:
        found = work.tickets.queue(("", *(team.name for team in desk.teams)), limit)
    else:
        found = work.tickets.newest(limit)
    return [_row(work, desk, ticket) for ticket in found]


def _row(work: Work, desk: Desk, ticket: Ticket) -> list[str]:
    requester = work.people.get(ticket.requester)
    agent = work.people.get(ticket.assignee) if ticket.assignee else None
    return [
        desk.reference(ticket.id),
        ticket.status.value,
        ticket.priority.name.lower(),
        desk.label(ticket.team),
        agent.name if agent else "",
        requester.name if requester else "",
        f"{ticket.updated_at.astimezone(desk.zone):%Y-%m-%d %H:%M}",
        ticket.subject or ticket.summary,
    ]
