"""The connection to Discord's gateway: one session, told from its beginning to its end."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NoReturn

import aiohttp
import discord
from discord.state import ConnectionState

from adapters.discord.rest import Rest
from adapters.discord.settings import DiscordSettings, check_token
from adapters.discord.trouble import is_ours, told
from adapters.discord.web_api import DiscordSaysNo, refused_token, trouble
from bot.channel import WrongSettings

log = logging.getLogger(__name__)

Hear = Callable[..., Awaitable[None]]
"""Hears one kind of event, with what the library gives: a message, a raw reaction, nothing."""

_REFUSED = 4004  # the gateway's code for a token that it doesn't know
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds before another login
_GUILDS = 2.0  # seconds that the library waits for one more server at the beginning
_LOGIN = "GET /users/@me"


class Client(discord.Client):
    """discord.py's client with what the desk needs of it: no members, no messages are kept.

    `hears` by the library's name of an event: "message", "raw_message_edit", "interaction"…, also
    "connect" (a new session: what was said before it may be missed, what comes after is heard),
    "ready" (its servers and rooms are known), "resumed" and "disconnect". They are begun in the
    order in which Discord told of them.
    """

    def __init__(
        self, settings: DiscordSettings, hears: Mapping[str, Hear], *, wait: float = _GUILDS
    ) -> None:
        self._settings = settings
        self._hears = hears
        # It would warn the operator that it can't speak: the desk writes.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=_intents(content=settings.message_content),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=wait,
        )

    async def hold(self) -> NoReturn:
        """Stay connected until cancelled; WrongSettings when trying again can't help.

        While Discord can't be reached it is waited for, and a broken connection is made anew.
        """
        try:
            await self._log_in()
            await self.connect()
        except discord.PrivilegedIntentsRequired as error:
            raise _ungranted() from error
        except discord.ConnectionClosed as error:
            if error.code == _REFUSED:
                raise refused_token() from error
            raise ConnectionError(f"Discord's gateway closed with {error.code}") from error
        finally:
            await self.close()
        raise ConnectionError("Discord's gateway closed")

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Tell who hears of it, and the library's own."""
        if self.is_closed():
            return  # the library may still find out that its servers are known
        super().dispatch(event, *args, **kwargs)
        if hear := self._hears.get(event):
            self._schedule_event(hear, f"on_{event}", *args)  # type: ignore[arg-type]  # any awaitable

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """Tell the operator of an event that wasn't taken in: Discord doesn't bring it again."""
        event = event_method.removeprefix("on_")
        error = sys.exception()
        log.warning(
            "discord: what Discord brought isn't taken in: %s: %s",
            event,
            told(error),
            exc_info=error if is_ours(error) else None,
        )

    def _get_state(self, **options: Any) -> ConnectionState[Any]:
        # The library makes its connections just before, and gives them to all of its parts here.
        self.http = Rest(self._settings, loop=self.loop)
        return super()._get_state(**options)

    async def _log_in(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            token = await self._settings.bot.read()
            check_token(token)
            try:
                return await self.login(token)
            except discord.LoginFailure as error:
                raise refused_token() from error
            except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
                await self.http.close()
                self.http.clear()
                refusal = trouble(_LOGIN, error)
            after = refusal.after if isinstance(refusal, DiscordSaysNo) else None
            wait = max(pause, after.total_seconds() if after else 0.0)
            log.warning("discord: no connection (%s); trying again in %.0f s", refusal, wait)
            await asyncio.sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE)


def _intents(*, content: bool) -> discord.Intents:
    return discord.Intents(
        guilds=True,
        guild_messages=True,
        dm_messages=True,
        guild_reactions=True,
        dm_reactions=True,
        message_content=content,
    )


def _ungranted() -> WrongSettings:
    return WrongSettings(
        "Discord doesn't let the bot read what people write",
        "open the Developer Portal, in the application, under Bot, switch on Message Content "
        "Intent, or set message_content = false",
    )
