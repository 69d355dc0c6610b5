"""What the desk keeps of somebody: given to them, shown to programs, and forgotten."""

import json
from pathlib import Path

import pytest
from cli_book import NOW, Call, keep, opened, printer

from bot.model import ticket as change
from bot.model.attachment import Attachment
from bot.model.entry import Message, What
from bot.model.joined import Trace, Traced
from bot.model.person import Person, Role
from bot.store import Work
from storage.files import Files


@pytest.fixture
def desk(tmp_path: Path) -> Call:
    return opened(tmp_path)


def closed(work: Work) -> None:
    ticket = work.tickets.get(1)
    assert ticket
    work.tickets.save(change.close(ticket, None, NOW, "").ticket)


def test_a_ticket_is_told_to_programs_whole(desk, tmp_path):
    keep(tmp_path, printer)
    told = json.loads(desk("show", "SOP-1", "--json").stdout)
    assert (told["reference"], told["priority"], told["status"]) == ("SOP-1", "high", "new")
    assert [each["type"] for each in told["history"]] == ["message", "note", "event", "event"]
    assert told["history"][0]["at"] == NOW.isoformat()


def test_somebody_gets_what_is_kept_of_them_without_notes(desk, tmp_path):
    folder = tmp_path / "for-ana"
    digest = Files(tmp_path / "data" / "files").keep(b"pdf")

    def with_file(work: Work) -> None:
        printer(work)
        file = Attachment(name="../plan.pdf", content_type="a/b", size=3, digest=digest)
        said = Message(what=What.SAID, text="", at=NOW, by=1, ticket=1, attachments=(file,))
        work.entries.add(said)
        work.joins.note(Trace(1, Traced.OFFICE, NOW, None, "email", "Sevilla"))

    keep(tmp_path, with_file)
    assert desk("person", "export", "ana@example.org", "--to", str(folder)).exit_code == 0
    told = json.loads((folder / "person.json").read_text("utf-8"))
    assert told["addresses"][0]["external_id"] == "ana@example.org"
    assert [each["new"] for each in told["changes"]] == ["Sevilla"]
    assert "fuser" not in json.dumps(told)
    assert told["tickets"][0]["tags"] == []
    assert told["tickets"][0]["minutes"] == 0
    assert "timed" not in json.dumps(told)
    (file,) = [each for each in folder.iterdir() if each.name != "person.json"]
    assert file.name.endswith("-plan.pdf")
    assert file.read_bytes() == b"pdf"
    again = desk("person", "export", "ana@example.org", "--to", str(folder))
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)
    Files(tmp_path / "data" / "files").forget(digest)
    more = tmp_path / "whole"
    told = desk("person", "export", "ana@example.org", "--to", str(more), "--with-notes")
    assert "files gone from disk: 1" in told.stdout
    assert "fuser" in (more / "person.json").read_text("utf-8")


def test_to_forget_somebody_is_tried_first_then_done_and_told(desk, tmp_path):
    keep(tmp_path, printer)
    tried = desk("person", "forget", "ana@example.org")
    assert tried.exit_code == 0
    assert "4  entries" in tried.stdout
    assert "Nothing was changed. To do it: add --yes" in tried.stdout
    going = desk("person", "forget", "ana@example.org", "--yes")
    assert (going.exit_code, going.stderr) == (1, "1 tickets of theirs go on: close them first\n")
    assert "It is broken" in desk("show", "1").stdout
    keep(tmp_path, closed)
    done = desk("person", "forget", "ana@example.org", "--yes")
    assert "person 1 forgotten" in done.stdout
    assert "It is broken" not in desk("show", "1").stdout
    assert desk("person", "forget", "ana@example.org").exit_code == 1
    assert desk("audit").exit_code == 0


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("nobody", "nobody is called nobody"),
        ("max@example.org", "Max is an agent: take them out of [[agents]] first"),
    ],
)
def test_who_can_not_be_forgotten_is_named(desk, tmp_path, who, told):
    max_ = Person("Max", role=Role.AGENT)
    keep(tmp_path, lambda work: work.people.declare_agent(max_, {"email": "max@example.org"}, NOW))
    done = desk("person", "forget", who, "--yes")
    assert done.exit_code == 1
    assert told in done.stderr
