"""The least program for a workspace: a Bolt app that answers each report by one post, no more.

It keeps nothing. Its figures are the floor under the desk's.
"""

import asyncio
import sys

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

WORDS = "We have your message. Its number is IT-1."


async def main(bot_token: str, app_token: str, api_url: str) -> None:
    """Echo over Socket Mode until ended; all calls share one session, as the desk's do."""
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=bot_token, base_url=api_url, session=session)
        app = AsyncApp(client=client)

        @app.event("message")
        async def _(event: dict[str, str], client: AsyncWebClient) -> None:
            place, thread = event["channel"], event["ts"]
            await client.chat_postMessage(channel=place, thread_ts=thread, text=WORDS)

        handler = AsyncSocketModeHandler(app, app_token)
        await handler.start_async()  # type: ignore[no-untyped-call]  # the library's


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
