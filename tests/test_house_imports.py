"""The house rules of imports that neither the linter nor the layers know."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from house import FUNCTIONS, ROOT, Source, everything, gathered, none

#: What a door may know of the desk; CONTRIBUTING.md and docs/architecture.md say the same.
MAY_KNOW = {"bot.channel", "bot.model.form", "bot.model.message", "bot.model.stamp"}


def test_imports_stand_at_the_top_and_are_real():
    sources = everything()
    late = [
        source.at(node)
        for source in sources
        for function in source.nodes(*FUNCTIONS)
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    none(late)
    names = [(s, n) for s in sources for n in s.nodes(ast.Name, ast.Attribute)]
    checking = [s.at(n) for s, n in names if ast.unparse(n).endswith("TYPE_CHECKING")]
    none(checking)


def test_every_room_has_its_place_among_the_layers():
    layers = contract("layers")["layers"]
    placed = {name.strip() for layer in layers for name in re.split("[|:]", layer)}
    none(sorted(modules("bot") - placed))


def test_the_contract_of_doors_forbids_all_of_the_desk_but_what_they_may_know():
    doors = next(each for each in contracts() if each.get("source_modules") == ["adapters"])
    desk = modules("bot") - {"bot.model"} | modules("bot/model")
    assert set(doors["forbidden_modules"]) == desk - MAY_KNOW | {"storage", "sandbox"}


def test_the_pages_say_what_a_door_may_know():
    for page in ("CONTRIBUTING.md", "docs/architecture.md"):
        words = " ".join((ROOT / page).read_text("utf-8").split())
        said = re.search(r"channel's package (?:may import|knows) (.+?)[.;] ", f"{words} ")
        # A name has points, too: the sentence ends where one is followed by a space.
        assert set(re.findall(r"`([\w.]+)`", said[1])) == MAY_KNOW, page


def test_a_door_knows_of_the_desk_only_what_a_channel_and_a_message_are():
    found = [(each.at(line), name) for each in gathered("adapters") for line, name in beyond(each)]
    none(found)


@pytest.mark.parametrize(
    "line",
    [
        "from bot.desk import Desk",
        "from bot.command import Type",
        "import bot.desk",
        "import bot.desk as desk",
        "import asyncio, bot.desk",
        "from bot import desk",
        "from bot.model import message, ticket",
        "from bot import *",
        "import bot",
        "import storage.database",
    ],
)
def test_every_way_to_import_more_of_the_desk_is_seen(line, tmp_path):
    assert beyond(written_as(line, tmp_path))


@pytest.mark.parametrize(
    "line",
    [
        "from bot.channel import Door",
        "import bot.model.message as message",
        "from bot.model import message",
        "from bot import channel",
        "from bot.model import form, message",
        "from . import codec",
        "from .storage import shelf",
        "from adapters.email import codec",
        "import botany",
    ],
)
def test_what_a_door_may_import_is_left_alone(line, tmp_path):
    assert not beyond(written_as(line, tmp_path))


def contracts() -> list[dict[str, list[str]]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return settings["tool"]["importlinter"]["contracts"]


def contract(kind: str) -> dict[str, list[str]]:
    """The first contract of a kind."""
    return next(each for each in contracts() if each["type"] == kind)


def modules(folder: str) -> set[str]:
    """The modules and packages of a folder, by their whole names."""
    name = folder.replace("/", ".")
    files = [each for each in (ROOT / folder).glob("*.py") if each.stem != "__init__"]
    packages = [each.parent for each in (ROOT / folder).glob("*/__init__.py")]
    return {f"{name}.{each.stem}" for each in (*files, *packages)}


def written_as(line: str, folder: Path) -> Source:
    path = folder / "channel.py"
    path.write_text(line)
    return Source(path)


def beyond(source: Source) -> list[tuple[int, str]]:
    """What a door imports of the desk beyond what it may, with the line."""
    allowed = MAY_KNOW
    return [
        (node.lineno, name)
        for node in source.nodes(ast.Import, ast.ImportFrom)
        for name in imported(node)
        if name.partition(".")[0] in {"bot", "storage", "sandbox"}
        if not any(name == each or name.startswith(f"{each}.") for each in allowed)
    ]


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The whole names of what an import brings; a relative one brings nothing from elsewhere."""
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [] if node.level else [f"{node.module}.{each.name}" for each in node.names]
