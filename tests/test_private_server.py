"""A private server that doesn't come up leaves nothing behind, and says why."""

import socket
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from sandbox import private_server
from sandbox.private_server import PrivateServer

DIES = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('no such setting')"
IS_SILENT = "import time; time.sleep(60)"
GREETS = """
import socket, sys
with socket.create_server(("127.0.0.1", int(sys.argv[2]))) as door:
    while True:
        guest, _ = door.accept()
        guest.sendall(b"* OK come in")
        guest.close()
"""


class Program(PrivateServer):
    """A few lines of Python as a server."""

    def __init__(self, lines: str) -> None:
        super().__init__("deskmate-test", b"* OK")
        (self.port,) = self.ports(1)
        self._lines = lines
        self.left: list[str] = []

    def furnish(self, leaving: ExitStack) -> None:
        leaving.callback(self.left.append, "left")

    def command(self) -> list[str]:
        return [sys.executable, "-c", self._lines, str(self.home / "log"), str(self.port)]


def test_it_is_there_within_and_gone_afterwards() -> None:
    with Program(GREETS) as server:
        assert server._greets()
        home = server.home
        server.stop()
        assert not server._greets()
        server.start()
        assert server._greets()
    assert not server._greets()
    assert not home.exists()
    assert server.left == ["left"]


@pytest.mark.parametrize(
    ("lines", "said"), [(DIES, "no such setting"), (IS_SILENT, "^$")], ids=["dies", "is silent"]
)
def test_one_that_does_not_come_up_says_why_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lines: str, said: str
) -> None:
    monkeypatch.setattr(private_server, "_PATIENCE", 2.0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    server = Program(lines)
    with pytest.raises(RuntimeError, match=said), server:
        pytest.fail("it came up")
    assert list(tmp_path.iterdir()) == []
    assert server._program is None
    assert server.left == ["left"]


def test_no_two_servers_are_given_the_same_port() -> None:
    servers = [Program(GREETS) for _ in range(50)]
    assert len({port for each in servers for port in (each.port, *each.ports(3))}) == 200


def test_nobody_else_is_given_a_port_while_its_server_is_down() -> None:
    with Program(GREETS) as server:
        server.stop()
        taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(200)]
        assert server.port not in {each.getsockname()[1] for each in taken}
        for each in taken:
            each.close()
        server.start()
        assert server._greets()
