"""The agents' page in each language: its frame from docs/templates, its tables from the commands.

`python tests/agents_page.py` writes docs/agents.md and docs/agentes.md.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined

from bot.command import Command, shelved, usage
from bot.commands import COMMANDS
from bot.model.person import Role
from bot.text import Reader, Texts, load_texts

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "docs" / "templates"
PAGES = {"en": ROOT / "docs" / "agents.md", "es": ROOT / "docs" / "agentes.md"}
REFERENCE = "IT-42"
_MADE = "<!-- Made by `python tests/agents_page.py` from docs/templates/agents.{language}.* -->\n\n"


def main() -> None:
    """Write the page of each language."""
    for language, page in PAGES.items():
        page.write_text(written(language), "utf-8")


def written(language: str) -> str:
    """What the page of a language should hold."""
    made = Tables.of(language)
    frame = (TEMPLATES / f"agents.{language}.md").read_text("utf-8")
    template = Environment(undefined=StrictUndefined, autoescape=False).from_string(frame)  # noqa: S701 - it is Markdown
    words = template.render(day=made.day(), groups=made.groups(), requesters=made.requesters())
    return f"{_MADE.format(language=language)}{words}\n"


@dataclass(frozen=True)
class Tables:
    """The tables of commands in one language; `said` is the template's own data."""

    texts: Texts
    reader: Reader
    said: dict[str, str | dict[str, str]]

    @classmethod
    def of(cls, language: str) -> "Tables":
        said = tomllib.loads((TEMPLATES / f"agents.{language}.toml").read_text("utf-8"))
        reader = Reader(language, ZoneInfo("UTC"), datetime(2026, 1, 5, tzinfo=UTC))
        return cls(load_texts(), reader, said)

    def day(self) -> str:
        """The commands of every day."""
        named = {each.name: each for each in COMMANDS}
        return self._table(named[name.strip()] for name in self.said["day"].split(","))

    def groups(self) -> str:
        """Every command, under the heading of its shelf; shelves of one heading are one table."""
        return "\n\n".join(
            f"### {self.texts.render(f'label.shelf.{shelf}', self.reader)}\n\n{self._table(those)}"
            for shelf, those in shelved(COMMANDS, self.texts)
        )

    def requesters(self) -> str:
        """What requesters may give."""
        return self._table(each for each in COMMANDS if each.role is Role.REQUESTER)

    def example(self, command: Command) -> str:
        """A line that gives the command, with all it needs."""
        if own := self.said["examples"].get(command.name):
            return own
        word = self.texts.words(f"{command.name}.words", self.reader.language)[0]
        values = [
            self.said["types"][each.type.value] for each in command.parameters if each.required
        ]
        return " ".join([f"/{word}", *values])

    def _table(self, commands: Iterable[Command]) -> str:
        head = " | ".join(each.strip() for each in self.said["columns"].split(","))
        return "\n".join([f"| {head} |", "|---|---|---|---|", *self._rows(commands)])

    def _rows(self, commands: Iterable[Command]) -> Iterator[str]:
        for command in commands:
            line = usage(command, self.texts, self.reader, REFERENCE)
            told = self.texts.render(f"{command.name}.help", self.reader)
            others = self.texts.words(f"{command.name}.words", self.reader.language)[1:]
            also = ", ".join(f"`{each}`" for each in others)
            yield f"| `{line}` | {told} | `{self.example(command)}` | {also} |"


if __name__ == "__main__":
    main()
