"""A server program in a folder of its own: how it is started, awaited and ended."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from weakref import finalize

_PATIENCE = 10.0  # seconds that it may take to begin
_LOOK = 0.02  # seconds between two looks whether it has begun


class PrivateServer(ABC):
    """A server for a while, on a port of this machine; to be used with `with`.

    It runs in a process group of its own, so that all it starts can be ended with it, and keeps
    everything in `home`, which is gone afterwards.
    """

    def __init__(self, name: str, greeting: bytes) -> None:
        """`greeting`: how begins what it says to whoever connects to its first port."""
        self.home = Path()
        self._name = name
        self._greeting = greeting
        self._held: list[socket.socket] = []
        finalize(self, _let_go, self._held)
        self._program: subprocess.Popen[bytes] | None = None
        self._leaving = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as leaving:
            self.home = Path(tempfile.mkdtemp(prefix=f"{self._name}-"))
            leaving.callback(shutil.rmtree, self.home)
            self.home.chmod(0o755)  # its programs run as other users
            self.furnish(leaving)
            leaving.callback(self.stop)
            self.start()
            self._leaving = leaving.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leaving.close()

    def ports(self, count: int) -> list[int]:
        """So many ports that are this server's alone, until it is gone."""
        held = [_held() for _ in range(count)]
        self._held += held
        return [int(each.getsockname()[1]) for each in held]

    @abstractmethod
    def furnish(self, leaving: ExitStack) -> None:
        """Put into `home` what it needs to begin; what ends after it goes onto `leaving`."""

    @abstractmethod
    def command(self) -> list[str]:
        """The words that start it in the foreground; it writes its log to `log` in `home`."""

    def start(self) -> None:
        """Start it; returns when it greets.

        Raises `RuntimeError`, with its log, when it ends or is silent for ten seconds.
        """
        self._program = subprocess.Popen(self.command(), start_new_session=True)  # noqa: S603 - our own
        deadline = time.monotonic() + _PATIENCE
        while not self._greets():
            if self._program.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(self.log())
            time.sleep(_LOOK)

    def stop(self) -> None:
        """End it and every conversation, at once."""
        if self._program is not None:
            with suppress(ProcessLookupError):  # it has ended by itself
                # A polite end would let conversations go on.
                os.killpg(self._program.pid, signal.SIGKILL)
            self._program.wait()
            self._program = None

    def log(self) -> str:
        """What it wrote down so far, a line for each event."""
        log = self.home / "log"
        return log.read_text() if log.exists() else ""

    def _greets(self) -> bool:
        place = self._held[0].getsockname()
        try:
            with socket.create_connection(place, timeout=1) as connection:
                return connection.recv(len(self._greeting)) == self._greeting
        except OSError:
            return False


def _held() -> socket.socket:
    """A port of this machine that nobody else is given; whoever knows it can listen there."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return held


def _let_go(held: list[socket.socket]) -> None:
    for each in held:
        each.close()
