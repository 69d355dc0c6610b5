"""The documents: their links lead somewhere, and what they name is there."""

import ast
import asyncio
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from chat_stage import ChatParlour

from adapters import CHANNELS
from bot.app import door
from bot.channel import KnowsAgents
from bot.cli import deskmate
from bot.config import load
from bot.model.message import Address, Inbound, Outbound

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
OPERATING = ROOT / "docs" / "operating.md"

pages = pytest.mark.parametrize("page", PAGES, ids=lambda each: each.name)


def blocks(page: Path, language: str) -> list[str]:
    """The blocks of code in this language."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", page.read_text("utf-8"))


def prose(page: Path) -> str:
    """The page without its blocks of code."""
    return re.sub(r"(?ms)^```.*?^```$", "", page.read_text("utf-8"))


def spans(page: Path) -> list[str]:
    """What stands between backticks; one may go on in the next line."""
    return [" ".join(each.split()) for each in re.findall(r"`([^`]+)`", prose(page))]


def headings(page: Path) -> set[str]:
    """The anchors that a forge makes of the page's headings."""
    titles = re.findall(r"(?m)^#+ (.+)$", prose(page))
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in titles}


@pages
def test_each_link_within_the_project_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"https://", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        assert not anchor or anchor in headings(there), target


@pages
def test_each_file_that_is_named_is_there(page):
    named = [
        each for each in spans(page) if re.fullmatch(r"(bot|adapters|storage|tests)/\S+", each)
    ]
    for path in named:
        pattern = re.sub(r"<\w+>|‹\w+›", "*", path)
        assert list(ROOT.glob(pattern.rstrip("/"))), path


def commands(page: Path) -> Iterator[list[str]]:
    """The words behind each "deskmate" of a page, comments aside."""
    lines = [line.partition("#")[0] for block in blocks(page, "sh") for line in block.splitlines()]
    lines += [each for each in spans(page) if "/deskmate" not in each]
    for line in lines:
        if found := re.match(r"(?:\S*/)?deskmate\s+(\S.*)", line.strip()):
            yield found[1].split()


@pages
def test_each_command_that_is_named_exists_with_its_options(page):
    for words in commands(page):
        here: click.Command = deskmate
        context = click.Context(deskmate)
        while isinstance(here, click.Group) and words and not words[0].startswith("-"):
            step = here.get_command(context, words.pop(0))
            assert step is not None, f"{here.name} has no such command in {page.name}"
            here = step
        known = {option for each in here.get_params(context) for option in each.opts}
        assert {each for each in words if each.startswith("-")} <= known, words


@pages
def test_each_make_target_that_is_named_exists(page):
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text("utf-8")))
    shown = "\n".join([*blocks(page, "sh"), *spans(page)])
    assert set(re.findall(r"(?m)^make (?:[A-Z]+=\S+ )*([a-z]+)", shown)) <= targets


def test_the_manual_names_every_command():
    told = {words[0] for words in commands(OPERATING)}
    assert set(deskmate.list_commands(click.Context(deskmate))) - told == {"demo"}


def test_each_config_that_is_shown_can_be_loaded(tmp_path):
    doors = {name: door(name).settings for name in CHANNELS}
    others = (ROOT / "docs" / f"{name}.md" for name in ("slack", "webhooks", "routing"))
    pages = (OPERATING, *others)
    shown = [block for page in pages for block in blocks(page, "toml")]
    assert len(shown) >= 8
    for number, block in enumerate(shown):
        path = tmp_path / f"{number}.toml"
        path.write_text(block, "utf-8")
        load(path, doors)


@pages
def test_each_example_in_python_can_be_read(page):
    for block in blocks(page, "python"):
        assert ast.parse(block).body


def test_the_example_of_a_door_is_one():
    example, _ = blocks(ROOT / "docs" / "architecture.md", "python")
    names: dict[str, object] = {"__name__": "pigeon"}
    exec(compile(example, "architecture.md", "exec"), names)  # noqa: S102 - our own example
    assert names["DOOR"].settings is names["PigeonSettings"]
    offered = {name for name in vars(names["Pigeons"]) if not name.startswith("_")}
    assert offered == {"listen", "send", "read", "check", "close"}


