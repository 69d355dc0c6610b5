"""`deskmate slack`: what Slack must be told of the desk."""

import json
from pathlib import Path

import click
from click.core import ParameterSource

from adapters.slack.manifest import WORDS
from adapters.slack.manifest import manifest as written
from adapters.slack.settings import SlackSettings
from bot.cli.operator import ConfigFault, config_option, faults_told, read_config
from bot.listing import listing
from bot.model.settings import Desk
from bot.shelves import load_shelves
from bot.text import load_texts


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
@click.pass_context
def manifest(context: click.Context, path: Path, url: str, *, agent: bool) -> None:
    """Print the manifest from which Slack makes the desk's app.

    Paste it at api.slack.com/apps under Create New App, From a manifest. It asks for nothing that
    the desk doesn't use. Without a config it says what holds by default.
    """
    if context.get_parameter_source("path") is ParameterSource.DEFAULT and not path.exists():
        click.echo(_DEFAULTS_TAKEN.format(path), err=True)
        settings, words = _untold(url), listing(load_texts(), Desk().name, WORDS)
    else:
        settings, words = _told(path, url)
    if settings.mode == "http" and not url:
        raise ConfigFault('mode = "http" needs --url, the address at which Slack reaches the desk')
    if settings.mode != "http" and url:
        mend = 'leave it out, or set mode = "http" in [slack]'
        raise ConfigFault(f'mode = "{settings.mode}" needs no --url: {mend}')
    click.echo(
        json.dumps(written(settings, words, url=url, agent=agent), ensure_ascii=False, indent=2)
    )


def _told(path: Path, url: str) -> tuple[SlackSettings, dict[str, str]]:
    """What a config says of Slack, and how the app is called by it."""
    with faults_told():
        config = read_config(path)
        texts = load_shelves().texts(config.desk.language, formal=config.formal, own=config.texts)
    settings = config.channels.get("slack", _untold(url))
    assert isinstance(settings, SlackSettings), "the config fills what the door asks for"
    return settings, listing(texts, config.desk.name, WORDS)


def _untold(url: str) -> SlackSettings:
    """What holds where nothing is said of Slack yet: there are no tokens without an app."""
    none = ("false",)
    if url:
        return SlackSettings(mode="http", bot_token_command=none, signing_secret_command=none)
    return SlackSettings(bot_token_command=none, app_token_command=none)


_DEFAULTS_TAKEN = (
    "{} isn't there: what it may say of the desk's name, language and command is taken as by "
    "default"
)
