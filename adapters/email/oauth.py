"""Where a sign-in's secret comes from: a file, a variable, a command, or a token's giver."""

import asyncio
import json
import os
import re
import stat
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from adapters.email.connect import said
from adapters.email.settings import Login, OAuth
from bot.channel import WrongSettings

COMMAND_SECONDS = 30.0
_FRESH = 0.8  # the part of a token's life in which it is used


async def password(login: Login) -> str:
    """Return the password of a sign-in, read anew each time; WrongSettings when it isn't there."""
    try:
        return await _password(login)
    except WrongSettings as error:
        raise WrongSettings(f"{login.user}: {error.problem}", error.mend) from error


def refuse_exposed(login: Login) -> None:
    """Raise WrongSettings when everybody on this machine may read the file with the password."""
    path = Path(login.password_file).expanduser().absolute()
    mode = stat.S_IMODE(path.stat().st_mode)
    reached = all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
    if reached and mode & stat.S_IROTH:
        problem = f"{login.user}: everybody here may read password_file {path} (mode {mode:o})"
        raise WrongSettings(problem, f"chmod 600 {path}")


class Tokens:
    """The bearer tokens of one sign-in: kept while they are fresh, one fetch at a time.

    `clock` gives seconds that only grow.
    """

    def __init__(self, source: OAuth, clock: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._clock = clock
        self._lock = asyncio.Lock()
        self._kept: _Token | None = None

    async def current(self) -> str:
        """Return a token that should still be good.

        Raises WrongSettings when the source refuses, ConnectionError when it can't be reached.
        """
        async with self._lock:
            if self._kept is None or not await self._is_fresh(self._kept):
                self._kept = await self._fetch()
            return self._kept.text

    async def refused(self, token: str) -> None:
        """Forget `token`: a server didn't take it. The next `current` fetches another."""
        async with self._lock:
            if self._kept is not None and self._kept.text == token:
                self._kept = None

    async def _is_fresh(self, token: "_Token") -> bool:
        if self._source.token_file:
            return token.stamp == await asyncio.to_thread(_stamp, self._source.token_file)
        return self._clock() < token.stale_at

    async def _fetch(self) -> "_Token":
        source, began = self._source, self._clock()
        stamp, lifetime = 0, float(source.lifetime)
        if source.token_file:
            stamp = await asyncio.to_thread(_stamp, source.token_file)
            text = await asyncio.to_thread(_text, source.token_file, "oauth.token_file")
        elif source.token_command:
            text = await _printed(source.token_command, "oauth.token_command")
        else:
            text, lifetime = await asyncio.to_thread(_granted, source)
        return _Token(text, began + lifetime * _FRESH, stamp)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    stale_at: float
    stamp: int  # the file's, in nanoseconds

    def __repr__(self) -> str:
        return f"_Token(stale_at={self.stale_at})"


async def _password(login: Login) -> str:
    if login.password_file:
        return await asyncio.to_thread(_text, login.password_file, "password_file")
    if login.password_env:
        return _variable(login.password_env, "password_env")
    if login.password_command:
        return await _printed(login.password_command, "password_command")
    return login.password


def _granted(source: OAuth) -> tuple[str, float]:
    """Ask the token address for a token of the program's own; the token and its life in seconds."""
    request = _request(source)
    try:
        with urllib.request.urlopen(request, timeout=COMMAND_SECONDS) as reply:  # noqa: S310 - the operator's own address
            grant = json.load(reply)
        return str(grant["access_token"]), float(grant.get("expires_in", source.lifetime))
    except urllib.error.HTTPError as error:
        with error:
            raise _not_granted(source, error) from error
    except (ValueError, KeyError, TypeError) as error:
        problem = f"{source.token_url} gave no token"
        raise WrongSettings(problem, "correct oauth.token_url") from error
    except OSError as error:
        raise ConnectionError(f"{source.token_url} can't be reached ({said(error)})") from error


def _request(source: OAuth) -> urllib.request.Request:
    if source.client_secret_file:
        secret = _text(source.client_secret_file, "oauth.client_secret_file")
    else:
        secret = _variable(source.client_secret_env, "oauth.client_secret_env")
    form = {
        "grant_type": "client_credentials",
        "client_id": source.client_id,
        "client_secret": secret,
        "scope": source.scope,
    }
    return urllib.request.Request(source.token_url, urlencode(form).encode(), method="POST")  # noqa: S310 - the operator's own address


def _not_granted(source: OAuth, error: urllib.error.HTTPError) -> Exception:
    answer = error.read(2000).decode("utf-8", "replace")
    if error.code >= 500 or error.code == 429:  # noqa: PLR2004 - HTTP's own numbers
        return ConnectionError(f"{source.token_url} answers {error.code}: {answer}")
    return WrongSettings(
        f"{source.token_url} refuses a token ({error.code}: {answer})",
        "correct oauth.client_id, its secret and oauth.scope",
    )


async def _printed(command: Sequence[str], setting: str) -> str:
    try:
        child = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as error:
        problem = f"{setting} can't be run ({said(error)}: {command[0]})"
        raise WrongSettings(problem, f"correct {setting}") from error
    try:
        async with asyncio.timeout(COMMAND_SECONDS):
            printed, complaint = await child.communicate()
    except (TimeoutError, asyncio.CancelledError) as error:
        child.kill()
        await child.wait()
        if isinstance(error, asyncio.CancelledError):
            raise
        problem = f"{setting} ran longer than {COMMAND_SECONDS:.0f} s"
        raise WrongSettings(problem, f"make {setting} answer without asking anybody") from error
    text = printed.decode("utf-8", "replace").strip()
    if child.returncode or not text:
        words = complaint.decode("utf-8", "replace").strip() or "it printed nothing"
        problem = f"{setting} ended with {child.returncode} ({words})"
        raise WrongSettings(problem, f"correct {setting}")
    return _one_line(text, f"{setting} printed")


def _text(path: str, setting: str) -> str:
    try:
        text = Path(path).expanduser().read_text("utf-8", "replace").strip()
    except OSError as error:
        raise WrongSettings(f"{setting}: {error.strerror}: {path}", f"correct {setting}") from error
    if not text:
        raise WrongSettings(f"{setting}: {path} is empty", "write the secret into it")
    return _one_line(text, f"{setting}: {path} holds")


def _variable(name: str, setting: str) -> str:
    text = os.environ.get(name, "").strip()
    if not text:
        raise WrongSettings(f"{setting}: the environment has no {name}", f"set {name}")
    return _one_line(text, f"{setting}: {name} holds")


def _one_line(text: str, source: str) -> str:
    """A secret as it may go over the wire: no server takes one with a line break in it."""
    if not re.search(r"[\x00-\x1f\x7f]", text):
        return text
    raise WrongSettings(f"{source} more than a secret", "let there be one line, the secret alone")


def _stamp(path: str) -> int:
    try:
        return Path(path).expanduser().stat().st_mtime_ns
    except OSError:
        return 0  # reading it tells what is wrong
