"""A copy of the book, taken while it is in use, and a book made of it again."""

import asyncio
import gzip
import json
import tarfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from bot.model.attachment import Attachment
from bot.model.entry import Message, What
from bot.model.mailroom import Arrival, Letter, Outcome, Quarantined
from bot.model.message import Address, ExternalId
from bot.model.person import Organisation, Person, Proof, Role
from bot.model.ticket import Ticket
from bot.store import StoreError, Work
from storage import Database, WrongSchema
from storage.backup import backup, restore
from storage.files import Files
from storage.schema import HEAD

NOW = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)
X = ExternalId("x")


def quiet(_: str, __: int) -> None:
    """Nobody watches."""


def fill(work: Work, ticket: Ticket, digest: str) -> None:
    home = work.people.declare_organisation(Organisation("Home", domains=("x.org",)))
    ana = Person("Ána\n\u2028", role=Role.AGENT, organisation=home.id, teams=("net",))
    person = work.people.add(ana, "slack", "U1", Proof.CHANNEL, NOW).id
    work.people.heard_on(person, Address("slack", "C1"), "U1", NOW)
    first, second = work.tickets.add(ticket), work.tickets.add(ticket)
    work.tickets.save(replace(first, merged_into=second.id, version=2))  # it names a later one
    work.tickets.watch(first.id, person)
    work.tickets.remember("slack", X, first.id, person=person, at=NOW)
    file = Attachment("a.png", "image/png", 5, digest)
    said = Message(
        what=What.SAID, text="Hi", at=NOW, by=person, ticket=first.id, attachments=(file,)
    )
    entry = work.entries.add(said).id
    arrival = Arrival(channel="slack", external_id=X, at=NOW, raw=bytes(range(256)) * 40)
    number = work.inbox.arrive(arrival)
    assert number
    work.inbox.settle(number, Outcome.TICKET, person=person, ticket=first.id)
    to = Address("slack", "C1")
    letter = Letter(to=to, recipient="U1", lane="C1", text="Hello", created_at=NOW, entry=entry)
    work.outbox.queue(letter)
    work.quarantine.stumble(
        Quarantined(channel="slack", external_id=X, at=NOW, error="E", raw=b"\x00\xff")
    )
    work.cursors.save("C1", "17.1")


def everything(work: Work) -> list[object]:
    return [
        work.people.search(""),
        work.people.reached_at(1),
        work.people.identities(1),
        work.people.organisation_of("x.org"),
        work.tickets.newest(),
        work.tickets.watchers(1),
        work.tickets.thread_with(1, "slack", 1),
        work.entries.of(1),
        work.inbox.accounts(),
        work.inbox.raw(1),
        work.outbox.states(),
        work.outbox.next_due("slack"),
        work.quarantine.get(1),
        work.cursors.load("C1"),
    ]


@pytest.fixture
async def saved(
    store: Database, book_url: str, tmp_path: Path, a_ticket: Callable[..., Ticket]
) -> tuple[Path, list[object], str]:
    """A backup, what the book it was taken of holds, and an attachment's digest."""
    digest = Files(tmp_path / "files").keep(b"hello")
    await store.write(lambda work: fill(work, a_ticket(), digest))
    target = tmp_path / "desk.tar.gz"
    await asyncio.to_thread(backup, book_url, tmp_path / "files", target, quiet)
    return target, await store.read(everything), digest


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_restored_book_holds_what_the_saved_one_held(
    saved: tuple[Path, list[object], str],
    tmp_path: Path,
    new_postgresql: Callable[[], str],
    a_ticket: Callable[[], Ticket],
    kind: str,
) -> None:
    path, held, digest = saved
    url = new_postgresql() if kind == "postgresql" else f"sqlite:///{tmp_path}/again.db"
    steps: list[tuple[str, int]] = []
    files = tmp_path / "again"
    manifest = await asyncio.to_thread(
        restore, path, url, files, lambda what, done: steps.append((what, done))
    )
    assert Files(files).read(digest) == b"hello"
    assert manifest.rows["tickets"] == 2
    assert {("tickets", 2), ("people", 1), ("files", 1)} <= set(steps)
    again = await Database.open(url)
    assert await again.read(everything) == held
    # New rows are numbered after the old ones.
    bob = await again.write(
        lambda work: work.people.add(Person("Bob"), "slack", "U2", Proof.CHANNEL, NOW)
    )
    assert bob.id == 2
    # What was numbered since the backup is not numbered so again: answers to it would stray.
    assert (await again.write(lambda work: work.tickets.add(a_ticket()))).id == 1003
    await again.close()


