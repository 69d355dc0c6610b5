"""Calls of Discord's REST interface: one pool of connections, and what went wrong with a call."""

import asyncio
import io
import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import aiohttp
import discord
from discord.http import Route

from adapters.discord.rest import Rest
from adapters.discord.settings import DiscordSettings, check_token
from bot.channel import WrongSettings
from bot.model.message import Upload

Json = Mapping[str, Any]
"""An object as Discord writes it."""

UNAUTHORIZED = 401  # HTTP's own numbers
_TOO_MANY = 429
_BROKEN = 500
_PAUSE = timedelta(seconds=60)  # where Discord asks to wait and doesn't say how long
_LONGEST = timedelta(hours=1)
_UPLOADING = aiohttp.ClientTimeout(total=300, sock_connect=10, sock_read=60)  # seconds
_LONGEST_TOLD = 1024  # characters of what is read out in place of a picture
_UNFIT = re.compile(r'[\x00-\x1f\x7f"\\/\ud800-\udfff]+')  # in the name of a file


class DiscordSaysNo(Exception):  # noqa: N818 - it reads as what happened
    """Discord answered a call, and did not do it.

    `code` is Discord's number for why, 0 where there is none; `status` is HTTP's; `after` is how
    long it asks to wait.
    """

    def __init__(
        self,
        call: str,
        *,
        code: int = 0,
        status: int = 400,
        after: timedelta | None = None,
        details: str = "",
    ) -> None:
        why = f"{code} ({details})" if details else str(code)
        super().__init__(f"Discord's {call} says {why if code else f'HTTP {status}'}")
        self.code = code
        self.status = status
        self.after = after

    @property
    def is_broken(self) -> bool:
        """Whether it is a failure of Discord's own, which may have done it all the same."""
        return self.status >= _BROKEN


class DiscordUnreached(ConnectionError):  # noqa: N818 - it reads as what happened
    """A call got no answer; `ambiguous` tells whether it may have arrived there all the same."""

    def __init__(self, call: str, error: BaseException, *, ambiguous: bool) -> None:
        what = str(error) or type(error).__name__
        super().__init__(f"Discord's {call} gave no answer ({what})")
        self.ambiguous = ambiguous


class WebApi:
    """The REST interface, with the bot's token; the first call logs in.

    It needs no connection to the gateway: whoever doesn't listen may send.
    """

    def __init__(self, settings: DiscordSettings) -> None:
        self._settings = settings
        self._rest: Rest | None = None
        self._me = ""
        self._doubted = False
        self._opening = asyncio.Lock()

    async def me(self) -> str:
        """The id of the bot's own account."""
        await self._opened()
        return self._me

    async def call(
        self,
        method: str,
        path: str,
        body: Json | Sequence[Json] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        files: Sequence[Upload] = (),
        **ids: str,
    ) -> Any:
        """Call "POST", "/channels/{channel_id}/messages" with the ids that the path names.

        An interaction's answers are "/interactions/{webhook_id}/{webhook_token}/callback" and such:
        by these names, and `channel_id` and `guild_id`, the library tells rate limits apart.
        Raises DiscordSaysNo, DiscordUnreached, or WrongSettings when there is no token that
        Discord takes.
        """
        rest = await self._opened()
        more: dict[str, Any] = {"params": query} if query else {}
        if files:
            more |= {
                **_form(body if isinstance(body, Mapping) else {}, files),
                "timeout": _UPLOADING,
            }
        elif body is not None:
            more["json"] = body
        told = f"{method} {path}"
        try:
            return await rest.request(Route(method, path, **ids), **more)
        except _TROUBLE as error:
            refusal = trouble(told, error)
            if isinstance(refusal, DiscordSaysNo) and refusal.status == UNAUTHORIZED:
                self._doubted = True  # the next call reads the token anew: it may be replaced
            raise refusal from error

    async def close(self) -> None:
        """Let go of every connection."""
        rest, self._rest = self._rest, None
        if rest is not None:
            await rest.close()

    async def _opened(self) -> Rest:
        async with self._opening:
            if self._rest is not None and not self._doubted:
                return self._rest
            token = await self._settings.bot.read()
            check_token(token)
            if self._rest is None:
                self._rest = await self._logged_in(token)
            self._rest.token = token
            self._doubted = False
            return self._rest

    async def _logged_in(self, token: str) -> Rest:
        rest = Rest(self._settings, loop=asyncio.get_running_loop())
        try:
            said = await rest.static_login(token)
        except discord.LoginFailure as error:
            await rest.close()
            raise refused_token() from error
        except _TROUBLE as error:
            await rest.close()
            raise trouble("GET /users/@me", error) from error
        except BaseException:  # cancelled, mostly
            await rest.close()
            raise
        self._me = str(said["id"])
        return rest


_TROUBLE = (discord.DiscordException, aiohttp.ClientError, OSError)


def trouble(call: str, error: Exception) -> DiscordSaysNo | DiscordUnreached:
    """What an error of the library means."""
    if isinstance(error, discord.RateLimited):
        return DiscordSaysNo(call, status=_TOO_MANY, after=_bounded(error.retry_after))
    if isinstance(error, discord.HTTPException):
        return DiscordSaysNo(
            call,
            code=error.code,
            status=error.status,
            after=_after(error) if error.status == _TOO_MANY else None,
            details=" ".join(error.text.split()) if error.code else "",
        )
    sent = not isinstance(error, aiohttp.ClientConnectorError)
    return DiscordUnreached(call, error, ambiguous=sent)


def refused_token() -> WrongSettings:
    """What the operator reads when Discord doesn't take the token."""
    return WrongSettings(
        "token isn't one that Discord takes",
        "open Discord's Developer Portal, in the application, under Bot, press Reset Token and set "
        "the one it shows",
    )


def _form(body: Json, uploads: Sequence[Upload]) -> dict[str, Any]:
    """A multipart body, as the library takes it: where it sends again, it rewinds the files."""
    files = [discord.File(io.BytesIO(each.content), _fit(each.name)) for each in uploads]
    listed = [
        {"id": at, "filename": _fit(each.name)}
        | ({"description": each.told[:_LONGEST_TOLD]} if each.told else {})
        for at, each in enumerate(uploads)
    ]
    payload = json.dumps({**body, "attachments": listed})
    parts = [
        {
            "name": f"files[{at}]",
            "value": file.fp,
            "filename": _fit(upload.name),
            "content_type": "application/octet-stream",  # Discord goes by the name
        }
        for at, (file, upload) in enumerate(zip(files, uploads, strict=True))
    ]
    return {"form": [{"name": "payload_json", "value": payload}, *parts], "files": files}


def _fit(name: str) -> str:
    """The name of a file as a header takes it."""
    return _UNFIT.sub("_", name) or "file"


def _after(error: discord.HTTPException) -> timedelta:
    """How long a refusal that came from before Discord's own rate limits asks to wait."""
    try:
        return _bounded(float(error.response.headers.get("Retry-After", "")))
    except ValueError:
        return _PAUSE


def _bounded(seconds: float) -> timedelta:
    return min(timedelta(seconds=max(0.0, min(seconds, 86_400.0))), _LONGEST)
