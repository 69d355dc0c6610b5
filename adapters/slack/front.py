"""Lets Bolt check and unpack what Slack sends, and acknowledges it only once it is taken in."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.trouble import is_ours, told
from adapters.slack.web_api import quiet

log = logging.getLogger(__name__)

Take = Callable[[Mapping[str, Any]], Awaitable[dict[str, Any] | None]]
"""Takes in the body of one request; what it returns is the acknowledgement's payload."""

_TAKEN, _NOT_TAKEN = 200, 500


def front(take: Take, *, token: str, signing_secret: str = "") -> AsyncApp:
    """A Bolt app that gives `take` every request, and answers what it returns.

    Left to its listeners, Bolt acknowledges an event before its listener ran, and one for which
    there is none not at all, so Slack sends it again and counts a failure; a token that Slack
    refuses makes it acknowledge what nobody saw. So no listener is asked: `take` comes first in
    the row, behind the check of the signature.
    """
    return AsyncApp(
        name="deskmate",
        token=token,  # named, so that none is taken from the environment
        signing_secret=signing_secret,
        before_authorize=_Porter(take),
        logger=quiet(),
    )


class _Porter(AsyncMiddleware):
    """Answers every request itself, but for those by which Slack tries out an address."""

    def __init__(self, take: Take) -> None:
        self._take = take

    async def _answer(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt names its arguments
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - as above
    ) -> BoltResponse:
        """Take the request in; without an acknowledgement Slack sends it again."""
        if req.body.get("type") == "url_verification":
            return await next()
        try:
            said = await self._take(req.body)
        except Exception as error:  # noqa: BLE001 - whatever it is, it isn't acknowledged
            _log(error, again=req.body.get("type") == "event_callback")
            return BoltResponse(status=_NOT_TAKEN, body="")
        return BoltResponse(status=_TAKEN, body=said or "")

    async_process = _answer  # what Bolt calls it


def _log(error: Exception, *, again: bool) -> None:
    trace = is_ours(error)
    if again:
        log.warning(
            "slack: an event isn't taken in, and will come again: %s", told(error), exc_info=trace
        )
    else:
        log.warning(
            "slack: what somebody pressed or gave isn't answered: %s", told(error), exc_info=trace
        )
