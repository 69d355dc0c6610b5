"""`deskmate audit`: proves that every message that came in ended somewhere."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from bot.cli.operator import (
    FAILED,
    config_option,
    faults_told,
    look,
    print_table,
    printable,
    read_config,
)
from bot.model.mailroom import Account, Delivery, Outcome
from bot.store import Work

_COLUMNS = ["channel", "arrived", *(each.value for each in Outcome), "unsettled", "again"]


@click.command()
@config_option
def command(path: Path) -> None:
    """Prove that every message that came in ended somewhere; exit status 1 if one didn't."""
    with faults_told():
        config = read_config(path)
        accounts, states, waiting = look(config, _books)
    print_table(_COLUMNS, [_row(each) for each in accounts], "Nothing has come in yet.")
    click.echo()
    for each in accounts:
        if each.reasons:
            click.echo(printable(f"set aside by {each.channel}: {_counted(each.reasons)}"))
    letters = _counted({state.value: count for state, count in states.items() if count})
    click.echo(f"letters: {letters or 'none yet'}")
    if waiting:
        click.echo(f"{waiting} in quarantine: deskmate quarantine list")
    faults = list(disagreements(accounts))
    for fault in faults:
        click.echo(f"WRONG   {fault}")
    if faults:
        raise SystemExit(FAILED)
    click.echo("ok      every message that came in has ended somewhere")


def disagreements(accounts: Sequence[Account]) -> Iterator[str]:
    """What in the books doesn't add up, a line each."""
    for each in accounts:
        ended = sum(each.outcomes.values())
        if each.arrived != ended + each.unsettled:
            yield f"{each.channel}: {each.arrived} arrived, {ended + each.unsettled} accounted for"
        if each.unsettled:
            yield f"{each.channel}: {each.unsettled} came in and ended nowhere"
    said = sum(each.outcomes.get(Outcome.TICKET, 0) for each in accounts)
    kept = sum(each.tickets for each in accounts)
    if kept < said:  # there may be more: commands open tickets too
        yield f"{said} messages opened a ticket, {kept} tickets are there"


def _books(work: Work) -> tuple[list[Account], dict[Delivery, int], int]:
    return work.inbox.accounts(), work.outbox.states(), len(work.quarantine.list())


def _counted(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {what}" for what, count in numbers.items())


def _row(account: Account) -> list[str]:
    ended = [str(account.outcomes.get(each, 0)) for each in Outcome]
    return [
        account.channel,
        str(account.arrived),
        *ended,
        str(account.unsettled),
        str(account.duplicates),
    ]
