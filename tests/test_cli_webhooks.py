"""`deskmate webhooks`: who hears what, what became of it, and once more."""

from datetime import timedelta
from pathlib import Path

import pytest
from cli_book import CONFIG, NOW, Call, keep, nothing, opened
from webhook_receiver import SECRET

from adapters.webhook.settings import key_of
from bot.model.mailroom import Letter
from bot.model.message import Address, ExternalId
from bot.store import Work

CRM = f"""
[[webhook]]
url = "https://crm.example.org/in?key=swordfish"
secret = "{SECRET}"
name = "crm"
events = ["resolved", "opened"]
[[webhook]]
url = "https://erp.example.org/in"
secret = "{SECRET}"
team = "support"
notes = true
"""


@pytest.fixture
def desk(tmp_path: Path) -> Call:
    call = opened(tmp_path)
    path = tmp_path / "config.toml"
    path.write_text(CONFIG + CRM, encoding="utf-8")
    path.chmod(0o600)
    return call


def letter(number: int, channel: str = "webhook") -> Letter:
    at = NOW + timedelta(minutes=number)
    return Letter(
        to=Address(channel, "crm"),
        recipient="",
        lane="crm",
        text="{}",
        created_at=at,
        subject="opened",
        reference=f"SOP-{number}",
    )


def told(work: Work) -> None:
    """One that arrived, one that was refused, one on its way, and a letter to a person."""
    sent, lost, *_ = [work.outbox.queue(letter(number)) for number in (1, 2, 3)]
    work.outbox.sent(sent.id, ExternalId("5e5e-1"), NOW)
    work.outbox.give_up(lost.id, "HTTP 404", NOW)
    mail = work.outbox.queue(letter(4, "email"))
    work.outbox.give_up(mail.id, "no such user", NOW)


def test_they_are_listed_with_what_they_were_told_last(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, nothing)
    assert "Nothing was told yet." in desk("webhooks").stdout
    keep(tmp_path, told)
    shown = desk("webhooks")
    assert (shown.exit_code, shown.stderr) == (0, "")
    lines = [line.split() for line in shown.stdout.splitlines()]
    assert lines[1] == ["crm", "opened,", "resolved", "all", "no"]
    assert lines[2] == ["erp.example.org", "everything", "support", "yes"]
    assert lines[5] == ["3", "2026-11-23", "10:03", "crm", "opened", "SOP-3", "waiting", "0"]
    assert lines[6][6:] == ["failed", "0", "HTTP", "404"]
    assert lines[7][6:] == ["sent", "0"]
    assert len(lines) == 8
    assert "swordfish" not in shown.stdout
    assert len(desk("webhooks", "--limit", "1").stdout.splitlines()) == 6


def test_one_is_told_once_more(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, told)
    done = desk("webhooks", "--again", "2")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("2 is told once more")
    row = desk("webhooks").stdout.splitlines()[6].split()
    assert row[6:] == ["waiting", "0"]
    again = desk("webhooks", "--again", "2")
    assert again.exit_code == 1
    assert again.stderr == "2 is still on its way: deskmate webhooks shows how it fares\n"


@pytest.mark.parametrize("row", ["4", "99"])
def test_a_letter_to_a_person_is_none_of_them(desk: Call, tmp_path: Path, row: str) -> None:
    keep(tmp_path, told)
    done = desk("webhooks", "--again", row)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"no webhook was told anything under {row}: ")


def test_a_desk_without_any_says_so(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, nothing)
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    assert desk("webhooks").stdout == "No webhook is configured.\n"


def test_a_check_says_which_of_them_takes_nothing(desk: Call, tmp_path: Path) -> None:
    near = CRM.replace("https://crm.example.org/in", "http://127.0.0.1:1/in")
    near = near[: near.index("[[webhook]]", 2)]
    (tmp_path / "config.toml").write_text(CONFIG + near, encoding="utf-8")
    lines = desk("check").stdout.splitlines()
    (line,) = [each for each in lines if "webhook: " in each]
    assert line.startswith("WRONG   webhook: crm didn't take a ping (no connection (Connection ref")


def test_a_new_secret_is_one(desk: Call) -> None:
    first, second = (desk("webhooks", "--secret").stdout.strip() for _ in range(2))
    assert len(key_of(first)) == 32
    assert first != second
