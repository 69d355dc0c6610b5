"""The operator's commands: to add one, write its file in this folder and name it here.

Each file holds a click command called `command` and is loaded when it is called, and only then:
so `deskmate --help` answers at once, and a command loads no library that it doesn't need.

Exit status: 0 done, 1 a check failed or there is no such thing, 2 the config or the command line
is wrong, 3 a server, a password or the database is.
"""

from importlib import import_module

import click

from bot import __version__

COMMANDS = {
    "init": "Write a config.toml for a mailbox, and try it.",
    "check": "Try the config, the database and every server, and say what to mend.",
    "run": "Answer on every channel until stopped.",
    "demo": "Play a morning at a desk on local servers, without any account.",
    "tickets": "List tickets.",
    "show": "Show a ticket with its history.",
    "why": "Show how the time of a ticket was counted, and when it is due.",
    "people": "List the people the desk knows.",
    "person": "Give somebody what the desk keeps of them, or forget them.",
    "figures": "Tell what came in these days, and what became of it.",
    "report": "Look at a report as its readers get it, or write it to a file.",
    "kb": "List the articles, and show why one is offered for a question, or none.",
    "notice": "Announce planned works, and say what becomes of them.",
    "route": "Show which rule decides on a report, and where it goes.",
    "audit": "Prove that every message that came in ended somewhere.",
    "quarantine": "See and replay messages that a mistake of ours kept from being answered.",
    "texts": "Look at the desk's texts.",
    "backup": "Copy everything the desk keeps, while it runs.",
    "restore": "Bring a backup back.",
    "migrate": "Bring the database to what this program knows.",
    "jobs": "List the jobs: how often each is called, when it was last, and what is due.",
    "webhooks": "List the webhooks and what they were told last.",
    "slack": "Show what Slack must be told of the desk.",
    "discord": "Show how the desk's bot comes onto a Discord server.",
    "secret": "See to the secret that signs what the desk sends.",
}
"""Every command with the line that `deskmate --help` shows; the file is called like the command."""


class Shelf(click.Group):
    """A click group that takes its commands from `COMMANDS` and their files."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Load the command of this name; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"bot.cli.{cmd_name}").command
        assert isinstance(found, click.Command), f"bot.cli.{cmd_name} holds no command"
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it; a name that isn't there is met with those that are near."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:  # click guesses among those that are loaded
            raise click.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the table, without loading any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Shelf,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: deskmate init. To look around without any account: deskmate demo.",
)
@click.version_option(__version__, prog_name="deskmate")
def deskmate() -> None:
    """A service desk that answers on every channel its people already use."""
