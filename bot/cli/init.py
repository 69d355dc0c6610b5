"""`deskmate init`: asks what it must know of a mailbox, writes the config and tries it."""

import asyncio
import shlex
import sys
from pathlib import Path
from typing import Any

import click

from bot.cli.check import check
from bot.cli.mail_hosts import Hosts, hosts_of
from bot.cli.new_config import NewConfig, system_zone, write_private
from bot.cli.operator import (
    WRONG_SETTINGS,
    ConfigFault,
    Fault,
    config_option,
    faults_told,
    read_config,
)
from bot.config import Config, ConfigError

_SECURITY = click.Choice(["tls", "starttls", "none"])
_WAYS = ("file", "env", "command", "config")


@click.command()
@config_option
@click.option("--desk", help="How the desk is called.")
@click.option("--language", help="For people whose own language isn't known.")
@click.option("--zone", help='The time zone, like "Europe/Madrid".')
@click.option("--agent", help='Your name, if you work at the desk; "" for nobody yet.')
@click.option("--agent-address", help="Your own mail address.")
@click.option("--address", help="The support address.")
@click.option("--imap-host", help="Where its mail is fetched.")
@click.option("--imap-port", type=int, default=0, help="If it isn't the usual one.")
@click.option("--imap-security", type=_SECURITY, help="If it isn't tls.")
@click.option("--smtp-host", help="Where answers are sent.")
@click.option("--smtp-port", type=int, default=0, help="If it isn't the usual one.")
@click.option("--smtp-security", type=_SECURITY, help="If it isn't tls.")
@click.option("--user", help="The user name, if it isn't the address.")
@click.option("--keep", type=click.Choice(_WAYS), help="Where the password is kept.")
@click.option("--password-file", help="A file with it, read from standard input if not there.")
@click.option("--password-env", help="The environment variable with it.")
@click.option("--password-command", help="A command that prints it.")
@click.option("--try/--no-try", "tries", default=None, help="Sign in at the servers at once.")
@click.option("--force", is_flag=True, help="Write over a config that is there.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing, take every guess.")
def command(path: Path, *, tries: bool | None, force: bool, yes: bool, **given: Any) -> None:
    """Write a config.toml for a mailbox, and try it.

    What isn't said with an option is asked, or guessed with --yes.
    """
    _may_write(path, force=force, yes=yes)
    answers = _answers(_Questions(given, yes=yes), path.absolute().parent)
    with faults_told():
        config = _write(path, answers)
    click.echo(f"{path} is written, for your eyes only.")
    if tries is None:
        tries = not yes and click.confirm("Sign in at the servers now?", default=True)
    if tries and not asyncio.run(check(config)):
        click.echo(f"Mend {path} and try again with: deskmate check --config {path}", err=True)
        raise SystemExit(WRONG_SETTINGS)
    click.echo(f"Open the desk with: deskmate run --config {path}")


def _may_write(path: Path, *, force: bool, yes: bool) -> None:
    if not path.exists() or force:
        return
    if yes:
        raise Fault(f"{path} is there already: say --force to write over it")
    click.confirm(f"{path} is there already. Write over it?", abort=True)


class _Questions:
    """Asks what no option said."""

    def __init__(self, given: dict[str, Any], *, yes: bool) -> None:
        self.given = given
        self._yes = yes

    def ask(self, key: str, words: str, guess: str, **how: Any) -> str:
        """The answer; the guess when nothing may be asked."""
        answer = self.given[key]
        if answer is None:
            answer = guess if self._yes else click.prompt(words, default=guess, **how)
        return str(answer).strip()

    def need(self, key: str, words: str) -> str:
        """The answer to what can't be guessed."""
        if self.given[key] is None and self._yes:
            raise click.UsageError(f"say --{key.replace('_', '-')}: it can't be guessed")
        return str(self.given[key] or click.prompt(words)).strip()

    def password(self, words: str) -> str:
        """The password, unseen; a line of standard input when nothing may be asked."""
        if sys.stdin.isatty() and not self._yes:
            return str(click.prompt(words, hide_input=True))
        if word := sys.stdin.readline().rstrip("\r\n"):
            return word
        raise Fault("there is no password: write it to standard input, or say --password-env")


def _answers(questions: _Questions, folder: Path) -> NewConfig:
    given = questions.given
    address = questions.need("address", "The support address")
    guess = hosts_of(address)
    if guess.note:
        click.echo(f"{guess.imap}: {guess.note}", err=True)
    agent = questions.ask("agent", 'Your name, if you work at the desk ("" for nobody yet)', "")
    return NewConfig(
        address=address,
        imap_host=questions.ask("imap_host", "Where its mail is fetched (IMAP)", guess.imap),
        imap_port=given["imap_port"],
        imap_security=given["imap_security"] or "",
        smtp_host=questions.ask("smtp_host", "Where answers are sent (SMTP)", guess.smtp),
        smtp_port=given["smtp_port"],
        smtp_security=given["smtp_security"] or _unusual(guess),
        user=questions.ask("user", "The user name at both", address),
        desk=questions.ask("desk", "How the desk is called", "Service desk"),
        language=questions.ask("language", "Its language", "en"),
        zone=questions.ask("zone", "Its time zone", system_zone()),
        agent=agent,
        agent_address=questions.need("agent_address", "Your own mail address") if agent else "",
        **_password(questions, address, folder),
    )


def _unusual(guess: Hosts) -> str:
    return "" if guess.smtp_security == "tls" else guess.smtp_security


def _password(questions: _Questions, address: str, folder: Path) -> dict[str, Any]:
    """Where the password is kept, as the config's key for it; a new file is written at once."""
    given = questions.given
    told = [way for way in ("file", "env", "command") if given[f"password_{way}"]]
    choice = {"type": click.Choice(_WAYS)}
    way = told[0] if told else questions.ask("keep", "Keep its password in", "file", **choice)
    match way:
        case "env":
            return {"password_env": questions.need("password_env", "The environment variable")}
        case "command":
            words = questions.need("password_command", "The command that prints it")
            return {"password_command": tuple(shlex.split(words))}
        case "config":
            return {"password": questions.password("The password")}
    file = questions.ask("password_file", "The file", f"secrets/{address}.password")
    if not (folder / file).exists():
        write_private(folder / file, questions.password("The password") + "\n")
    return {"password_file": file}


def _write(path: Path, answers: NewConfig) -> Config:
    """Write the config where it belongs, if it can be read. Raises `ConfigFault`."""
    draft = path.with_name(f".{path.name}.draft")
    write_private(draft, answers.text())
    try:
        config = read_config(draft)
        draft.replace(path)
    except ConfigError as error:
        faults = "\n".join(f"{each.what}: {each.mend}" for each in error.problems)
        raise ConfigFault(f"nothing is written:\n{faults}") from error
    finally:
        draft.unlink(missing_ok=True)
    return config
