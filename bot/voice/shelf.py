"""What commands need of the texts, and the file in which each of it stands."""

import re
from collections.abc import Collection, Iterable, Iterator
from types import CodeType

from bot.command import Command
from bot.commands import COMMANDS
from bot.model.person import Role

_COMMAND = "command"  # the file of what commands are called
_EVERYBODY, _AGENT = "everybody", "agent"
_SAID = re.compile(r"(?:done|answer|refused)\.[a-z_]+")


def needed(known: Collection[str], commands: Iterable[Command] = COMMANDS) -> dict[str, str]:
    """The keys without which a command can't be given, filled in or answered, each with its file.

    `known` are the keys of the first language: a field that one command calls otherwise there
    needs that name instead.
    """
    return {key: file for each in commands for key, file in _of(each, known)}


def _of(command: Command, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Its words and help, what its parameters and their fields are called, and its own answers."""
    name = command.name
    yield from ((f"{name}.{part}", _COMMAND) for part in ("words", "help"))
    for each in command.parameters:
        yield from ((f"{kind}.{each.name}", _COMMAND) for kind in ("parameter", "option"))
        own = f"form.field_{name}_{each.name}"
        yield own if own in known else f"form.field_{each.name}", _EVERYBODY
    file = _AGENT if command.role >= Role.AGENT else _EVERYBODY
    yield from ((key, file) for key in _strings(command.run.__code__) if _SAID.fullmatch(key))


def _strings(code: CodeType) -> Iterator[str]:
    """The strings that stand in a function, and in what is defined within it."""
    for each in code.co_consts:
        if isinstance(each, str):
            yield each
        elif isinstance(each, CodeType):
            yield from _strings(each)
