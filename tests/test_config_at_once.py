"""The config: what a door's own settings object to is told with everything else, and only that."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from config_files import MAILBOX, only_problem, problems, write

from bot.channel import WrongSettings
from bot.config import load

IN_CLEAR = "'none' would send the password in clear to 192.0.2.1"


def told(path: Path) -> list[tuple[int, str]]:
    return [(line, what) for line, what, _ in problems(path)]


def test_what_settings_object_to_is_told_though_other_keys_are_wrong(tmp_path: Path) -> None:
    path = write(tmp_path, "[chat]\ntoken = 'x'\nretries = 10\nshare = 'half'\nzebra = 1")
    assert told(path) == [
        (3, "retries = 10 is too many"),
        (4, "share is text in quotes"),
        (5, "unknown key zebra"),
    ]


def test_everything_a_mailbox_objects_to_is_told_at_once(tmp_path: Path) -> None:
    text = """[email]
poll_seconds = "x"
[[email.mailboxes]]
address = "help"
imap_host = "https://imap.example.org"
smtp_host = ""
max_bytes = "many"
[[email.mailboxes]]
address = "sales@example.org"
imap_host = "imap.example.org"
smtp_host = "192.0.2.1"
smtp_security = "none"
"""
    assert told(write(tmp_path, text)) == [
        (2, "poll_seconds is text in quotes"),
        (3, "help needs exactly one way to sign in"),
        (4, 'address = "help"'),
        (5, 'help: imap_host = "https://imap.example.org" is no host name'),
        (6, "help: smtp_host is empty"),
        (7, "max_bytes is text in quotes"),
        (8, "sales@example.org needs exactly one way to sign in"),
        (12, f"sales@example.org: smtp_security = {IN_CLEAR}"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("password_env =", "pasword_env =", "unknown key pasword_env"),
        ('password_env = "HELP_PASSWORD"', "password_env = 3", "password_env is a number"),
        ('address = "help@example.org"', "address = 3", "address is a number"),
        ('address = "help@example.org"\n', "", "address is missing"),
        ('imap_host = "imap.example.org"', 'imap_security = "none"', "imap_host is missing"),
        ('smtp_host = "smtp.example.org"', "smtp_host = true", "smtp_host is true or false"),
        ("[[email.mailboxes]]", "[[email.mailbox]]", "unknown key mailbox"),
    ],
)
def test_a_value_that_is_not_known_is_told_once_and_nothing_is_made_up(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    assert only_problem(write(tmp_path, MAILBOX.replace(old, new)))[1] == what


def test_one_wrong_mailbox_hides_nothing_of_the_others(tmp_path: Path) -> None:
    box = MAILBOX.partition("[email]\n")[2]
    text = f"[email]\n{box}name = 'a'\n{box}name = 'a'\n{box}port = 1"
    assert [what for _, what in told(write(tmp_path, text))] == [
        "two mailboxes are called a",
        "unknown key port",
    ]


def test_an_agents_address_is_one_that_a_mail_may_come_from(tmp_path: Path) -> None:
    text = MAILBOX + "[[agents]]\nname = 'Ana'\naddresses = { email = 'nonsense' }\n"
    assert only_problem(write(tmp_path, text)) == (
        10,
        '"nonsense" is no mail address',
        "write it as ana@example.org",
    )
    fit = MAILBOX + "[[agents]]\nname = 'Ana'\naddresses.email = 'ana@example.org'\nzone = 'Mars'"
    assert "Mars" in only_problem(write(tmp_path, fit))[1]


def test_a_fault_of_the_dataclass_itself_is_not_taken_for_the_operators(tmp_path: Path) -> None:
    @dataclass(frozen=True)
    class Broken:
        name: str = ""

        def __post_init__(self) -> None:
            raise ExceptionGroup("two", [WrongSettings("a", "b"), ZeroDivisionError("ours")])

    with pytest.raises(ZeroDivisionError, match="ours"):
        load(write(tmp_path, "[broken]\nname = 'x'"), {"broken": Broken})
