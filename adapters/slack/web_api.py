"""Calls of Slack's Web API: one connection pool, no attempt but the one that is asked for."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.settings import SlackSettings, check_token
from bot.channel import WrongSettings

Said = dict[str, Any]
"""What Slack answered, as its documentation tells for each method."""

PATIENCE = 30.0  # seconds for an answer
_FILES_ELSEWHERE = (".slack-files.com",)
_PAGE = 200  # items of a page, as Slack recommends
_PAUSE = timedelta(seconds=30)  # where Slack asks to wait and doesn't say how long
_LONGEST = timedelta(hours=1)
#: What Slack says when the token is what is wrong, and never the call.
LOCKED_OUT = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "account_inactive",
        "team_access_not_granted",
        "org_login_required",
        "access_denied",
        "not_allowed_token_type",
    }
)


class SlackSaysNo(Exception):  # noqa: N818 - it reads as what happened
    """Slack answered a call, and did not do it.

    `error` is Slack's word for why, "" where there is none; `after` is how long it asks to wait;
    `needed` the scope that is missing.
    """

    def __init__(
        self,
        method: str,
        error: str,
        *,
        status: int = 200,
        after: timedelta | None = None,
        needed: str = "",
        details: tuple[str, ...] = (),
    ) -> None:
        why = error or f"HTTP {status}"
        super().__init__(": ".join((f"Slack's {method} says {why}", *filter(None, (needed,)))))
        self.method = method
        self.error = error
        self.status = status
        self.after = after
        self.needed = needed
        self.details = details


class SlackUnreached(ConnectionError):  # noqa: N818 - it reads as what happened
    """A call got no answer; `asked` tells whether it may have arrived there all the same."""

    def __init__(self, method: str, error: BaseException, *, asked: bool) -> None:
        what = str(error) or type(error).__name__
        if isinstance(error, aiohttp.ClientConnectorError):
            what = f"{error.host}:{error.port}: {error.strerror or error.os_error}"
        super().__init__(f"Slack's {method} gave no answer ({what})")
        self.asked = asked


class WebApi:
    """The Web API, with the desk's bot token; the session is opened by the first call."""

    def __init__(self, settings: SlackSettings) -> None:
        self._settings = settings
        self._client: AsyncWebClient | None = None
        self._session: aiohttp.ClientSession | None = None
        self._opening = asyncio.Lock()

    def owns(self, address: str) -> bool:
        """Whether an address is Slack's, so that it may be given what is meant for Slack alone."""
        try:
            parts, own = urlsplit(address), urlsplit(self._settings.api_url)
        except ValueError:
            return False
        if parts.netloc == own.netloc:
            return True
        ends = (f".{own.hostname}", *_FILES_ELSEWHERE)
        return parts.scheme == "https" and (parts.hostname or "").endswith(ends)

    async def session(self) -> aiohttp.ClientSession:
        """The connections that all calls share."""
        if self._session is None or self._session.closed:
            # The library heeds its own timeout only in sessions that it makes itself.
            timeout = aiohttp.ClientTimeout(total=PATIENCE)
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session

    async def bot_token(self) -> str:
        """The token for what is no call; WrongSettings when it isn't there."""
        return str((await self._opened()).token)

    async def proxy(self) -> str | None:
        """The proxy that the environment names, for what is no call."""
        return (await self._opened()).proxy

    async def call(self, method: str, **arguments: object) -> Said:
        """Call a method that changes something; SlackSaysNo or SlackUnreached if that fails."""
        body = {key: value for key, value in arguments.items() if value is not None}
        return await self._ask(method, http_verb="POST", json=body or None)

    async def submit(self, method: str, **arguments: object) -> Said:
        """The same for one of the few methods that take a form alone."""
        return await self._ask(method, http_verb="POST", params=arguments)

    async def call_as(self, token: str, method: str) -> Said:
        """Call a method with another token than the bot's."""
        bearer = {"Authorization": f"Bearer {token}"}
        return await self._ask(method, http_verb="POST", headers=bearer)

    async def look(self, method: str, **arguments: object) -> Said:
        """Call a method that changes nothing: those take their arguments in the address alone."""
        query = {key: value for key, value in arguments.items() if value is not None}
        return await self._ask(method, http_verb="GET", params=query)

    async def pages(self, method: str, key: str, **arguments: object) -> AsyncIterator[Any]:
        """The items of every page of a list, waiting for as long as Slack asks to."""
        cursor = None
        while True:
            page = await self.patiently(method, cursor=cursor, limit=_PAGE, **arguments)
            for item in page.get(key) or ():
                yield item
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    async def patiently(self, method: str, **arguments: object) -> Said:
        """Look as often as it takes for Slack not to ask for a pause."""
        while True:
            try:
                return await self.look(method, **arguments)
            except SlackSaysNo as error:
                if error.after is None:
                    raise
                await asyncio.sleep(error.after.total_seconds())

    async def close(self) -> None:
        """Let go of every connection."""
        session, self._session, self._client = self._session, None, None
        if session is not None:
            await session.close()

    async def _opened(self) -> AsyncWebClient:
        if self._client is not None and self._session is not None and not self._session.closed:
            return self._client
        async with self._opening:
            token = await self._settings.bot.read()
            check_token("bot_token", token)
            self._client = AsyncWebClient(
                token=token,
                base_url=self._settings.api_url,
                session=await self.session(),
                retry_handlers=[],  # its default sends a post twice when a connection breaks
                logger=quiet(),
            )
            return self._client

    async def _ask(self, method: str, **request: Any) -> Said:
        client = await self._opened()
        try:
            response = await client.api_call(method, **request)
        except SlackApiError as error:
            refusal = _refusal(method, error)
            if refusal.error in LOCKED_OUT:
                self._client = None  # the next call reads the token anew: it may be replaced
            raise refusal from error
        except aiohttp.ClientConnectorError as error:
            raise SlackUnreached(method, error, asked=False) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SlackUnreached(method, error, asked=True) from error
        said: Said = dict(response.data) if isinstance(response.data, dict) else {}
        said["x-oauth-scopes"] = response.headers.get("x-oauth-scopes", "")
        return said


