"""Where a secret comes from: a file, a variable of the environment, or a command that prints it."""

import asyncio
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bot.channel import WrongSettings

COMMAND_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Source:
    """The one place of a secret, as the keys `<setting>`, `<setting>_file`… of a config name it."""

    setting: str  # "password"
    text: str = field(default="", repr=False)
    file: str = ""
    env: str = ""
    command: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: object, setting: str) -> Self:
        """The place that a door's settings name in their fields `setting`, `setting_file`…"""
        fields = (setting, *(f"{setting}_{each}" for each in ("file", "env", "command")))
        return cls(setting, *(getattr(settings, each) for each in fields))

    @property
    def given(self) -> int:
        """How many places are named; a secret has exactly one."""
        return sum(map(bool, (self.text, self.file, self.env, self.command)))

    def faults(
        self, check: Callable[[str], None], found_at: str, *, needed: bool = True, why: str = ""
    ) -> Iterator[WrongSettings]:
        """What is wrong with it as far as the config tells; `check` raises for a text that is none.

        `found_at` says where people find the secret, `why` what it is needed for.
        """
        name = self.setting
        if self.given > 1:
            mend = f"keep one of {name}_file, {name}_env, {name}_command and {name}"
            yield WrongSettings(f"{name} comes from {self.given} places", mend)
        elif not self.given and needed:
            mend = f"set {name}_file, {name}_env or {name}_command; {found_at}"
            yield WrongSettings(f"{name} is missing{why}", mend)
        elif self.text:
            try:
                check(self.text)
            except WrongSettings as error:
                yield error

    async def read(self) -> str:
        """Return the secret, read anew each time; WrongSettings when it isn't there."""
        if self.file:
            return await asyncio.to_thread(in_file, self.file, f"{self.setting}_file")
        if self.env:
            return in_environment(self.env, f"{self.setting}_env")
        if self.command:
            return await printed(self.command, f"{self.setting}_command")
        return self.text

    def refuse_exposed(self) -> None:
        """Raise WrongSettings when everybody on this machine may read the file with the secret."""
        if not self.file:
            return
        path = Path(self.file).expanduser().absolute()
        mode = stat.S_IMODE(path.stat().st_mode)
        reached = all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
        if reached and mode & stat.S_IROTH:
            problem = f"everybody here may read {self.setting}_file {path} (mode {mode:o})"
            raise WrongSettings(problem, f"chmod 600 {path}")


def in_file(path: str, setting: str) -> str:
    """Return the one line of text in a file; WrongSettings when it isn't there."""
    try:
        text = Path(path).expanduser().read_text("utf-8", "replace").strip()
    except OSError as error:
        raise WrongSettings(f"{setting}: {error.strerror}: {path}", f"correct {setting}") from error
    if not text:
        raise WrongSettings(f"{setting}: {path} is empty", "write the secret into it")
    return _one_line(text, f"{setting}: {path} holds")


def in_environment(name: str, setting: str) -> str:
    """Return the value of a variable; WrongSettings when it isn't there."""
    text = os.environ.get(name, "").strip()
    if not text:
        raise WrongSettings(f"{setting}: the environment has no {name}", f"set {name}")
    return _one_line(text, f"{setting}: {name} holds")


async def printed(command: Sequence[str], setting: str) -> str:
    """Return the one line that a command prints; WrongSettings when it prints none in time."""
    try:
        child = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        problem = f"{setting} can't be run ({why}: {command[0]})"
        raise WrongSettings(problem, f"correct {setting}") from error
    try:
        async with asyncio.timeout(COMMAND_SECONDS):
            said, complaint = await child.communicate()
    except (TimeoutError, asyncio.CancelledError) as error:
        child.kill()
        await child.wait()
        if isinstance(error, asyncio.CancelledError):
            raise
        problem = f"{setting} ran longer than {COMMAND_SECONDS:.0f} s"
        raise WrongSettings(problem, f"make {setting} answer without asking anybody") from error
    text = said.decode("utf-8", "replace").strip()
    if child.returncode or not text:
        words = complaint.decode("utf-8", "replace").strip() or "it printed nothing"
        problem = f"{setting} ended with {child.returncode} ({words})"
        raise WrongSettings(problem, f"correct {setting}")
    return _one_line(text, f"{setting} printed")


def _one_line(text: str, source: str) -> str:
    """A secret as it may go over the wire: no server takes one with a line break in it."""
    if not re.search(r"[\x00-\x1f\x7f]", text):
        return text
    raise WrongSettings(f"{source} more than a secret", "let there be one line, the secret alone")
