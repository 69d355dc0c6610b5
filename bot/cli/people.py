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
    titles = ["name", "role", "teams", "language", "addresses", "appointed"]
    print_table(titles, rows, "Nobody is known.")


def _row(work: Work, person: Person) -> list[str]:
    addresses = [
        f"{each.channel}:{each.external_id} ({each.proof.value})"
        for each in work.people.identities(person.id)
    ]
    return [
        person.name,
        _role(person),
        ", ".join(person.teams),
        person.language or person.heard,
        ", ".join(addresses),
        _appointed(work, person),
    ]


def _role(person: Person) -> str:
    """What they are, by team where it differs: "lead of network, agent of support"."""
    posts = ", ".join(f"{role.name.lower()} of {team}" for team, role in person.posts)
    level = f", level {person.level}" if person.level > 1 else ""
    return f"{posts or person.role.name.lower()}{level}"


def _appointed(work: Work, person: Person) -> str:
    """When an admin made them that in a chat, and who did."""
    made = work.appointments.of(person.id)
    if made is None:
        return ""
    by = work.people.get(made.by) if made.by else None
    return f"{made.at:%Y-%m-%d %H:%M} UTC" + (f" by {by.name}" if by and by.name else "")
