"""`deskmate init`: asks what it must know of a mailbox, writes the config and tries it."""

import asyncio
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from bot.cli.check import check
from bot.cli.mail_hosts import hosts_of
from bot.cli.new_config import NewConfig, system_zone, write_private
from bot.cli.operator import (
    WRONG_SETTINGS,
    ConfigFault,
    Fault,
    SettingsFault,
    config_option,
    faults_told,
    read_config,
    writable,
)
from bot.cli.questions import Check, Questions

_PORT = click.IntRange(0, 65535)
_SECURITY = click.Choice(["tls", "starttls", "none"])
_WAYS = ("file", "env", "command", "config")
_ELSEWHERE = "go to a folder of your own, or name a file elsewhere with --config"


@click.command()
@config_option
@click.option("--desk", help="How the desk is called.")
@click.option("--language", help="For people whose own language isn't known.")
@click.option("--zone", help='The time zone, like "Europe/Madrid".')
@click.option("--agent", help='Your name, as its first agent; "" for nobody yet.')
@click.option("--agent-address", help="Your own mail address.")
@click.option("--address", help="The support address.")
@click.option("--imap-host", help="Where its mail is fetched.")
@click.option("--imap-port", type=_PORT, default=0, help="If it isn't the usual one.")
@click.option("--imap-security", type=_SECURITY, help="If it isn't tls.")
@click.option("--smtp-host", help="Where answers are sent.")
@click.option("--smtp-port", type=_PORT, default=0, help="If it isn't the usual one.")
@click.option("--smtp-security", type=_SECURITY, help="If it isn't tls.")
@click.option("--user", help="The user name, if it isn't the address.")
@click.option(
    "--authserv-id",
    "authserv_ids",
    multiple=True,
    help="How the provider signs Authentication-Results; deskmate check shows it.",
)
@click.option("--keep", type=click.Choice(_WAYS), help="Where the password is kept.")
@click.option("--password-file", help="A file with it; made of standard input if not there.")
@click.option("--password-env", help="The environment variable with it.")
@click.option("--password-command", help="A command that prints it.")
@click.option("--try/--no-try", "tries", default=None, help="Sign in at the servers at once.")
@click.option("--force", is_flag=True, help="Write over a config that is there.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing, take every guess.")
def command(path: Path, *, tries: bool | None, force: bool, yes: bool, **given: Any) -> None:
    """Write a config.toml for a mailbox, and try it.

    What isn't said with an option is asked, or guessed with --yes. Nothing is written before all
    is answered.
    """
    with faults_told():
        _may_write(path, force=force, yes=yes)
        questions = Questions(given, _draft(given), yes=yes)
        _ask(questions)
        made = _password_file(questions, path.absolute().parent)
        _write({**made, path: questions.config.text()})
        config = read_config(path)
    click.echo(f"{path} is written, for your eyes only.")
    if tries is None:
        tries = not yes and click.confirm("Sign in at the servers now?", default=True)
    with faults_told():  # what a package brings wrongly
        well = not tries or asyncio.run(check(config))
    if not well:
        click.echo(f"Mend {path} and try again with: deskmate check --config {path}", err=True)
        raise SystemExit(WRONG_SETTINGS)
    click.echo(f"Open the desk with: deskmate run --config {path}")


def _may_write(path: Path, *, force: bool, yes: bool) -> None:
    if path.is_dir():
        raise Fault(f"{path} is a folder: name a file with --config")
    writable(path, _ELSEWHERE)
    if not path.exists() or force:
        return
    if yes:
        raise Fault(f"{path} is there already: say --force to write over it")
    click.confirm(f"{path} is there already. Write over it?", abort=True)


def _draft(given: dict[str, Any]) -> NewConfig:
    """A config with what only options say, and stand-ins for what must be there."""
    return NewConfig(
        address="help@localhost",
        imap_host="localhost",
        smtp_host="localhost",
        imap_port=given["imap_port"],
        smtp_port=given["smtp_port"],
        imap_security=given["imap_security"] or "",
        smtp_security=given["smtp_security"] or "",
        password_env="?",  # noqa: S106 - a variable's name
    )


def _ask(questions: Questions) -> None:
    """Ask all but where the password is kept."""
    address = questions.decide("address", "The support address")
    guess, known = hosts_of(address), questions.config
    if guess.note:
        click.echo(f"{guess.imap}: {guess.note}", err=True)
    questions.config = replace(
        known,
        smtp_security=known.smtp_security or guess.unusual_security,
        authserv_ids=questions.given["authserv_ids"] or guess.authserv_ids,
    )
    questions.decide("imap_host", "Where its mail is fetched (IMAP)", guess.imap)
    questions.decide("smtp_host", "Where answers are sent (SMTP)", guess.smtp)
    questions.decide("user", "The user name at both", address)
    questions.decide("desk", "How the desk is called", "Service desk")
    questions.decide("language", "Its language", "en")
    questions.decide("zone", "Its time zone", system_zone())
    words = "Your name, as its first agent (nothing if nobody works there yet)"
    if name := questions.ask("agent", words, "", lambda _: ""):
        questions.config = replace(questions.config, agent=name)
        questions.decide("agent_address", "Your own mail address", check=_is_not(address))
    _refuse(questions)


def _password_file(questions: Questions, folder: Path) -> dict[Path, str]:
    """Decide where the password is kept; a file that is to be made for it, with its text."""
    way = next((way for way in _WAYS if questions.given.get(f"password_{way}")), "")
    kept: dict[str, Any] = {"password_env": ""}
    made: dict[Path, str] = {}
    match way or questions.choose("keep", "Keep its password in", _WAYS):
        case "env":
            name = questions.ask("password_env", "The environment variable", None, _is_said)
            kept["password_env"] = name
        case "command":
            words = questions.ask("password_command", "The command that prints it", None, _is_words)
            kept["password_command"] = tuple(shlex.split(words))
        case "config":
            kept["password"] = questions.password("The password")
        case _:
            guess = f"secrets/{questions.config.address}.password"
            name = questions.ask("password_file", "The file", guess, _is_file(folder))
            kept["password_file"] = name
            if not (folder / name).exists():
                made[folder / name] = questions.password("The password") + "\n"
    questions.config = replace(questions.config, **kept)
    _refuse(questions)
    return made


def _refuse(questions: Questions) -> None:
    """Tell what is wrong with the options, if anything is."""
    if questions.faults:
        raise ConfigFault("\n".join(["nothing is written:", *questions.faults]))


def _is_said(answer: str) -> str:
    return "" if answer else "this has to be said"


def _is_words(answer: str) -> str:
    try:
        return _is_said(" ".join(shlex.split(answer)))
    except ValueError as error:  # a quote that nobody closes
        return f"this is no command ({error})"


def _is_file(folder: Path) -> Check:
    return lambda answer: f"{folder / answer} is a folder" if (folder / answer).is_dir() else ""


def _is_not(desk: str) -> Check:
    def check(address: str) -> str:
        same = address.casefold() == desk.casefold()
        return "that is the desk's own address: write the one that you write from" if same else ""

    return check


def _write(files: dict[Path, str]) -> None:
    try:
        write_private(files)
    except OSError as error:
        place = Path(error.filename or ".").absolute().parent
        problem = f"nothing is written: {place} can't be written to ({error.strerror})"
        raise SettingsFault(f"{problem}: {_ELSEWHERE}") from error
