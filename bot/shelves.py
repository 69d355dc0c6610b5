"""The shelves as they stand: the desk's own commands, jobs and reports, and what packages bring.

A package names what it brings as entry points: a `Command` in the group "deskmate.commands", a
`Job` in "deskmate.jobs", a `Report` in "deskmate.reports", a package of texts in "deskmate.texts",
and a door in "deskmate.channels", which `bot.doors` opens. Whatever is installed beside the desk
stands on its shelves.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, TypeVar

from adapters import CHANNELS
from bot.channel import WrongSettings
from bot.command import Command
from bot.commands import COMMANDS
from bot.doors import GROUP
from bot.job import Job
from bot.jobs import JOBS
from bot.language import Folder, TextError, within
from bot.model.fold import fold
from bot.report import Report
from bot.reports import REPORTS
from bot.text import Texts, load_texts
from bot.voice.shelf import needed

T = TypeVar("T")
_OURS = "the desk"
_MEANT = {
    "command": "a function declared with @command",
    "job": "a function declared with @job",
    "report": "a function declared with @report",
    "texts": "a package with a folder for each language",
}


@dataclass(frozen=True, slots=True)
class Brought(Generic[T]):
    """Something that another package brings."""

    package: str
    kind: str  # "command"
    name: str
    thing: T


@dataclass(frozen=True, slots=True)
class Shelves:
    """All commands, jobs and reports, the desk's own first, and the texts beside the desk's."""

    commands: tuple[Command, ...]
    jobs: tuple[Job, ...]
    reports: tuple[Report, ...]
    folders: tuple[Folder, ...]
    brought: tuple[str, ...]  # what other packages bring, a line for each package

    def texts(self, default: str = "en", *, formal: bool = False, own: Path | None = None) -> Texts:
        """The desk's texts and those of packages, the desk's own over them.

        Raises `TextError`, also for a command that can't be given in one of its languages.
        """
        texts = load_texts(default, formal=formal, own=own, beside=self.folders)
        _all_spoken(texts, [each for each in self.commands if each not in COMMANDS])
        return texts


def load_shelves() -> Shelves:
    """What there is in this installation.

    Raises `WrongSettings`, or several in an `ExceptionGroup`, for what a package brings wrongly:
    then nothing of any is used.
    """
    faults: list[Exception] = []
    points = entry_points()  # they are read from the disk each time
    commands = _brought(points.select(group="deskmate.commands"), "command", Command, faults)
    jobs = _brought(points.select(group="deskmate.jobs"), "job", Job, faults)
    reports = _brought(points.select(group="deskmate.reports"), "report", Report, faults)
    folders = _brought(points.select(group="deskmate.texts"), "texts", ModuleType, faults)
    doors = [_named(each, "channel") for each in points.select(group=GROUP)]
    everything: list[Brought[Any]] = [*doors, *commands, *jobs, *reports, *folders]
    faults += _twice(commands, [each.name for each in COMMANDS], lambda each: each.thing.name)
    faults += _twice(jobs, [each.name for each in JOBS], lambda each: each.thing.name)
    faults += _twice(reports, [each.name for each in REPORTS], lambda each: each.thing.name)
    faults += _twice(doors, CHANNELS, lambda each: each.name)
    if len(faults) > 1:
        raise ExceptionGroup("packages bring what can't be used", faults)
    if faults:
        raise faults[0]
    return Shelves(
        commands=(*COMMANDS, *(each.thing for each in commands)),
        jobs=(*JOBS, *(each.thing for each in jobs)),
        reports=(*REPORTS, *(each.thing for each in reports)),
        folders=tuple(
            folder for each in folders for folder in within(files(each.thing), each.package)
        ),
        brought=tuple(_told(everything)),
    )


def _brought(
    points: Iterable[EntryPoint], kind: str, shape: type[T], faults: list[Exception]
) -> list[Brought[T]]:
    """What all packages bring of a kind; what can't be loaded is put among the faults."""
    found = []
    for point in points:
        named = _named(point, kind)
        what = f"{named.package} brings the {kind} {point.name}"
        try:
            thing = point.load()
        except Exception as error:  # noqa: BLE001 - what its code may raise is not for us to know
            said = f"{what}, which can't be loaded ({type(error).__name__}: {error})"
            faults.append(WrongSettings(said, "mend that package, or uninstall it"))
            continue
        if isinstance(thing, shape) and (shape is not ModuleType or hasattr(thing, "__path__")):
            found.append(Brought(named.package, kind, point.name, thing))
        else:
            problem = f"{what}, and {point.value} is none"
            faults.append(WrongSettings(problem, f"let it name {_MEANT[kind]}"))
    return found


def _named(point: EntryPoint, kind: str) -> Brought[None]:
    """What an entry point brings, before it is loaded."""
    package = point.dist.name if point.dist else point.module
    return Brought(package, kind, point.name, None)


def _twice(
    brought: Sequence[Brought[T]], ours: Iterable[str], name_of: Callable[[Brought[T]], str]
) -> Iterator[WrongSettings]:
    """What bears a name that is taken."""
    owners = dict.fromkeys(ours, _OURS)
    for each in brought:
        name = name_of(each)
        if owner := owners.get(name):
            problem = f"{each.package} brings the {each.kind} {name}, which {owner} has already"
            yield WrongSettings(problem, "give it another name there, or uninstall that package")
        owners[name] = each.package


def _told(brought: Sequence[Brought[Any]]) -> Iterator[str]:
    """A line for each package with what it brings."""
    for package in dict.fromkeys(each.package for each in brought):
        things = (f"{each.kind} {each.name}" for each in brought if each.package == package)
        yield f"{package}: {', '.join(things)}"


def _all_spoken(texts: Texts, commands: Sequence[Command]) -> None:
    """See that each language has the words of each command, and that none stands for two."""
    known = texts.sources[texts.default].keys()
    for command in commands:
        for key, file in needed(known, [command]).items():
            for language in texts.languages:
                if key not in texts.sources[language]:
                    what = f"the command {command.name} has no '{key}' in '{language}'"
                    raise TextError(f"{what}: its package must add it to {language}/{file}.toml")
    taken = {
        fold(word): each.name for each in COMMANDS for word in (each.name, *_words(texts, each))
    }
    for command in commands:
        for word in (command.name, *_words(texts, command)):
            if (other := taken.setdefault(fold(word), command.name)) != command.name:
                raise TextError(
                    f"'{word}' stands for the commands {other} and {command.name}: give "
                    f"{command.name} another word, in texts of your own or in its package"
                )


def _words(texts: Texts, command: Command) -> Iterator[str]:
    """What people call a command, in any language that has words for it."""
    key = f"{command.name}.words"
    for language in texts.languages:
        if key in texts.sources[language]:
            yield from texts.words(key, language)
