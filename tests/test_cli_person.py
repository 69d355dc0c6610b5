"""What the desk keeps of somebody: given to them, shown to programs, and forgotten."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cli_book import NOW, Call, keep, opened, printer

from bot.model import ticket as change
from bot.model.appointment import Appointment
from bot.model.attachment import Attachment
from bot.model.entry import Event, Message, What
from bot.model.joined import Trace, Traced
from bot.model.mailroom import Letter
from bot.model.message import Address
from bot.model.person import Person, Proof, Role
from bot.model.rating import Rating
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
        work.ratings.keep(Rating(1, NOW, 4, "Quick", NOW))
        posts = (("support", Role.LEAD),)
        work.appointments.keep(Appointment(1, Role.LEAD, None, NOW, posts=posts, channel="email"))
        work.appointments.keep(Appointment(1, Role.REQUESTER, None, NOW))

    keep(tmp_path, with_file)
    assert desk("person", "export", "ana@example.org", "--to", str(folder)).exit_code == 0
    told = json.loads((folder / "person.json").read_text("utf-8"))
    assert told["addresses"][0]["external_id"] == "ana@example.org"
    assert [each["new"] for each in told["changes"]] == ["Sevilla"]
    assert [each["role"] for each in told["appointments"]] == ["requester", "lead"]
    assert told["appointments"][1]["posts"] == [["support", "lead"]]
    assert "fuser" not in json.dumps(told)
    assert told["tickets"][0]["tags"] == []
    assert told["tickets"][0]["rating"]["words"] == "Quick"
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


def shared(work: Work) -> None:
    """Bob's words and file in Ana's ticket, the answer both got, and what was parted for Bob."""
    printer(work)
    ana = work.tickets.get(1)
    assert ana
    bob = work.people.add(Person("Bob"), "email", "bob@example.org", Proof.CHANNEL, NOW).id
    work.tickets.add(replace(ana, requester=bob, summary="Badge", subject="Badge"))
    file = Attachment(name="badge.pdf", content_type="a/b", size=3, digest="c" * 64)
    said = Message(what=What.SAID, text="Bob's badge", at=NOW, by=bob, attachments=(file,))
    split = Event(what=What.SPLIT, at=NOW, by=2, old="1", new="2", words="Bob's badge")
    for entry in (said, Message(what=What.REPLIED, text="Try now", at=NOW, by=2), split):
        work.entries.add(replace(entry, ticket=1))
    for person in (1, bob):
        to = Address("email", f"{person}-box")
        letter = Letter(to=to, recipient="x", lane="l", text=f"To {person}: try", created_at=NOW)
        work.outbox.queue(replace(letter, person=person, ticket=1))


@pytest.mark.parametrize("notes", [(), ("--with-notes",)])
def test_somebody_gets_their_words_in_others_tickets_and_nobody_else_s(desk, tmp_path, notes):
    keep(tmp_path, shared)
    told = {}
    for name in ("ana", "bob"):
        to = str(tmp_path / name)
        assert desk("person", "export", f"{name}@example.org", "--to", to, *notes).exit_code == 0
        told[name] = json.loads((tmp_path / name / "person.json").read_text("utf-8"))
    ana, bob = json.dumps(told["ana"]), json.dumps(told["bob"])
    assert "badge" not in ana
    assert "To 3" not in ana
    assert told["ana"]["elsewhere"] == []
    for words in ("It is broken", "Try now", "To 1: try"):
        assert (words in ana, words in bob) == (True, False)
    (elsewhere,) = told["bob"]["elsewhere"]
    assert elsewhere["reference"] == "SOP-1"
    assert [each["text"] for each in elsewhere["history"]] == ["Bob's badge"]
    assert [each["text"] for each in elsewhere["letters"]] == ["To 3: try"]
    assert [each["reference"] for each in told["bob"]["tickets"]] == ["SOP-2"]


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


def test_who_was_appointed_is_let_go_where_they_were_appointed_before_they_are_forgotten(
    desk, tmp_path
):
    def appointed(work: Work) -> None:
        max_ = work.people.add(
            Person("Max", role=Role.AGENT), "email", "max@x.org", Proof.CHANNEL, NOW
        )
        work.appointments.keep(Appointment(max_.id, Role.AGENT, None, NOW))

    keep(tmp_path, appointed)
    done = desk("person", "forget", "max@x.org", "--yes")
    assert done.exit_code == 1
    assert "an admin of the desk takes that back, by /appoint max@x.org requester" in done.stderr
