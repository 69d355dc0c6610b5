"""Sends letters over SMTP: a few kept connections, one transaction for each letter."""

import asyncio
import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPResponseException,
)

from adapters.email.connect import Trust, unreached, where
from adapters.email.letter_fields import sendable
from adapters.email.oauth import Tokens, password
from adapters.email.settings import Mailbox
from bot.channel import DeliveryFailed, WrongSettings

_KEPT = 30.0  # seconds that an idle connection is kept
_FRESH = 2.0  # seconds after which an idle connection is asked whether it still lives
_NOD = 5.0  # seconds it has to answer that
_FINAL = 600.0  # seconds for the last answer: RFC 5321, 4.5.3.2.6, lest mail comes twice
_SLOWEST = 50_000  # bytes a second of the slowest line that is waited for

# 5xx that speak of the sign-in or of the day's quota and not of this letter.
_SIGN_IN = frozenset({530, 534, 535, 538})
_SENDER = re.compile(  # we may not write in this name: the operator's to mend
    r"not owned by user|sender address rejected|SendAsDenied|permissions? to send", re.IGNORECASE
)
_QUOTA = re.compile(
    r"\b5\.4\.5\b|SubmissionQuota|(daily|hourly|sending) .{0,30}(limit|quota)|quota exceeded for",
    re.IGNORECASE,
)
_PACE = re.compile(
    r"too (many|quickly|fast)|rate|throttl|4\.3\.2\b.{0,40}limit|limit exceeded", re.IGNORECASE
)
_WAIT = re.compile(r"\b(\d{1,4}) ?(s|sec|second|seconds|min|minutes?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Kept:
    smtp: SMTP
    since: float  # the loop's time


class Relay:
    """The sending server of one mailbox.

    `connections` at most at the same time, kept for a while when idle. `patience` are seconds to
    wait for an answer, `final` for the last one of a letter.
    """

    def __init__(
        self,
        mailbox: Mailbox,
        trust: Trust,
        tokens: Tokens | None,
        *,
        connections: int = 4,
        patience: float = 30,
        final: float = _FINAL,
    ) -> None:
        self._box = mailbox
        self._sender = sendable(mailbox.address) or mailbox.address
        self._trust = trust
        self._tokens = tokens
        self._patience = patience
        self._final = final
        self._gate = asyncio.Semaphore(connections)
        self._kept: list[_Kept] = []
        self._sweep: asyncio.TimerHandle | None = None

    async def deliver(self, raw: bytes, recipient: str) -> None:
        """Give the server one letter for one recipient; DeliveryFailed if it doesn't take it."""
        address = sendable(recipient)
        if address is None:
            raise DeliveryFailed(f"{recipient!r} is no address", permanent=True)
        async with self._gate:
            smtp = await self._recent()
            if smtp is None or not await self._greeted(smtp, raw, address, again=True):
                smtp = await self._fresh()
                await self._greeted(smtp, raw, address, again=False)
            await self._hand_over(smtp, raw, address)
            self._keep(smtp)

    async def check(self) -> None:
        """Connect, sign in and leave; WrongSettings when that can't be done."""
        try:
            smtp = await self._open()
        except SMTPResponseException as error:
            problem = f"{self._place} refuses us ({error.code} {error.message})"
            raise WrongSettings(problem, "correct user, the password and smtp_port") from error
        except OSError as error:
            raise unreached(self._box, "smtp", error) from error
        except SMTPException as error:
            mend = "correct smtp_security and smtp_port"
            raise WrongSettings(f"{self._place}: {error.message}", mend) from error
        await _leave(smtp)

    async def close(self) -> None:
        """Let go of the kept connections."""
        if self._sweep is not None:
            self._sweep.cancel()
            self._sweep = None
        kept, self._kept = self._kept, []
        await asyncio.gather(*(_leave(each.smtp) for each in kept))

    @property
    def _place(self) -> str:
        return f"{self._box.name}: {where(self._box, 'smtp')}"

    async def _recent(self) -> SMTP | None:
        """A kept connection that still lives; what the library thinks of that doesn't count."""
        while self._kept:
            kept = self._kept.pop()
            if not kept.smtp.is_connected:
                continue
            if asyncio.get_running_loop().time() - kept.since < _FRESH:
                return kept.smtp
            try:
                await kept.smtp.noop(timeout=_NOD)
            except (SMTPException, OSError):
                kept.smtp.close()
            else:
                return kept.smtp
        return None

    async def _fresh(self) -> SMTP:
        try:
            return await self._open()
        except WrongSettings as error:
            raise DeliveryFailed(str(error), after=timedelta(minutes=5)) from error
        except SMTPAuthenticationError as error:
            # Whoever mends the sign-in wants the mail to go then: never the letter's fault.
            reason = f"{self._place} refuses the sign-in ({error.code} {error.message})"
            raise DeliveryFailed(reason, after=timedelta(minutes=5)) from error
        except SMTPResponseException as error:
            wait = _wait(error.code, error.message)
            reason = f"{self._place} refuses us ({error.code} {error.message})"
            raise DeliveryFailed(reason, after=wait) from error
        except OSError as error:
            raise DeliveryFailed(str(unreached(self._box, "smtp", error))) from error
        except SMTPException as error:
            raise DeliveryFailed(f"{self._place}: {error.message}") from error

    async def _open(self) -> SMTP:
        box, context = self._box, None
        if box.smtp_security != "none":
            context = await self._trust.context()
        smtp = self._client(context)
        try:
            await smtp.connect()
            await smtp.ehlo()  # now, so that nothing asks for it in the middle
            await self._sign_in(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _client(self, context: ssl.SSLContext | None) -> SMTP:
        box = self._box
        return SMTP(
            hostname=box.smtp_host,
            port=box.smtp_port,
            use_tls=box.smtp_security == "tls",
            start_tls=box.smtp_security == "starttls",  # never "if it's offered"
            tls_context=context,
            local_hostname="[127.0.0.1]",  # as mail programs do: the machine's name is its own
            timeout=self._patience,
        )

    async def _sign_in(self, smtp: SMTP) -> None:
        login = self._box.smtp_sign_in
        if not login.user:
            return
        if self._tokens is None:
            await smtp.login(login.user, await password(login))
            return
        token = await self._tokens.current()
        try:
            await smtp.auth_xoauth2(login.user, token)
        except SMTPAuthenticationError:  # too old, perhaps: one more with another
            await self._tokens.refused(token)
            await smtp.auth_xoauth2(login.user, await self._tokens.current())

    async def _greeted(self, smtp: SMTP, raw: bytes, recipient: str, *, again: bool) -> bool:
        """Name sender and recipient; False if the kept connection turns out to be dead.

        `again`: another connection may be tried, for nothing of the letter has been said yet.
        """
        try:
            options, encoding = self._options(smtp, raw, recipient)
            await smtp.mail(self._sender, options=options, encoding=encoding)
            await smtp.rcpt(recipient, encoding=encoding)
        except SMTPResponseException as error:
            await self._settle(smtp, error.code)
            if again and error.code == 421:  # noqa: PLR2004 - "closing the connection"
                return False
            raise self._refusal(error) from error
        except (SMTPException, OSError) as error:
            smtp.close()
            if again:
                return False
            raise DeliveryFailed(f"{self._place}: {error}") from error
        except BaseException:
            smtp.close()
            raise
        return True

    def _options(self, smtp: SMTP, raw: bytes, recipient: str) -> tuple[Sequence[str], str]:
        options = [f"SIZE={len(raw)}"] if smtp.supports_extension("size") else []
        if self._sender.isascii() and recipient.isascii():
            return options, "ascii"
        if not smtp.supports_extension("smtputf8"):
            problem = f"{self._place} can't write to {recipient}: it has no SMTPUTF8"
            raise DeliveryFailed(problem, permanent=True)
        return [*options, "SMTPUTF8"], "utf-8"

    async def _hand_over(self, smtp: SMTP, raw: bytes, recipient: str) -> None:
        try:
            await smtp.data(raw, timeout=self._final + len(raw) / _SLOWEST)
        except SMTPResponseException as error:
            await self._settle(smtp, error.code)
            raise self._refusal(error) from error
        except (SMTPException, OSError) as error:
            smtp.close()
            reason = f"{self._place} may have taken the letter to {recipient}: {error}"
            raise DeliveryFailed(reason, ambiguous=True) from error
        except BaseException:
            smtp.close()
            raise

    async def _settle(self, smtp: SMTP, code: int) -> None:
        """After a refusal make the connection fit for the next letter, or let go of it."""
        if code != 421 and smtp.is_connected:  # noqa: PLR2004 - "closing the connection"
            try:
                await smtp.rset(timeout=_NOD)
            except (SMTPException, OSError):
                smtp.close()
            else:
                self._keep(smtp)
                return
        smtp.close()

    def _refusal(self, error: SMTPResponseException) -> DeliveryFailed:
        code, said = error.code, str(error.message)
        wait = _wait(code, said)
        ours = code in _SIGN_IN or _SENDER.search(said) is not None
        passing = code < 500 or ours or wait is not None  # noqa: PLR2004 - SMTP's classes
        return DeliveryFailed(f"{self._place}: {code} {said}", permanent=not passing, after=wait)

    def _keep(self, smtp: SMTP) -> None:
        loop = asyncio.get_running_loop()
        self._kept.append(_Kept(smtp, loop.time()))
        if self._sweep is None:
            self._sweep = loop.call_later(_KEPT, self._sweep_out)

    def _sweep_out(self) -> None:
        loop = asyncio.get_running_loop()
        old = [kept for kept in self._kept if loop.time() - kept.since >= _KEPT]
        self._kept = [kept for kept in self._kept if kept not in old]
        for kept in old:
            kept.smtp.close()
        self._sweep = loop.call_later(_KEPT, self._sweep_out) if self._kept else None


async def _leave(smtp: SMTP) -> None:
    try:
        await smtp.quit(timeout=1)
    except (SMTPException, OSError):
        pass  # it is gone already
    finally:
        smtp.close()


def _wait(code: int, said: str) -> timedelta | None:
    """How long the server wants us to wait; None when it names no pace."""
    if _QUOTA.search(said):
        return timedelta(hours=1)
    if code >= 500:  # noqa: PLR2004 - SMTP's classes
        return None
    if named := _WAIT.search(said):
        unit = "minutes" if named[2].lower().startswith("min") else "seconds"
        return min(timedelta(**{unit: int(named[1])}), timedelta(hours=1))
    return timedelta(minutes=1) if _PACE.search(said) else None
