"""The operator's commands that look into the book, copy it, and answer again."""

import json
from pathlib import Path

import pytest
from cli_book import CONFIG, MAIL, NOW, Call, keep, nothing, opened, printer, quarantined

from bot.model.appointment import Appointment, appointed
from bot.model.entry import Event, What
from bot.model.mailroom import Arrival, Letter, Outcome, Quarantined
from bot.model.message import Address, ExternalId
from bot.model.person import Role
from bot.store import Work


@pytest.fixture
def desk(tmp_path: Path) -> Call:
    return opened(tmp_path)


def test_tickets_are_listed_as_people_read_them(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, nothing)
    assert desk("tickets").stdout == "There is no ticket.\n"
    keep(tmp_path, printer)
    for words in (["tickets"], ["tickets", "--open"]):
        head, row = desk(*words).stdout.splitlines()
        assert head.split() == [
            "ticket",
            "status",
            "priority",
            "team",
            "agent",
            "for",
            "changed",
            "subject",
        ]
        assert row.split()[:5] == ["SOP-1", "new", "high", "support", "Leo"]
        assert "2026-11-23 10:00" in row, "in the desk's zone"
        assert row.rstrip().endswith("Printer [bold]broken[/bold]")
        assert "\x1b" not in row


def entwined(work: Work) -> None:
    """Three others that SOP-1 has to do with."""
    for what, old, new in (
        (What.SPLIT, "7", "3"),
        (What.RELATED, "none", "3:child"),
        (What.RELATED, "child", "3:parent"),
        (What.PARENT_DONE, "", "4"),
    ):
        work.entries.add(Event(what=what, at=NOW, by=2, old=old, new=new, ticket=1))


def test_a_ticket_is_shown_with_everything_that_happened(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, printer)
    shown = desk("show", "sop-1").stdout
    assert shown == desk("show", "1").stdout == desk("show", "#1").stdout
    assert shown.startswith("SOP-1  Printer [bold]broken[/bold]\nfor         Ana �[31mRed\n")
    assert "said\n    It is broken.\n    Truly.\n" in shown
    assert "Leo noted\n    The fuser again\n" in shown
    assert "Leo assigned Leo" in shown
    assert "minutes     25\n" in shown
    assert "Leo timed 0 min → 25 min\n" in shown
    assert json.loads(desk("show", "1", "--json").stdout)["minutes"] == 25
    keep(tmp_path, entwined)
    shown = desk("show", "1").stdout
    assert "Leo split to SOP-3" in shown
    assert "Leo related SOP-3: child\n" in shown
    assert "Leo related SOP-3: child → parent\n" in shown
    assert "Leo parent_done SOP-4\n" in shown
    done = desk("show", "SOP-7")
    assert (done.exit_code, done.stderr) == (
        1,
        "there is no SOP-7: deskmate tickets lists them\n",
    )
    for wrong, told in {
        "XX-1": "there is no XX-1: write it like SOP-42; if the prefix was changed, write 1 alone",
        "printer": "printer is no reference: write it like SOP-42 or 42",
    }.items():
        done = desk("show", wrong)
        assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{told}\n")


def test_a_letter_is_shown_with_its_readers_name_or_the_room(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, printer)

    def write_letters(work: Work) -> None:
        room, person = Address("slack", "C0DESK"), Address("slack", "D0LEO")
        found = work.people.find("email", "leo@example.org")
        assert found
        for to, whom, number in ((room, "", None), (person, "U0LEO", found[0].id)):
            letter = Letter(
                to=to,
                recipient=whom,
                lane=f"{to}",
                text="Hello",
                created_at=NOW,
                person=number,
                ticket=1,
            )
            work.outbox.queue(letter)

    keep(tmp_path, write_letters)
    shown = desk("show", "1").stdout
    assert "to the slack room C0DESK" in shown
    assert "to Leo (U0LEO)" in shown


def test_people_are_found_by_name_and_address(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, printer)
    assert "Ana" in desk("people").stdout
    leo = desk("people", "leo").stdout
    assert "email:leo@example.org (config)" in leo
    assert "Ana" not in leo
    assert desk("people", "nobody", "at", "all").stdout == "Nobody is known.\n"


def test_people_are_listed_with_their_roles_and_who_appointed_them(
    desk: Call, tmp_path: Path
) -> None:
    def appoint(work: Work) -> None:
        printer(work)
        (ana,), (leo,) = work.people.search("Ana"), work.people.search("Leo")
        posts = (("support", Role.AGENT), ("network", Role.LEAD))
        made = Appointment(ana.id, Role.LEAD, leo.id, NOW, level=2, posts=posts)
        work.people.save(appointed(ana, made, ["support", "network"]))
        work.appointments.keep(made)

    keep(tmp_path, appoint)
    told = " ".join(desk("people", "Ana").stdout.split())
    assert "agent of support, lead of network, level 2" in told
    assert f"{NOW:%Y-%m-%d %H:%M} UTC by Leo" in told


