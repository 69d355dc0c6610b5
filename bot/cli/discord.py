"""`deskmate discord`: how the desk's bot comes onto a server."""

import asyncio
from pathlib import Path

import click

from adapters.discord.rights import NEEDED, WISHED, invitation
from adapters.discord.settings import DiscordSettings
from adapters.discord.web_api import DiscordSaysNo, DiscordUnreached, WebApi
from bot.cli.operator import ConfigFault, SettingsFault, config_option, faults_told, read_config


@click.group()
def command() -> None:
    """Show how the desk's bot comes onto a Discord server."""


@command.command()
@config_option
def invite(path: Path) -> None:
    """Print the address at which the bot is added to a server, and what it asks for.

    It asks for no permission that the desk doesn't use. Without the last two it works, too: agents'
    answers come in the desk's name then, and nobody has a private thread.
    """
    with faults_told():
        config = read_config(path)
        settings = config.channels.get("discord")
        if not isinstance(settings, DiscordSettings):
            raise ConfigFault(f"{path} has no [discord]: docs/discord.md tells what stands there")
        own = asyncio.run(_own(settings))
    click.echo(invitation(settings.api_url, own))
    click.echo(f"It asks for: {', '.join((*NEEDED.values(), *WISHED.values()))}", err=True)


async def _own(settings: DiscordSettings) -> str:
    """The bot's own id, which is its application's too."""
    api = WebApi(settings)
    try:
        return await api.me()
    except (DiscordSaysNo, DiscordUnreached) as error:
        mend = "see that this machine reaches Discord"
        raise SettingsFault(f"{error}: {mend}") from error
    finally:
        await api.close()
