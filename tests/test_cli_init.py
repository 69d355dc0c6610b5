"""`deskmate init`: what it asks, what it takes for an answer, and what it writes."""

import os
import resource
import tomllib
from pathlib import Path

import click
import pytest
from cli_book import init, mailbox

import bot.cli.init
from bot.cli.mail_hosts import hosts_of
from bot.cli.new_config import write_private

HELP, ANA = "help@desk.example", "ana@desk.example"


def test_what_no_option_says_is_asked_and_guessed(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    answers = ["help@gmail.com", "", "", "", "Soporte", "es", "Europe/Madrid", "Ana", ANA]
    answers += ["config", "hunter2", "n"]
    done = init(path, says="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "imap.gmail.com: it wants an app password" in done.stderr
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    assert read["desk"] == {"name": "Soporte", "language": "es", "zone": "Europe/Madrid"}
    assert read["agents"] == [{"name": "Ana", "addresses": {"email": ANA}}]
    assert mailbox(path) == {
        "address": "help@gmail.com",
        "imap_host": "imap.gmail.com",
        "smtp_host": "smtp.gmail.com",
        "password": "hunter2",
        "authserv_ids": ["mx.google.com"],
    }
    assert "[]" not in done.stdout
    assert '""' not in done.stdout


def test_each_answer_is_tried_when_it_is_given_and_asked_for_again_with_the_reason(
    tmp_path: Path,
) -> None:
    path = tmp_path / "config.toml"
    answers = ["", "help", HELP, "mail.desk.example:993", "mail.desk.example", "", ""]
    answers += ["Soporte", "english", "en", "Madrid", "Europe/Madrid"]
    answers += ["Ana", HELP, "ana", ANA, "command", "pass 'show", "", "pass show help", "n"]
    done = init(path, says="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    name_alone = 'write the name alone, like "mail.example.org"; imap_port is for a port'
    assert done.stderr.splitlines() == [
        'address = "help": write it as help@example.org',
        f'{HELP}: imap_host = "mail.desk.example:993" is no host name: {name_alone}',
        'there are no texts in "english": the desk speaks en, es',
        'zone = "Madrid" is no time zone: did you mean "Europe/Madrid"?',
        "that is the desk's own address: write the one that you write from",
        '"ana" is no mail address: write it as ana@example.org',
        "this is no command (No closing quotation)",
    ]
    assert done.stdout.count("Its time zone") == 2
    box = mailbox(path)
    assert (box["imap_host"], box["smtp_host"]) == ("mail.desk.example", "smtp.desk.example")
    assert box["password_command"] == ["pass", "show", "help"]


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A folder where nobody may create a file, not even root."""
    if os.geteuid() == 0:
        return Path("/proc")
    folder = tmp_path / "sealed"
    folder.mkdir(mode=0o500)
    return folder


def test_where_nothing_can_be_written_init_says_so_and_leaves_nothing(
    tmp_path: Path, sealed: Path
) -> None:
    done = init(sealed / "config.toml", "-y", "--address", HELP, says="hunter2\n")
    assert done.exit_code == 3
    assert f"{sealed} can't be written to" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    done = init(tmp_path / "file" / "config.toml", "-y", "--address", HELP, says="hunter2\n")
    assert done.exit_code == 3
    assert f"{tmp_path / 'file'} is no folder: go to a folder of your own" in done.stderr
    done = init(tmp_path, "-y", "--address", HELP)
    assert (done.exit_code, done.stderr) == (
        1,
        f"{tmp_path} is a folder: name a file with --config\n",
    )


def test_when_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "file").write_text("mine", encoding="utf-8")
    words = ["-y", "--address", HELP, "--password-file"]
    done = init(folder / "config.toml", *words, "file/password", says="hunter2\n")
    assert done.exit_code == 3
    assert done.stderr.startswith("nothing is written: ")
    assert [each.name for each in folder.iterdir()] == ["file"]
    (folder / "config.toml.d").mkdir()
    done = init(folder / "config.toml", *words, "config.toml.d", says="hunter2\n")
    assert (done.exit_code, "config.toml.d is a folder" in done.stderr) == (2, True)
    draft = folder / f".config.toml.{os.getpid()}.new"
    draft.write_text("somebody else's", encoding="utf-8")
    done = init(folder / "config.toml", *words, "new/deep/password", says="hunter2\n")
    assert done.exit_code == 3
    assert sorted(each.name for each in folder.iterdir()) == [draft.name, "config.toml.d", "file"]
    assert draft.read_text(encoding="utf-8") == "somebody else's"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (["--password-env", "HELP_PASSWORD"], {"password_env": "HELP_PASSWORD"}),
        (
            ["--password-command", "pass show 'the desk'"],
            {"password_command": ["pass", "show", "the desk"]},
        ),
        (["--password-file", "mine"], {"password_file": "mine"}),
        (["--keep", "config"], {"password": 'a "word"'}),
    ],
)
def test_the_password_is_kept_where_the_operator_says(
    tmp_path: Path, words: list[str], kept: dict[str, object]
) -> None:
    path = tmp_path / "config.toml"
    done = init(path, "-y", "--address", HELP, *words, says='a "word"\n')
    assert done.exit_code == 0, done.output
    box = mailbox(path)
    assert {key: box[key] for key in box if key.startswith("password")} == kept


def test_a_config_that_is_there_is_never_written_over_unasked(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("mine", encoding="utf-8")
    words = ["--address", HELP, "--password-env", "X"]
    done = init(path, "-y", *words)
    assert (done.exit_code, done.stderr) == (
        1,
        f"{path} is there already: say --force to write over it\n",
    )
    assert init(path, *words, says="n\n").exit_code == 1
    assert path.read_text(encoding="utf-8") == "mine"
    assert init(path, "-y", "--force", *words).exit_code == 0
    assert mailbox(path)["address"] == HELP


def test_a_disk_without_room_is_told_by_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "config.toml"
    most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))  # as if no byte more had a place
    try:
        with pytest.raises(OSError, match="too large") as caught:
            write_private({path: "text"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    assert caught.value.filename == str(path)
    assert list(tmp_path.iterdir()) == []


def test_answers_that_make_no_config_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    done = init(path, "-y", "--address", HELP, "--password-env", "X", "--zone", "Mars")
    assert done.exit_code == 2
    assert done.stderr.startswith('nothing is written:\nzone = "Mars" is no time zone')
    assert list(tmp_path.iterdir()) == []
    words = ["--imap-security", "none", "--language", "tlh", "--agent", "A", "--agent-address", "a"]
    done = init(path, "-y", "--address", "help", "--password-env", "X", *words)
    assert done.exit_code == 2
    assert [line.partition(" ")[0] for line in done.stderr.splitlines()] == [
        "nothing",
        "address",
        "help@localhost:",
        "there",
        '"a"',
    ]
    done = init(path, "-y")
    assert (done.exit_code, "say --address" in done.stderr) == (2, True)
    done = init(path, "-y", "--address", HELP)
    assert (done.exit_code, "there is no password" in done.stderr) == (1, True)


def test_servers_are_guessed_from_the_domain() -> None:
    assert hosts_of("help@GMAIL.com").imap == "imap.gmail.com"
    assert hosts_of("a@outlook.com").smtp_security == "starttls"
    own = hosts_of("help@desk.example")
    assert (own.imap, own.smtp, own.note) == ("imap.desk.example", "smtp.desk.example", "")


def test_every_question_has_an_option() -> None:
    options = {each.name for each in bot.cli.init.command.params if isinstance(each, click.Option)}
    asked = {"address", "imap_host", "smtp_host", "user", "desk", "language", "zone", "agent"}
    assert asked | {"agent_address", "keep", "password_file", "tries"} <= options
