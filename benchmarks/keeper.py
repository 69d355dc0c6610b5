"""The least program for a workspace that keeps what it is told: an echo with a book.

Each report is on disk before it is answered, each answer noted with the next report. It knows no
people, languages or texts, and tells Slack too early that it took something in. Between its
figures and the echo's lies what being durable costs alone.
"""

import asyncio
import sqlite3
import sys

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

_TABLES = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS tickets
        (id INTEGER PRIMARY KEY, seen TEXT UNIQUE, sender TEXT, said TEXT, answer TEXT);
"""
_KEEP = "INSERT INTO tickets (seen, sender, said) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_NOTE = "UPDATE tickets SET answer = ? WHERE id = ?"


async def main(bot_token: str, app_token: str, api_url: str, database: str) -> None:
    """Answer over Socket Mode until ended."""
    book = sqlite3.connect(database, isolation_level=None)
    book.executescript(_TABLES)
    posted: list[tuple[str, int]] = []
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=bot_token, base_url=api_url, session=session)
        app = AsyncApp(client=client)

        @app.event("message")
        async def _(event: dict[str, str], client: AsyncWebClient) -> None:
            place, thread = event["channel"], event["ts"]
            book.execute("BEGIN IMMEDIATE")
            number = book.execute(_KEEP, (thread, event["user"], event["text"])).lastrowid or 0
            book.executemany(_NOTE, posted)
            posted.clear()
            book.execute("COMMIT")
            words = f"We have your message. Its number is IT-{number}."
            said = await client.chat_postMessage(channel=place, thread_ts=thread, text=words)
            posted.append((str(said["ts"]), number))

        handler = AsyncSocketModeHandler(app, app_token)
        await handler.start_async()  # type: ignore[no-untyped-call]  # the library's


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