def test_the_audit_adds_up_or_says_what_does_not(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, nothing)
    assert desk("audit").exit_code == 0
    keep(tmp_path, printer)
    done = desk("audit")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1].split() == ["email", "1", "1", *"0000000"]
    assert done.stdout.endswith("ok      every message that came in has ended somewhere\n")
    lost = Arrival(channel="email", external_id=ExternalId("<lost>"), at=NOW)
    keep(tmp_path, lambda work: work.inbox.arrive(lost))
    done = desk("audit")
    assert done.exit_code == 1
    assert "WRONG   email: 1 came in and ended nowhere" in done.stdout


def test_the_audit_tells_why_messages_were_set_aside_the_most_frequent_reason_first(
    desk: Call, tmp_path: Path
) -> None:
    def set_aside(work: Work) -> None:
        for number, reason in enumerate(("thanks", "loop", "bounce", "loop", "overheard", "loop")):
            channel = "slack" if reason == "overheard" else "email"
            arrival = Arrival(channel=channel, external_id=ExternalId(f"<{number}>"), at=NOW)
            item = work.inbox.arrive(arrival)
            assert item
            work.inbox.settle(item, Outcome.ASIDE, reason=reason)

    keep(tmp_path, nothing)
    assert "set aside" not in desk("audit").stdout
    keep(tmp_path, set_aside)
    lines = desk("audit").stdout.splitlines()
    assert "set aside by email: 3 loop, 1 bounce, 1 thanks" in lines
    assert "set aside by slack: 1 overheard" in lines


def test_what_is_in_quarantine_is_shown_and_answered_again(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, nothing)
    assert desk("quarantine", "list").stdout == "Nothing is in quarantine.\n"
    keep(tmp_path, quarantined)
    assert "ValueError: oops" in desk("quarantine", "list").stdout
    shown = desk("quarantine", "show", "1").stdout
    assert "help@example.org" in shown
    assert "second floor" not in shown
    assert desk("quarantine", "show", "1", "--raw").stdout_bytes == MAIL
    assert "1 in quarantine: deskmate quarantine list" in desk("audit").stdout
    done = desk("quarantine", "replay", "1")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "1 answered, 0 still in quarantine" in done.stdout
    assert "The printer on the second floor is broken." in desk("show", "1").stdout
    assert desk("quarantine", "list").stdout == "Nothing is in quarantine.\n"
    audit = desk("audit")
    assert (audit.exit_code, " waiting" in audit.stdout) == (0, True)


def test_a_replay_that_fails_again_says_why_and_ends_with_1(desk: Call, tmp_path: Path) -> None:
    def of_a_channel_that_is_gone(work: Work) -> None:
        item = Quarantined(
            channel="pigeon", external_id=ExternalId("1"), at=NOW, error="?", raw=b"coo"
        )
        work.quarantine.stumble(item)
        number = work.inbox.arrive(Arrival(channel="pigeon", external_id=item.external_id, at=NOW))
        assert number
        work.inbox.settle(number, Outcome.QUARANTINE)

    keep(tmp_path, of_a_channel_that_is_gone)
    done = desk("quarantine", "replay", "--all")
    assert done.exit_code == 1
    assert done.stderr == "1: the channel pigeon isn't configured any more\n"
    assert "0 answered, 1 still in quarantine" in done.stdout
    assert desk("quarantine", "replay").exit_code == 2
    done = desk("quarantine", "replay", "7")
    assert (done.exit_code, done.stderr) == (
        1,
        "nothing has the number 7: deskmate quarantine list\n",
    )


def test_a_backup_brings_everything_back(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, printer)
    target = tmp_path / "copy.tar.gz"
    done = desk("backup", str(target))
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"{target}: 1 ticket, " in done.stdout
    assert target.stat().st_mode & 0o077 == 0
    again = desk("backup", str(target))
    assert (again.exit_code, "is there already: name a new file" in again.stderr) == (3, True)

    shown = desk("show", "1").stdout
    full = desk("restore", str(target))
    assert (full.exit_code, "the database has rows already" in full.stderr) == (3, True)
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.replace("desk.db", "new/desk.db"), encoding="utf-8")
    done = desk("restore", str(target))
    assert (done.exit_code, done.stderr) == (0, "")
    assert "1 ticket, " in done.stdout
    secret = tmp_path / "data" / "secret"
    back = f"Before the desk runs, put its secret back as well: {secret}\n"
    assert done.stdout.endswith(back)
    assert desk("show", "1").stdout == shown
    secret.parent.mkdir()
    secret.write_bytes(b"k" * 32)
    path.write_text(CONFIG.replace("desk.db", "newer/desk.db"), encoding="utf-8")
    foreign = "One is there: if it isn't this desk's, answers to old letters prove nothing.\n"
    assert desk("restore", str(target)).stdout.endswith(back + foreign)
