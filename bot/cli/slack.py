"""`deskmate slack`: what Slack must be told of the desk."""

import json
from pathlib import Path

import click

from adapters.slack.manifest import WORDS
from adapters.slack.manifest import manifest as written
from adapters.slack.settings import SlackSettings
from bot.cli.operator import ConfigFault, config_option, faults_told, read_config
from bot.listing import listing
from bot.text import load_texts

#: What holds where the config says nothing of Slack yet: there are no tokens without an app.
UNTOLD = SlackSettings(bot_token_command=("false",), app_token_command=("false",))


@click.group()
def command() -> None:
    """Show what Slack must be told of the desk."""


@command.command()
@config_option
@click.option(
    "--url",
    default="",
    metavar="URL",
    help='Where Slack reaches the desk, path included; only mode = "http" needs it.',
)
@click.option(
    "--agent/--no-agent",
    default=True,
    help="Whether the app stands among Slack's agents, which some plans don't have.",
)
def manifest(path: Path, url: str, *, agent: bool) -> None:
    """Print the manifest from which Slack makes the desk's app.

    Paste it at api.slack.com/apps under Create New App, From a manifest. It asks for nothing that
    the desk doesn't use.
    """
    with faults_told():
        config = read_config(path)
    settings = config.channels.get("slack", UNTOLD)
    assert isinstance(settings, SlackSettings), "the config fills what the door asks for"
    if settings.mode == "http" and not url:
        raise ConfigFault('mode = "http" needs --url, the address at which Slack reaches the desk')
    texts = load_texts(config.desk.language, formal=config.formal, own=config.texts)
    words = listing(texts, config.desk.name, WORDS)
    click.echo(
        json.dumps(written(settings, words, url=url, agent=agent), ensure_ascii=False, indent=2)
    )
