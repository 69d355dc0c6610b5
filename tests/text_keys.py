"""What the texts have and ask for, and the files that may ask for them."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

from bot.text import Texts

ROOT = Path(__file__).parents[1]


def source_files() -> list[Path]:
    return [
        file
        for folder in ("bot", "adapters", "storage")
        for file in (ROOT / folder).rglob("*.py")
        if "voice" not in file.parts
    ]


def filters(texts: Texts, name: str) -> Iterator[nodes.Filter]:
    for language in texts.languages:
        for source in texts.sources[language].values():
            for each in SandboxedEnvironment().parse(source.words).find_all(nodes.Filter):
                if each.name == name:
                    yield each


def every_key(texts: Texts) -> set[str]:
    return set(texts.sources["en"])
