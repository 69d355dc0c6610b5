"""HTTP mode: the address that Slack calls, behind the check of its signature."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp

from adapters.slack.settings import SlackSettings
from bot.channel import WrongSettings

log = logging.getLogger(__name__)

_MOST_BYTES = 4 * 1024 * 1024  # of a request: Slack's greatest views are a sixteenth of that
_CLOSING = 5.0  # seconds for requests under way when the desk stops


@asynccontextmanager
async def served(settings: SlackSettings, app: AsyncApp) -> AsyncIterator[None]:
    """Answer Slack's requests at `listen` and `path` for as long as this is open.

    Raises WrongSettings when nobody can listen there.
    """

    async def answer(request: web.Request) -> web.Response:
        # Signed is the body as it came; whatever isn't Slack's ends there.
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    site = web.Application(client_max_size=_MOST_BYTES)
    site.router.add_post(settings.path, answer)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=_CLOSING)
    await runner.setup()
    try:
        host, port = settings.address
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            mend = "end the program that listens there, or name another place in listen"
            raise WrongSettings(f"listen = {settings.listen}: {error.strerror}", mend) from error
        yield
    finally:
        await runner.cleanup()


async def serve(settings: SlackSettings, app: AsyncApp) -> None:
    """Answer Slack's requests until cancelled."""
    async with served(settings, app):
        log.info("slack: answers at %s%s", settings.listen, settings.path)
        await asyncio.Event().wait()
