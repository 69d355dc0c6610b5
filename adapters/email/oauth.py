"""What a sign-in shows: its password, or a bearer token that is fetched and kept fresh."""

import asyncio
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from adapters.email.connect import said
from adapters.email.settings import Login, OAuth
from adapters.secret_source import COMMAND_SECONDS, Source, in_environment, in_file, printed
from bot.channel import WrongSettings

_FRESH = 0.8  # the part of a token's life in which it is used


async def password(login: Login) -> str:
    """Return the password of a sign-in, read anew each time; WrongSettings when it isn't there."""
    try:
        return await Source.of(login, "password").read()
    except WrongSettings as error:
        raise WrongSettings(f"{login.user}: {error.problem}", error.mend) from error


def refuse_exposed(login: Login) -> None:
    """Raise WrongSettings when everybody on this machine may read the file with the password."""
    try:
        Source.of(login, "password").refuse_exposed()
    except WrongSettings as error:
        raise WrongSettings(f"{login.user}: {error.problem}", error.mend) from error


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
            text = await asyncio.to_thread(in_file, source.token_file, "oauth.token_file")
        elif source.token_command:
            text = await printed(source.token_command, "oauth.token_command")
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
        secret = in_file(source.client_secret_file, "oauth.client_secret_file")
    else:
        secret = in_environment(source.client_secret_env, "oauth.client_secret_env")
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


def _stamp(path: str) -> int:
    try:
        return Path(path).expanduser().stat().st_mtime_ns
    except OSError:
        return 0  # reading it tells what is wrong
