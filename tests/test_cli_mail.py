"""The operator's way to a working mailbox: init, check and run, against a real mail server."""

import asyncio
import signal
import socket
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import bot.cli.init
from bot.cli import deskmate
from bot.cli.mail_hosts import hosts_of
from sandbox.mail import AUTHSERV_ID, MailServer

HELP, ANA = "help@desk.example", "ana@desk.example"
LETTER = f"""From: Ana <{ANA}>\r
To: {HELP}\r
Subject: Printer\r
Message-ID: <printer@desk.example>\r
Date: Mon, 23 Nov 2026 09:00:00 +0000\r
\r
The printer on the second floor is broken.\r
"""
Start = Callable[..., Result]


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server in a loop and a thread of its own, as the commands have their own loop."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def opened() -> MailServer:
        return await MailServer.start({HELP: "hunter2", ANA: "hunter3"})

    running = asyncio.run_coroutine_threadsafe(opened(), loop).result()
    running.loop = loop  # type: ignore[attr-defined]  # so that tests can call it
    yield running
    asyncio.run_coroutine_threadsafe(running.stop(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def at(server: MailServer) -> list[str]:
    """The options that name this server."""
    here = ["--imap-host", "127.0.0.1", "--imap-port", str(server.imap_port)]
    here += ["--smtp-host", "127.0.0.1", "--smtp-port", str(server.smtp_port)]
    return [*here, "--imap-security", "none", "--smtp-security", "none"]


def mailbox(path: Path) -> dict[str, object]:
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    box: dict[str, object] = read["email"]["mailboxes"][0]
    return box


def init(path: Path, *words: str, says: str = "") -> Result:
    return CliRunner().invoke(deskmate, ["init", "--config", str(path), *words], input=says)


def check(path: Path) -> Result:
    return CliRunner().invoke(deskmate, ["check", "--config", str(path)])


def test_a_mailbox_is_set_up_by_options_alone(tmp_path: Path, server: MailServer) -> None:
    path = tmp_path / "desk" / "config.toml"
    words = ["-y", "--try", "--address", HELP, *at(server), "--agent", "Ana"]
    done = init(path, *words, "--agent-address", ANA, says="hunter2\n")
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"{HELP}: IMAP 127.0.0.1:{server.imap_port} signed in" in done.stdout
    assert f"{HELP}: SMTP 127.0.0.1:{server.smtp_port} signed in" in done.stdout
    assert path.stat().st_mode & 0o777 == 0o600
    secret = path.parent / "secrets" / f"{HELP}.password"
    assert secret.read_text(encoding="utf-8") == "hunter2\n"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert "hunter2" not in path.read_text(encoding="utf-8") + done.output


def test_what_no_option_says_is_asked_and_guessed(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    answers = ["help@gmail.com", "Ana", "", "", "", "Soporte", "es", "Europe/Madrid"]
    answers += [ANA, "config", "hunter2", "n"]
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
    }


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


def test_answers_that_make_no_config_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    done = init(path, "-y", "--address", HELP, "--password-env", "X", "--zone", "Mars")
    assert done.exit_code == 2
    assert 'zone = "Mars" is no time zone' in done.stderr
    assert list(tmp_path.iterdir()) == []
    done = init(path, "-y")
    assert (done.exit_code, "say --address" in done.stderr) == (2, True)
    done = init(path, "-y", "--address", HELP)
    assert (done.exit_code, "there is no password" in done.stderr) == (1, True)


def test_each_fault_of_a_server_is_one_line_with_its_mend(
    tmp_path: Path, server: MailServer
) -> None:
    path = tmp_path / "config.toml"
    init(path, "-y", "--address", HELP, *at(server), says="hunter2\n")
    well = path.read_text(encoding="utf-8")
    assert check(path).exit_code == 0

    def with_fault(old: str, new: str) -> str:
        path.write_text(well.replace(old, new), encoding="utf-8")
        done = check(path)
        assert done.exit_code == 3
        assert done.stderr == ""
        return next(line for line in done.stdout.splitlines() if line.startswith("WRONG"))

    with socket.socket() as shut:
        shut.bind(("127.0.0.1", 0))  # bound, but nobody listens
        port = shut.getsockname()[1]
        fault = with_fault(f"imap_port = {server.imap_port}", f"imap_port = {port}")
    assert f"IMAP 127.0.0.1:{port} refuses the connection: correct imap_port" in fault
    fault = with_fault("password_file =", 'folder = "Nowhere"\npassword_file =')
    assert "Nowhere" in fault
    fault = with_fault(f"{HELP}.password", "no.password")
    assert "No such file or directory" in fault
    assert "correct password_file" in fault
    (tmp_path / "wrong").write_text("hunter4", encoding="utf-8")
    fault = with_fault(f"secrets/{HELP}.password", "wrong")
    assert "password" in fault
    assert "hunter4" not in fault


def test_a_check_makes_and_changes_nothing(tmp_path: Path, server: MailServer) -> None:
    path = tmp_path / "config.toml"
    init(path, "-y", "--address", HELP, *at(server), says="hunter2\n")
    before = sorted(tmp_path.rglob("*"))
    done = check(path)
    assert f"{tmp_path / 'data/deskmate.db'} will be made at the first start" in done.stdout
    assert sorted(tmp_path.rglob("*")) == before
    other = path.read_text(encoding="utf-8") + '\n[store]\ndatabase = "sqlite:///elsewhere/x.db"\n'
    path.write_text(other, encoding="utf-8")
    done = check(path)
    assert done.exit_code == 3
    assert f"the folder {tmp_path / 'elsewhere'} isn't there: create it" in done.stdout


def test_the_desk_runs_until_it_is_told_to_end(tmp_path: Path, server: MailServer) -> None:
    path = tmp_path / "config.toml"
    init(path, "-y", "--address", HELP, *at(server), says="hunter2\n")
    trusting = path.read_text(encoding="utf-8") + f'authserv_ids = ["{AUTHSERV_ID}"]\n'
    path.write_text(trusting + 'first_start = "all"\n', encoding="utf-8")
    loop: asyncio.AbstractEventLoop = server.loop  # type: ignore[attr-defined]  # see above
    arrives = server.deliver(LETTER.encode(), HELP)
    asyncio.run_coroutine_threadsafe(arrives, loop).result()

    command = [sys.executable, "-m", "bot", "run", "--config", str(path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as desk:
        deadline = time.monotonic() + 15
        answered: list[bytes] = []
        while not answered and time.monotonic() < deadline:
            answers = server.messages(ANA)
            answered = asyncio.run_coroutine_threadsafe(answers, loop).result()
            time.sleep(0.05)
        desk.send_signal(signal.SIGTERM)
        _, log = desk.communicate(timeout=15)
    assert answered, log
    assert desk.returncode == 0
    assert '"event": "desk is open"' in log
    assert '"event": "desk is closed"' in log
    assert "second floor" not in log
    assert "hunter2" not in log


def test_a_running_desk_tells_a_wrong_password_in_one_line(
    tmp_path: Path, server: MailServer
) -> None:
    path = tmp_path / "config.toml"
    init(path, "-y", "--address", HELP, *at(server), says="hunter4\n")
    command = [sys.executable, "-m", "bot", "run", "--config", str(path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as desk:
        assert desk.stderr is not None
        lines = []
        for line in desk.stderr:
            lines.append(line)
            if "door stays shut" in line:
                break
        desk.send_signal(signal.SIGINT)
        desk.communicate(timeout=15)
    assert desk.returncode == 0
    assert "password" in lines[-1]
    assert '"mend": ' in lines[-1]
    assert "hunter4" not in "".join(lines)
    assert "Traceback" not in "".join(lines)


def test_servers_are_guessed_from_the_domain() -> None:
    assert hosts_of("help@GMAIL.com").imap == "imap.gmail.com"
    assert hosts_of("a@outlook.com").smtp_security == "starttls"
    own = hosts_of("help@desk.example")
    assert (own.imap, own.smtp, own.note) == ("imap.desk.example", "smtp.desk.example", "")


def test_every_question_has_an_option() -> None:
    options = {each.name for each in bot.cli.init.command.params if isinstance(each, click.Option)}
    asked = {"address", "imap_host", "smtp_host", "user", "desk", "language", "zone", "agent"}
    assert asked | {"agent_address", "keep", "password_file", "tries"} <= options
