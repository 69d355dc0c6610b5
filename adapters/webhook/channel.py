"""The webhook door, which only sends: each letter is posted once to the program it is for."""

import asyncio
import hashlib
import hmac
import logging
import os
import secrets
import time
from datetime import UTC, datetime, timedelta

import aiohttp

from adapters.webhook.answer import GONE, failure
from adapters.webhook.codec import body_of, headers, ping
from adapters.webhook.settings import Webhook, WebhookSettings, key_of
from bot.channel import Cursor, DeliveryFailed, Door, Receive, WrongSettings
from bot.model.message import ExternalId, Inbound, Outbound

log = logging.getLogger(__name__)

_PATIENCE = aiohttp.ClientTimeout(total=10)  # seconds
_MENDING = timedelta(seconds=60)  # while an operator may be at it
_CERTIFICATES = (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError)


class WebhookChannel:
    """The programs that hear, as a `bot.channel.Channel` from which nothing comes in.

    `mark` tells this desk's deliveries from those of others: a row's number alone is no name.
    """

    def __init__(self, settings: WebhookSettings, mark: str) -> None:
        self._webhooks = {each.called: each for each in settings.webhooks}
        self._mark = mark
        self._session: aiohttp.ClientSession | None = None
        self._gone: set[str] = set()

    async def listen(self, receive: Receive) -> None:  # noqa: ARG002 - nobody writes from there
        """Wait: programs only hear."""
        await asyncio.Event().wait()

    async def send(self, message: Outbound) -> ExternalId:
        """Post it; it was taken if the answer is a success."""
        webhook = self._webhooks.get(message.to.room)
        if webhook is None:
            reason = f'no webhook is called "{message.to.room}" any more'
            raise DeliveryFailed(reason, permanent=True)
        if webhook.called in self._gone:
            reason = "it said 410 Gone: nothing is sent there until the desk starts again"
            raise DeliveryFailed(reason, permanent=True)
        name = f"{self._mark}-{message.row}"
        await self._post(webhook, name, body_of(message, name))
        return ExternalId(name)

    def read(self, raw: bytes, room: str) -> Inbound | None:  # noqa: ARG002 - nothing comes in
        """Nothing."""
        return None

    async def check(self) -> list[str | WrongSettings]:
        """Post a signed ping to each: a line for each that took it, the mend for each other."""
        return list(await asyncio.gather(*map(self._tried, self._webhooks.values())))

    async def close(self) -> None:
        """Let go of every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _post(self, webhook: Webhook, name: str, body: bytes) -> None:
        """One attempt. Raises `DeliveryFailed`."""
        try:
            key = key_of(await webhook.source.read())
        except WrongSettings as error:
            raise DeliveryFailed(str(error), after=_MENDING) from error
        signed = headers(name, time.time(), body, key)
        try:
            async with self._opened().post(
                webhook.url, data=body, headers=signed, allow_redirects=False
            ) as answer:
                status, later = answer.status, answer.headers.get("retry-after", "")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise DeliveryFailed(_told(error), ambiguous=True) from error
        if status == GONE and webhook.called not in self._gone:
            self._gone.add(webhook.called)
            log.warning("webhook: %s is gone", webhook.called)
        if refused := failure(status, later, datetime.now(UTC)):
            raise refused

    async def _tried(self, webhook: Webhook) -> str | WrongSettings:
        name = f"ping-{secrets.token_hex(8)}"
        try:
            webhook.source.refuse_exposed()
            await self._post(webhook, name, ping(name, time.time()))
        except WrongSettings as error:
            return WrongSettings(f"{webhook.called}: {error.problem}", error.mend)
        except OSError as error:  # the secret's file can't be looked at
            problem = f"{webhook.called}: secret_file ({error.strerror})"
            return WrongSettings(problem, "correct secret_file")
        except DeliveryFailed as error:
            mend = "see that the program behind its url runs, and takes what bears this signature"
            return WrongSettings(f"{webhook.called} didn't take a ping ({error.reason})", mend)
        clear = (
            ", though everybody on the way can read it" if webhook.address.scheme == "http" else ""
        )
        return f"{webhook.called} took a ping{clear}"

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=_PATIENCE, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


def _told(error: Exception) -> str:
    """What went wrong on the way, without the address, which may bear what nobody should read."""
    if isinstance(error, TimeoutError):
        return f"no answer within {_PATIENCE.total:.0f} s"
    if isinstance(error, _CERTIFICATES):
        return "its certificate isn't one to trust"
    if isinstance(error, aiohttp.ClientConnectorError):
        number = error.os_error.errno
        return f"no connection ({os.strerror(number) if number else type(error.os_error).__name__})"
    return f"no answer ({type(error).__name__})"


def open_webhooks(
    settings: WebhookSettings, _name: str, secret: bytes, _cursor: Cursor
) -> WebhookChannel:
    """The channel that these settings describe; its mark is worked out of the desk's secret."""
    mark = hmac.digest(secret, b"webhooks", hashlib.sha256).hex()[:12]
    return WebhookChannel(settings, mark)


DOOR = Door(WebhookSettings, open_webhooks, alone=False)