def quiet() -> logging.Logger:
    """A logger for the library: what it meets is raised or told by us, and nothing is told twice.

    One without a level of its own lets the library write every message it handles.
    """
    return logging.Logger("slack", logging.CRITICAL + 1)  # noqa: LOG001 - nobody else has it


def locked_out(error: SlackSaysNo, setting: str = "bot_token") -> WrongSettings:
    """What the operator reads when Slack doesn't take a token."""
    meaning = {
        "token_revoked": "was revoked",
        "account_inactive": "belongs to an app that is no longer installed",
        "token_expired": "has expired",
        "not_allowed_token_type": "is of the wrong kind",
    }.get(error.error, "isn't one that Slack knows")
    mend = "install the app again in its settings (Install App) and set the token it shows"
    if setting == "app_token":
        mend = (
            "make one with connections:write under Basic Information, App-Level Tokens, and set it"
        )
    return WrongSettings(f"{setting} {meaning} ({error.error})", mend)


def _refusal(method: str, error: SlackApiError) -> SlackSaysNo:
    """What Slack said, out of the several shapes in which the library gives it."""
    response = error.response
    headers: Mapping[str, str] = getattr(response, "headers", None) or {}
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    data = getattr(response, "data", None)
    said: Mapping[str, Any] = data if isinstance(data, dict) else {}
    word = said.get("error")
    messages = (said.get("response_metadata") or {}).get("messages") or ()
    return SlackSaysNo(
        method,
        word if isinstance(word, str) else "",
        status=status,
        after=_after(headers, status, word),
        needed=str(said.get("needed") or ""),
        details=tuple(str(each) for each in messages),
    )


def _after(headers: Mapping[str, str], status: int, word: object) -> timedelta | None:
    if status != 429 and word not in ("ratelimited", "rate_limited"):  # noqa: PLR2004 - HTTP's own
        return None
    try:
        named = timedelta(seconds=float(headers.get("Retry-After", "")))
    except (ValueError, OverflowError):
        return _PAUSE
    return min(max(named, timedelta(0)), _LONGEST)
