"""Asks for what a new config must hold, and holds each answer to what the config takes."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from bot.cli.new_config import NewConfig
from bot.cli.operator import Fault, read_config
from bot.config import ConfigError

Check = Callable[[str], str]
"""What is wrong with an answer; "" when nothing is."""


class Questions:
    """Asks what no option said, and asks again with the reason when it can't be so.

    `given` are the options; `config` holds what was decided so far. With `yes` nothing is asked:
    every guess is taken, and `faults` tells what is wrong with the options.
    """

    def __init__(self, given: Mapping[str, Any], config: NewConfig, *, yes: bool) -> None:
        self.config = config
        self.faults: list[str] = []
        self.given = given
        self._yes = yes

    def decide(
        self, key: str, words: str, guess: str | None = None, check: Check | None = None
    ) -> str:
        """Ask for the config's value of this name, until the config takes it."""
        known = len(self.faults)

        def decided(answer: str) -> NewConfig:
            value: Any = answer
            return replace(self.config, **{key: value})

        def fault(answer: str) -> str:
            return (check(answer) if check else "") or "\n".join(faults_of(decided(answer)))

        answer = self.ask(key, words, guess, fault)
        if len(self.faults) == known:
            self.config = decided(answer)
        return answer

    def ask(self, key: str, words: str, guess: str | None, check: Check) -> str:
        """The answer to a question; without a guess there has to be one."""
        given = self.given[key]
        if given is None and guess is None and self._yes:
            raise click.UsageError(f"say --{key.replace('_', '-')}: it can't be guessed")
        if given is None:
            given = guess if self._yes else _prompted(words, guess)
        while fault := check(str(given).strip()):
            if self._yes:
                self.faults.append(fault)
                break
            click.echo(fault, err=True)
            given = _prompted(words, guess)
        return str(given).strip()

    def choose(self, key: str, words: str, choices: tuple[str, ...]) -> str:
        """One word of a few, the first of which is the guess."""
        if self.given[key] is not None or self._yes:
            return self.given[key] or choices[0]
        return str(click.prompt(words, default=choices[0], type=click.Choice(choices)))

    def password(self, words: str) -> str:
        """The password, unseen; a line of standard input when nothing may be asked."""
        if sys.stdin.isatty() and not self._yes:
            return str(click.prompt(words, hide_input=True))
        if word := sys.stdin.readline().rstrip("\r\n"):
            return word
        raise Fault("there is no password: write it to standard input, or say --password-env")


def faults_of(config: NewConfig) -> list[str]:
    """Everything that is wrong with a config, before it is written where it belongs."""
    with TemporaryDirectory(prefix="deskmate-init-") as folder:  # its owner's alone
        draft = Path(folder) / "config.toml"
        draft.write_text(config.text(), encoding="utf-8")
        draft.chmod(0o600)
        try:
            read_config(draft)
        except ConfigError as error:
            return [f"{each.what}: {each.mend}" for each in error.problems]
    return []


def _prompted(words: str, guess: str | None) -> str:
    return str(click.prompt(words, default=guess, show_default=bool(guess)))
