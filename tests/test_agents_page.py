"""The agents' page says what the commands are, and every line that it shows can be given."""

import pytest
from agents_page import PAGES, REFERENCE, Tables, written
from stage import set_stage

from bot.arguments import Arguments
from bot.command import Call, Command
from bot.commands import COMMANDS
from bot.grammar import Grammar
from bot.model.person import Role
from bot.store import Work
from storage.files import Files


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_what_the_commands_say(language):
    kept = PAGES[language].read_text("utf-8")
    assert kept == written(language), "write it anew: .venv/bin/python tests/agents_page.py"


@pytest.mark.parametrize("language", PAGES)
def test_the_page_names_each_command(language):
    page = PAGES[language].read_text("utf-8").partition("\n## ")[2]
    tables = Tables.of(language)
    assert all(f"| `{tables.example(each)}` |" in page for each in COMMANDS)


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
def test_each_example_is_read_as_its_command(language, command):
    example = Tables.of(language).example(command)
    grammar = Grammar(COMMANDS, Tables.of(language).texts)
    (line,) = grammar.read(example, Role.AGENT).lines
    assert line.command is command


@pytest.mark.parametrize("language", PAGES)
async def test_the_arguments_of_each_example_are_read(language, sqlite_store, tmp_path, clock):
    tables = Tables.of(language)
    async with set_stage(sqlite_store, Files(tmp_path), clock) as stage:
        ana = stage.person("ana@example.org", "Ana")
        leo = stage.person("leo@desk.example", "Leo Prats")
        await ana.says("The printer is out of order", subject="Printer")
        await ana.says(f"And here: {tables.said['types']['message']}", answers=ana.last)
        await ana.says("Another one is out of order", subject="Printer 2")
        await leo.says(example(tables, "save_answer"))  # which others send and drop
        for _ in range(9):  # as many as examples speak of
            await leo.says(example(tables, "kb_new"))

        for _ in range(3):
            await leo.says(example(tables, "maintenance"))

        def read(work: Work, command: Command) -> dict[str, object]:
            given = example(tables, command.name)
            (line,) = Grammar(COMMANDS, stage.desk.texts).read(given, Role.AGENT).lines
            leo, _ = work.people.find("parlour", "leo@desk.example")
            call = Call(work, stage.desk, leo, clock(), "parlour", leo.role)
            return Arguments(line, call).read()

        for command in COMMANDS:
            values = await stage.store.write(lambda work, each=command: read(work, each))
            assert all(values[each.name] for each in command.parameters if each.required)


def example(tables: Tables, name: str) -> str:
    """The example of a command, about the tickets that there are."""
    (command,) = (each for each in COMMANDS if each.name == name)
    return tables.example(command).replace(REFERENCE, "IT-1").replace("IT-57", "IT-2")
