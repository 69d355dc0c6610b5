"""The operator's way to a working mailbox: init, check and run, against a real mail server."""

import asyncio
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_book import check, init

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
ANAS = ["--agent", "Ana", "--agent-address", ANA]


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


def test_a_mailbox_is_set_up_by_options_alone(tmp_path: Path, server: MailServer) -> None:
    path = tmp_path / "desk" / "config.toml"
    words = ["-y", "--try", "--address", HELP, *at(server), *ANAS]
    done = init(path, *words, "--authserv-id", AUTHSERV_ID, says="hunter2\n")
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"{HELP}: IMAP 127.0.0.1:{server.imap_port} signed in" in done.stdout
    assert f"{HELP}: SMTP 127.0.0.1:{server.smtp_port} signed in" in done.stdout
    assert path.stat().st_mode & 0o777 == 0o600
    secret = path.parent / "secrets" / f"{HELP}.password"
    assert secret.read_text(encoding="utf-8") == "hunter2\n"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert "hunter2" not in path.read_text(encoding="utf-8") + done.output


def test_each_fault_of_a_server_is_one_line_with_its_mend(
    tmp_path: Path, server: MailServer
) -> None:
    path = tmp_path / "config.toml"
    words = ["-y", "--address", HELP, *at(server), *ANAS, "--authserv-id", AUTHSERV_ID]
    init(path, *words, says="hunter2\n")
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
    (tmp_path / "wrong").write_text("hunter4\nhunter5", encoding="utf-8")
    fault = with_fault(f"secrets/{HELP}.password", "wrong")
    assert (
        f"{HELP}: password_file: {tmp_path / 'wrong'} holds more than a secret: let there" in fault
    )
    assert "hunter" not in fault
    fault = with_fault("password_file =", 'password_command = ["no-such-program"]\n#')
    assert "can't be run (No such file or directory: no-such-program)" in fault
    for name in ("127.0.0.1", "localhost"):  # which may have several addresses
        with_port = well.replace(f"imap_port = {server.imap_port}", "imap_port = 1")
        path.write_text(with_port.replace('imap_host = "127.0.0.1"', f'imap_host = "{name}"'))
        assert f"IMAP {name}:1 refuses the connection: correct imap_port" in check(path).stdout


def test_a_check_is_wrong_while_no_agent_can_work_or_hears_of_anything(
    tmp_path: Path, server: MailServer
) -> None:
    path = tmp_path / "config.toml"
    init(path, "-y", "--address", HELP, *at(server), *ANAS, says="hunter2\n")
    well = path.read_text(encoding="utf-8")

    def faults(text: str) -> list[str]:
        path.write_text(text, encoding="utf-8")
        done = check(path)
        found = [line[8:] for line in done.stdout.splitlines() if line.startswith("WRONG")]
        assert done.exit_code == (3 if found else 0)
        return found

    (fault,) = faults(well)
    assert fault.startswith("email: nobody can work by mail (Ana), as no mailbox vouches")
    assert "set authserv_ids to what its line above shows" in fault
    assert faults(well + "trust_all = true\n") == []
    trusting = well + f'authserv_ids = ["{AUTHSERV_ID}"]\n'
    assert faults(trusting) == []
    (fault,) = faults(trusting.replace(ANA, HELP.upper()))
    assert f"{HELP} is the desk's own address and can't be Ana's too" in fault
    teams = '[[teams]]\nname = "support"\n[[teams]]\nname = "network"\n'
    agent = trusting.replace('name = "Ana"', 'name = "Ana"\nteams = ["support"]')
    (fault,) = faults(teams + agent)
    assert fault.startswith('nobody works in the team "network", so nobody hears of its tickets:')
    nobody = trusting.partition("# Who works")[0] + "[email]" + trusting.partition("[email]")[2]
    (fault,) = faults(nobody)
    assert fault.startswith("nobody works at the desk, so nobody hears of a ticket: add [[agents]]")


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
    words = ["-y", "--address", HELP, *at(server), "--authserv-id", AUTHSERV_ID]
    init(path, *words, says="hunter2\n")
    path.write_text(path.read_text("utf-8") + 'first_start = "all"\n', encoding="utf-8")
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
