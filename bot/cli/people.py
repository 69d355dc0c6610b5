"""`deskmate people`: whom the desk knows, and where they are reached."""

from pathlib import Path

import click

from bot.cli.operator import config_option, faults_told, look, print_table, read_config
from bot.model.person import Person
from bot.store import Work


@click.command()
@config_option
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most.")
def command(path: Path, words: tuple[str, ...], limit: int) -> None:
    """List the people the desk knows, by WORDS of their name or address."""
    with faults_told():
        config = read_config(path)
        rows = look(
            config,
            lambda work: [_row(work, each) for each in work.people.search(" ".join(words), limit)],
        )
    print_table(["name", "role", "teams", "language", "addresses"], rows, "Nobody is known.")


def _row(work: Work, person: Person) -> list[str]:
    addresses = [
        f"{each.channel}:{each.external_id} ({each.proof.value})"
        for each in work.people.identities(person.id)
    ]
    return [
        person.name,
        person.role.name.lower(),
        ", ".join(person.teams),
        person.language or person.heard,
        ", ".join(addresses),
    ]
