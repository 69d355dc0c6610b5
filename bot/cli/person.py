"""`deskmate person`: gives somebody what the desk keeps of them, and forgets them."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from bot.cli.operator import Fault, config_option, faults_told, look, printable, read_config
from bot.cli.told import person_told, tickets_known, written
from bot.config import Config
from bot.model.erased import Erased, Orders
from bot.model.person import Person
from bot.store import Work
from storage import Database
from storage.files import Files

_FEW = 5  # people that are named where several are meant


@click.group()
def command() -> None:
    """Give somebody what the desk keeps of them, or forget them."""


@command.command("export")
@config_option
@click.argument("who")
@click.option("--to", "folder", type=click.Path(path_type=Path), required=True, metavar="FOLDER")
@click.option("--with-notes", is_flag=True, help="What agents wrote among themselves, too.")
def export(path: Path, who: str, folder: Path, with_notes: bool) -> None:
    """Write all that is kept of WHO (an address or a name) into a new folder, with their files."""
    with faults_told():
        config = read_config(path)
        told, digests = look(config, lambda work: _told(work, config, who, notes=with_notes))
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise Fault(f"{folder} is there already: name a new folder") from None
    (folder / "person.json").write_text(told, encoding="utf-8")
    kept, lost = Files(config.store.files), 0
    for name, digest in digests.items():
        try:
            (folder / name).write_bytes(kept.read(digest))
        except FileNotFoundError:
            lost += 1
    found = len(digests) - lost
    click.echo(printable(f"ok      {folder} holds person.json, and files of theirs: {found}"))
    if lost:
        click.echo(f"files gone from disk: {lost}; deskmate restore may bring them back")


@command.command("forget")
@config_option
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do it; without this it is only counted.")
def forget(path: Path, who: str, yes: bool) -> None:
    """Take WHO's words, names, addresses and files out of the book; its statistics stay."""
    with faults_told():
        config = read_config(path)
        if yes:
            person, found = asyncio.run(_forgotten(config, who))
        else:
            person, found = look(config, lambda work: _found(work, who))
    for line in _receipt(config, person, found, done=yes):
        click.echo(printable(line))


def _told(work: Work, config: Config, who: str, *, notes: bool) -> tuple[str, dict[str, str]]:
    person = _meant(work, who)
    told = person_told(work, config.desk, person, notes=notes)
    files = {}
    for _, entries in tickets_known(work, person, notes=notes):
        for entry in entries:
            for each in getattr(entry, "attachments", ()):
                if each.kept:
                    name = Path(each.name.replace("\\", "/")).name or "file"
                    files[f"{each.id}-{name}"] = each.digest
    return written(told), files


def _found(work: Work, who: str) -> tuple[Person, Erased]:
    person = _meant(work, who)
    return person, work.erasure.of(person.id)


async def _forgotten(config: Config, who: str) -> tuple[Person, Erased]:
    store = await Database.open(config.store.database, make=False)
    try:
        seen = await _looked_through(store, who)
        person, found = await store.write(lambda work: _erased(work, who, seen))
    finally:
        await store.close()
    kept = Files(config.store.files)
    for digest in found.files:
        kept.forget(digest)
    return person, found


async def _looked_through(store: Database, who: str) -> Orders:
    """The agents' messages that name somebody: looked for before anybody has to wait for it."""
    person = await store.read(lambda work: _meant(work, who).id)
    seen, further = None, Orders()
    while further != seen:
        seen = further
        further = await store.read(partial(_a_page_further, person=person, seen=seen))
    return further


def _a_page_further(work: Work, person: int, seen: Orders) -> Orders:
    return work.erasure.orders(person, seen)


def _erased(work: Work, who: str, seen: Orders) -> tuple[Person, Erased]:
    person = _meant(work, who)
    own = work.tickets.of_requester(person.id, limit=1_000_000)
    if going := sum(not each.status.is_done for each in own):
        raise Fault(f"{going} tickets of theirs go on: close them first")
    erased = work.erasure.erase(person.id, seen)
    for panel in (each for ticket in own for each in work.outbox.panels(ticket=ticket.id)):
        work.outbox.show(replace(panel, created_at=datetime.now(UTC), not_before=None))
    return person, erased


def _meant(work: Work, who: str) -> Person:
    """The one person whom these words name. Raises `Fault` for none, several, and for agents."""
    found = work.people.search(who, _FEW + 1)
    exact = [each for each in found if who.casefold() in _names(work, each)]
    people = exact or found
    if not people:
        raise Fault(f"nobody is called {who}: deskmate people lists whom the desk knows")
    if len(people) > 1:
        names = ", ".join(sorted(x for each in people[:_FEW] for x in _names(work, each)))
        raise Fault(f"{who} may be several: name one by an address ({names})")
    if people[0].is_agent:
        raise Fault(f"{people[0].name} is an agent: {_retired(work, people[0])} first")
    return people[0]


def _retired(work: Work, agent: Person) -> str:
    """How somebody ceases to be an agent: where it was said that they are one."""
    if work.appointments.of(agent.id) is None:
        return "take them out of [[agents]]"
    address = next(iter(work.people.identities(agent.id))).external_id
    return f"an admin of the desk takes that back, by /appoint {address} requester,"


def _names(work: Work, person: Person) -> set[str]:
    known = work.people.identities(person.id)
    return {person.name.casefold(), *(each.external_id.casefold() for each in known)}


def _receipt(config: Config, person: Person, found: Erased, *, done: bool) -> list[str]:
    now = datetime.now(config.desk.zone)
    head = "forgotten" if done else "would be forgotten"
    lines = [
        f"{now:%Y-%m-%d %H:%M}  person {person.id} {head}:",
        f"{found.addresses:>8}  addresses",
        f"{found.tickets:>8}  tickets, which lose their words and keep kind, times and team",
        f"{found.entries:>8}  entries",
        f"{found.letters:>8}  letters",
        f"{found.raws:>8}  messages as they came",
        f"{len(found.files):>8}  files",
    ]
    if found.open:
        lines.append(f"{found.open} of the tickets go on: close them first")
    if done:
        lines.append("What stands in mailboxes, Slack, Discord and backups isn't the book's:")
        lines.append("delete it there, and make a new backup.")
    else:
        lines.append("Nothing was changed. To do it: add --yes")
    return lines