def test_the_example_of_a_door_says_why_its_agents_can_do_nothing(tmp_path):
    example, _ = blocks(ROOT / "docs" / "architecture.md", "python")
    names: dict[str, object] = {"__name__": "pigeon"}
    exec(compile(example, "architecture.md", "exec"), names)  # noqa: S102 - our own example
    distrusting = names["PigeonSettings"](loft=tmp_path)
    assert isinstance(distrusting, KnowsAgents)
    distrusting.check_address("leo")
    loft = names["DOOR"].open(distrusting, "pigeon", b"", None)
    assert not loft.read(b"leo\n/queue", "in-1").speaker.verified
    (fault,) = distrusting.agent_faults({"Leo": "leo"})
    assert "nobody can work by pigeon (Leo)" in fault.problem
    trusting = names["PigeonSettings"](loft=tmp_path, trust_all=True)
    assert list(trusting.agent_faults({"Leo": "leo"})) == []


async def test_the_example_of_a_door_takes_in_and_sends(tmp_path):
    example, _ = blocks(ROOT / "docs" / "architecture.md", "python")
    names: dict[str, object] = {"__name__": "pigeon"}
    exec(compile(example, "architecture.md", "exec"), names)  # noqa: S102 - our own example
    settings = names["PigeonSettings"](loft=tmp_path, trust_all=True)
    loft = names["DOOR"].open(settings, "pigeon", b"", None)
    (tmp_path / "in-1").write_text("ada\nMy screen is black")
    heard: asyncio.Queue[Inbound] = asyncio.Queue()
    listening = asyncio.create_task(loft.listen(heard.put))
    async with asyncio.timeout(5):
        inbound = await heard.get()
    listening.cancel()
    assert (inbound.speaker.external_id, inbound.text) == ("ada", "My screen is black")
    assert inbound.speaker.verified
    assert not (tmp_path / "in-1").exists()
    letter = Outbound(7, inbound.address, "ada", "Hi Ada", datetime.now(UTC))
    assert await loft.send(letter) == await loft.send(letter) == "out-7"
    assert [each.name for each in tmp_path.iterdir()] == ["out-7"]


@pytest.mark.parametrize("to", [("HELP", "1"), ("HELP", ""), ("", "")])
@pytest.mark.parametrize("recipient", ["ada", ""])
@pytest.mark.parametrize("before", [(), ("dm-ada:3",), ("X:1", "HELP:2", "dm-ada:3", "HELP:4")])
def test_the_example_of_a_chat_puts_things_where_our_chats_do(to, recipient, before):
    _, example = blocks(ROOT / "docs" / "architecture.md", "python")
    names: dict[str, object] = {"__name__": "chat"}
    exec(compile(example, "architecture.md", "exec"), names)  # noqa: S102 - our own example
    message = Outbound(
        7, Address("chat", *to), recipient, "Hi Ada", datetime.now(UTC), replies_to=before
    )
    assert names["place"](message, "dm-ada") == ChatParlour().place(message)


def test_the_table_of_what_to_add_is_true():
    table = re.search(r"(?ms)^\| to add .*?(?=\n\n)", (ROOT / "README.md").read_text("utf-8"))
    _, _, *rows = table[0].splitlines()
    assert len(rows) >= 5
    for row in rows:
        _, what, write, name, _ = (cell.strip() for cell in row.split("|"))
        for path in re.findall(r"`([^`]*/[^`]*)`", write):
            assert list(ROOT.glob(re.sub(r"<\w+>", "*", path).rstrip("/"))), (what, path)
        file, *named = re.findall(r"`([^`]+)`", name) or [""]
        assert bool(named) is bool(file), row
        for each in named:
            assert re.search(rf"(?m)^{each}\b.*=", (ROOT / file).read_text("utf-8")), (file, each)


def test_each_requirement_is_told_with_its_licence():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    wanted = {re.match(r"[\w.-]+", each)[0].lower() for group in groups for each in group}
    page = (ROOT / "docs" / "decisions.md").read_text("utf-8")
    rows = re.findall(r"(?m)^\| ([\w.-]+) [\d.]+ \| \w", page)
    assert {name.lower() for name in rows} == wanted - {"deskmate"}


def warnings() -> Iterator[str]:
    """The words of every log line from a warning up."""
    for folder in ("bot", "adapters", "storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and re.fullmatch(
                    r"log\.(warning|error|exception|critical)", ast.unparse(node.func)
                ):
                    yield ast.literal_eval(node.args[0])


def test_each_warning_stands_in_the_manual_and_each_in_the_manual_is_given():
    table = re.search(r"(?ms)^\| it says .*?(?=\n\n)", OPERATING.read_text("utf-8"))
    told = {each.replace("…", "%s") for each in re.findall(r"(?m)^\| `(.+?)` \|", table[0])}
    given = [each for each in warnings() if each != "%s"]
    assert [each for each in given if not any(words in each for words in told)] == []
    assert [each for each in told if not any(each in words for words in given)] == []
