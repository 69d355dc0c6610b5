"""The config: how an operator is told of every mistake at once."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from config_files import MAILBOX, only_problem, problems, read, write

from bot.config import ConfigError, channel_tables, load

WRONG_EVERYWHERE = """[desk]
nam = "Soporte"
prefix = "I-T"
zone = "Madrid"
language = "tlh"
burst_seconds = -1
reopen_days = "4"

[desk.hours]
monday = "9-x"
closed = ["2026-12-25", "Christmas"]

[[teams]]
name = "a"

[[agents]]
name = "Ana"
role = "boss"
teams = ["b"]
addresses = { email = "x@y", caht = "U1" }

[emial]

[email]
poll_seconds = inf
[[email.mailboxes]]
address = "help@example.org"
imap_hots = "x"
imap_port = 99999
imap_security = "ssl"
smtp_host = 1
"""


def test_every_mistake_is_told_at_once_with_its_line_and_its_mend(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        WRONG_EVERYWHERE,
    )
    assert problems(path) == [
        (2, "unknown key nam", "did you mean name?"),
        (3, 'prefix = "I-T"', 'write letters and digits, beginning with a letter, like "IT"'),
        (4, 'zone = "Madrid" is no time zone', 'did you mean "Europe/Madrid"?'),
        (5, 'there are no texts in "tlh"', "the desk speaks en, es"),
        (6, "burst_seconds = -1", "write 0 or more"),
        (7, "reopen_days is text in quotes", "write a number without quotes"),
        (
            10,
            'monday = "9-x" are no hours',
            'write it like monday = "09:00-14:00, 15:00-18:00"',
        ),
        (11, 'closed: "Christmas" is no day', 'write it like "2026-12-25"'),
        (18, 'role = "boss"', 'write "agent" or "quality" or "lead" or "admin"'),
        (19, 'there is no team "b"', 'add [[teams]] with name = "b"'),
        (
            20,
            "the channel caht isn't configured",
            "add its table [caht], or take it out",
        ),
        (22, "there is no channel emial", "did you mean [email]?"),
        (25, "poll_seconds = inf", "write a smaller number, 315360000 or less"),
        (
            26,
            "help@example.org needs exactly one way to sign in",
            "set one of password_file, password_env, password_command, password or oauth",
        ),
        (28, "unknown key imap_hots", "did you mean imap_host?"),
        (29, "imap_port = 99999 is no port", "write one from 1 to 65535"),
        (30, 'imap_security = "ssl"', 'write "tls" or "starttls" or "none"'),
        (31, "smtp_host is a number", "write it in quotes"),
    ]


@pytest.mark.parametrize(
    ("said", "what", "mend"),
    [
        ('role = { supprt = "lead" }', 'there is no team "supprt"', 'did you mean "support"?'),
        ('role = { support = "admin" }', 'role = "admin"', 'write "agent" or "quality" or "lead"'),
        ("role = 3", "role is a number", 'write "agent" or "quality" or "lead" or "admin"'),
        ("level = 3", "level = 3", "write 1 or 2"),
        ("level = true", "level is true or false", "write 1 or 2"),
        ('level = "2"', "level is text in quotes", "write 1 or 2"),
    ],
)
def test_a_role_and_a_level_are_of_a_few(tmp_path: Path, said: str, what: str, mend: str) -> None:
    agent = f'[[agents]]\nname = "Ana"\naddresses.email = "ana@example.org"\n{said}\n'
    found = only_problem(write(tmp_path, MAILBOX + agent))
    assert found == (11, what, mend)


def test_an_error_reads_as_one_line_for_each_mistake(tmp_path: Path) -> None:
    path = write(tmp_path, '[desk]\nname = 3\n[log]\nlevel = "loud"')
    with pytest.raises(ConfigError) as caught:
        read(path)
    assert str(caught.value).splitlines() == [
        f"{path}:2: name is a number: write it in quotes",
        f'{path}:4: level = "loud": write "debug" or "info" or "warning" or "error"',
    ]


@pytest.mark.parametrize(
    ("text", "line", "what", "mend"),
    [
        ("[desk]\nname = Ana", 2, "invalid value", "put words in quotes"),
        ('[desk]\nname = "a"\nname = "b"', 3, "cannot overwrite", "twice: keep one"),
        ("[desk]\n[desk]", 2, "twice", "join them"),
        ('[desk]\ntexts = "C:\\users"', 2, "hex", "look at this line"),
        ('[desk]\ntexts = "C:\\desk"', 2, "unescaped", "single quotes"),
        ('[desk]\nname = "Ana\nzone = "UTC"', 2, "illegal character", "close the quotes"),
        ('[desk]\nname "Ana"', 2, "expected '='", 'write key = "value"'),
        ('[[agents]]\nteams = ["a"\n\n', 2, "unclosed array", "close the list"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, what: str, mend: str
) -> None:
    found = only_problem(write(tmp_path, text))
    assert found[0] == line
    assert what in found[1]
    assert mend in found[2]


def test_a_file_that_is_not_there_says_how_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match="no such file: write one for a mailbox with: deskmate init"
    ):
        read(tmp_path / "config.toml")
    with pytest.raises(ConfigError, match="it is a folder: name the file in it"):
        channel_tables(tmp_path)


def test_a_file_in_another_encoding_is_told_and_a_mark_at_its_beginning_is_none(
    tmp_path: Path,
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes('[desk]\nname = "Atención"'.encode("latin-1"))
    assert only_problem(path)[1:] == ("it isn't written in UTF-8", "save it again as UTF-8")
    path.write_text('[desk]\r\nname = "Atención"\r\n', encoding="utf-8-sig")
    assert read(path).desk.name == "Atención"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("desk = 3", 1, "desk is a number: write [desk]"),
        ("[[desk]]", 1, "desk is a list: write [desk]"),
        ('name = "x"', 1, "name stands in no table: put it under one, like [desk]"),
        ("[teams]\nname = 'a'", 1, "teams is a table, not a list: write [[teams]]"),
        ("[[teams]]\nlabel = 'a'", 1, 'name is missing: add name = "…"'),
        ("[[agents]]\nname = 'a'", 1, 'addresses is missing: add addresses = { name = "…" }'),
        ("[[agents]]\nname = 'a'\naddresses = {}", 3, "addresses is empty"),
        ("[[agents]]\nname = 'a'\naddresses = 'a@b'", 3, 'write addresses = { name = "…" }'),
        ("[[organisations]]\nname = 'a'\ndomains = 'b'", 3, 'write domains = ["…"]'),
        ("[desk]\nformal = 'yes'", 2, "write true or false, without quotes"),
        ("[desk]\nburst_seconds = true", 2, "burst_seconds is true or false: write a number"),
        ("[desk]\nburst_days = 1e300", 2, "write a smaller number, 3650 or less"),
        ("[desk]\nreopen_days = 3651", 2, "write a smaller number, 3650 or less"),
        ("[desk]\nclose_after_days = inf", 2, "write a smaller number, 3650 or less"),
        ("[desk]\ngreeting_hours = nan", 2, "write 0 or more"),
        ("[desk]\nundo_seconds = 3601", 2, "write a smaller number, 3600 or less"),
        ("[desk]\nundo_hours = 2", 2, "write a smaller number, 1 or less"),
        ("[desk]\nundo_days = 1", 2, "write a smaller number, 0.04 or less"),
        ("[desk]\nundo_seconds = -1", 2, "write 0 or more"),
        ("[desk]\nundo_sent_minutes = 1441", 2, "write a smaller number, 1440 or less"),
        ("[[teams]]\nname = 'a'\noffer_after_minutes = 1e12", 3, "5256000 or less"),
        ("[desk]\nburst_days = 1\nburst_hours = 1", 3, "burst is given twice: keep one"),
        ("[desk]\ntexts = 'nowhere'", 2, "there is no folder"),
        ("[desk.hours]\nclosed = [2026-12-25]", 2, "a desk without hours never closes"),
        ("[desk.hours]\nmonday = '25:00-26:00'", 2, "are no hours"),
        ("[desk]\nzone = '../etc/passwd'", 2, 'is no time zone: write it like "Europe/Madrid"'),
        ("[desk]\nzone = 'europe/madrid'", 2, 'did you mean "Europe/Madrid"?'),
        ("[desk]\nlanguage = 'es-MX'", 2, "the desk speaks en, es"),
        ("[[organisations]]\nname = 'a'\nzone = 'Mars'", 3, "is no time zone"),
        ("[[teams]]\nname = 'a'\n[[teams]]\nname = 'A'", 4, '"A" stands in line 2 already'),
        ("[[teams]]\nname = ' '", 2, "name is empty: write one"),
        ("teams = []", 1, "there is no team"),
        ("[[teams]]\nname = 'a'\nescalates_to = 'b'", 3, 'there is no team "b"'),
        ("[[teams]]\nname = 'a'\nescalates_to = 'a'", 3, "a team can't escalate to itself"),
        ("[knowledge]\nprecision = 70", 2, "precision = 70: write a part from 0.5 to 0.99"),
        ("[knowledge]\nfolder = 'nowhere'", 2, "there is no folder"),
        ("[chat]\ntoken = 'x'\nteam = 'suport'", 3, 'did you mean "support"?'),
        ("[chat]\ntoken = 'x'\nretries = 10", 3, "retries = 10 is too many: write 9 or less"),
        ("[chat]\ntoken = 'x'\nretries = 1.5", 3, "write a whole number without quotes"),
        ("[chat]\ntoken = 'x'\nport = -1", 3, "port = -1 is no port"),
        ("[chat]", 1, 'token is missing: add token = "…"'),
        ("[chat]\ntoken = 'x'\nzebra = 1", 3, "unknown key zebra: take it out; known here are"),
        ("[chat]\ntoken = 'x'\nrooms.a = 1", 3, "rooms is a number: write it in quotes"),
        ("[chat]\ntoken = ['x']", 2, "token is a list: write one alone, in quotes"),
        ("[email]", 1, "mailboxes is missing: add [[email.mailboxes]], a table for each"),
        ("[email]\nmailboxes = []", 1, "no mailbox: add one table"),
        ("[slack]", 1, "there is no channel slack: the channels are chat, email"),
    ],
)
def test_a_mistake_is_one_line_with_its_mend(
    tmp_path: Path, text: str, line: int, problem: str
) -> None:
    found = only_problem(write(tmp_path, text))
    assert found[0] == line
    assert problem in f"{found[1]}: {found[2]}"


def test_an_address_belongs_to_one_agent(tmp_path: Path) -> None:
    text = MAILBOX + "\n".join(
        f'[[agents]]\nname = "{name}"\naddresses = {{ email = "{address}" }}'
        for name, address in (("Ana", "ana@example.org"), ("Leo", "Ana@Example.org"))
    )
    assert only_problem(write(tmp_path, text)) == (
        13,
        '"Ana@Example.org" stands in line 10 already',
        "keep one of them",
    )


def test_what_a_door_refuses_is_told_on_the_line_of_the_key(tmp_path: Path) -> None:
    text = MAILBOX.replace("imap.example.org", "192.0.2.1") + 'imap_security = "none"\n'
    line, what, mend = only_problem(write(tmp_path, text))
    assert text.splitlines()[line - 1] == 'imap_security = "none"'
    assert "would send the password in clear" in what
    assert mend == "set imap_security to 'tls' or 'starttls'"


@pytest.mark.parametrize(
    "text",
    [
        MAILBOX.replace('password_env = "HELP_PASSWORD"', 'password = "hunter2"'),
        '[chat]\ntoken = "hunter2"',
        '[store]\ndatabase = "postgresql://desk:hunter2@db/desk"',
    ],
)
def test_a_password_in_a_file_that_others_may_read_is_refused(tmp_path: Path, text: str) -> None:
    read(write(tmp_path, text, mode=0o600))
    path = write(tmp_path, text, mode=0o640)
    line, what, mend = only_problem(path)
    assert "hunter2" in text.splitlines()[line - 1]
    assert what == "a password stands here, and others may read this file (mode 640)"
    assert mend == f"chmod 600 {path}"


def test_no_message_repeats_a_secret(tmp_path: Path) -> None:
    text = '[chat]\ntoken = "hunter2"\nretries = 10\n[email]\n[[email.mailboxes]]\npassword = 4711'
    shown = str(problems(write(tmp_path, text, mode=0o644)))
    assert "hunter2" not in shown
    assert "4711" not in shown


def test_a_field_of_a_kind_that_no_config_holds_is_the_programmers_mistake(tmp_path: Path) -> None:
    @dataclass
    class Odd:
        both: int | str = 0

    with pytest.raises(TypeError, match="both: a config can't hold"):
        load(write(tmp_path, "[odd]\nboth = 1"), {"odd": Odd})


def test_an_engine_that_is_not_installed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, '[knowledge]\nengine = "translated"')
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "install apertium with its pair eng-spa" in only_problem(path)[2]
