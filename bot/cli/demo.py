"""`deskmate demo`: a morning at a desk on local servers, without any account."""

import click

from bot.cli.operator import lacking

try:
    from sandbox.demo import main
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] in ("adapters", "bot", "sandbox", "storage"):
        raise  # our own mistake
    raise lacking("the demo", error.name or "a library", extra="sandbox") from error


@click.command()
@click.option("--once", is_flag=True, help="End after the morning; exit status 1 if it failed.")
def command(*, once: bool) -> None:
    """Play a morning at a desk on local servers, without any account."""
    raise SystemExit(main(once=once))
