"""Tries something again until Slack does it, and tells the operator what keeps it from that."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp

from adapters.slack.web_api import SlackSaysNo

T = TypeVar("T")

log = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds before it is tried anew


async def insist(attempt: Callable[[], Awaitable[T]]) -> T:
    """What the attempt gives once it succeeds, however long it takes.

    `WrongSettings` ends it: then trying again is of no use.
    """
    pause = _FIRST_PAUSE
    while True:
        try:
            return await attempt()
        except (OSError, SlackSaysNo, aiohttp.ClientError) as error:
            asked = error.after if isinstance(error, SlackSaysNo) else None
            wait = max(pause, asked.total_seconds() if asked else 0.0)
            why = str(error) or type(error).__name__
            log.warning("slack: no connection (%s); trying again in %.0f s", why, wait)
        await asyncio.sleep(wait)
        pause = min(pause * 2, _LONGEST_PAUSE)
