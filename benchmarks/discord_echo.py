"""The least program for Discord: a client that answers each report by one message, no more.

It keeps nothing, and begins no thread. Its figures are the floor under the desk's.
"""

import asyncio
import sys

import discord
import yarl

from benchmarks.echo import WORDS


class Echo(discord.Client):
    """discord.py's own client."""

    async def on_message(self, message: discord.Message) -> None:
        """Answer whatever people say, naming what is answered."""
        if message.author != self.user:
            await message.channel.send(WORDS, reference=message)


async def main(token: str, api_url: str, gateway_url: str) -> None:
    """Echo until ended, at the Discord that stands there."""
    discord.http.Route.BASE = api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
    intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    async with Echo(intents=intents) as client:
        await client.start(token)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