async def test_a_backup_is_its_owners_alone_and_never_overwrites(
    saved: tuple[Path, list[object], str], book_url: str, tmp_path: Path
) -> None:
    path, _, _ = saved
    assert path.stat().st_mode & 0o777 == 0o600
    assert not path.with_name("desk.tar.gz.part").exists()
    with pytest.raises(StoreError, match="there already"):
        backup(book_url, tmp_path / "files", path, quiet)


async def test_a_damaged_backup_is_refused_before_anything_is_touched(
    saved: tuple[Path, list[object], str], tmp_path: Path
) -> None:
    path, _, _ = saved
    whole = path.read_bytes()
    plain = gzip.decompress(whole)
    damaged = {
        "cut": whole[: len(whole) // 2],
        "flipped": gzip.compress(plain.replace(b"hello", b"hallo", 1)),
        "short": gzip.compress(plain[: plain.index(b"manifest.json")] + bytes(1024)),
        "text": b"Dear Ada",
        "empty": b"",
    }
    for name, content in damaged.items():
        bad = tmp_path / name
        bad.write_bytes(content)
        with pytest.raises(StoreError, match="no whole backup"):
            restore(bad, f"sqlite:///{tmp_path}/again.db", tmp_path / "again", quiet)
    with pytest.raises(StoreError, match="isn't there"):
        restore(tmp_path / "none", f"sqlite:///{tmp_path}/again.db", tmp_path / "again", quiet)
    assert not (tmp_path / "again.db").exists()
    assert not (tmp_path / "again").exists()


async def test_a_backup_of_a_newer_desk_is_refused(
    saved: tuple[Path, list[object], str], tmp_path: Path
) -> None:
    newer = tmp_path / "newer.tar.gz"
    plain = gzip.decompress(saved[0].read_bytes())
    ours = f'"revision": "{HEAD}"'.encode()
    newer.write_bytes(gzip.compress(plain.replace(ours, b'"revision": "9001"')))
    with pytest.raises(WrongSchema, match="newer"):
        restore(newer, f"sqlite:///{tmp_path}/again.db", tmp_path / "again", quiet)


async def test_a_book_or_folder_in_use_is_never_restored_over(
    saved: tuple[Path, list[object], str], book_url: str, tmp_path: Path
) -> None:
    path, _, _ = saved
    with pytest.raises(StoreError, match="rows already"):
        restore(path, book_url, tmp_path / "again", quiet)
    with pytest.raises(StoreError, match="not empty"):
        restore(path, f"sqlite:///{tmp_path}/again.db", tmp_path / "files", quiet)


async def test_rows_without_what_they_belong_to_are_not_restored(
    saved: tuple[Path, list[object], str], tmp_path: Path
) -> None:
    """A backup that agrees with itself but not with the tables leaves nothing behind."""
    broken = tmp_path / "broken.tar.gz"
    with tarfile.open(saved[0]) as archive:
        names = [name for name in archive.getnames() if not name.startswith("rows/people")]
        with tarfile.open(broken, "w:gz") as target:
            for name in names:
                member = archive.getmember(name)
                content = archive.extractfile(member)
                assert content is not None
                if name == "manifest.json":
                    content = without_people(content.read(), member)
                target.addfile(member, content)
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        restore(broken, f"sqlite:///{tmp_path}/again.db", tmp_path / "again", quiet)
    assert not (tmp_path / "again").exists()
    again = await Database.open(f"sqlite:///{tmp_path}/again.db")
    assert await again.read(lambda work: work.tickets.newest()) == []
    await again.close()


def without_people(manifest: bytes, member: tarfile.TarInfo) -> BytesIO:
    told = json.loads(manifest)
    told["members"] = {
        name: digest for name, digest in told["members"].items() if "people" not in name
    }
    content = json.dumps(told).encode()
    member.size = len(content)
    return BytesIO(content)
