"""The shelves: whatever a table of contents names is there, whole, and what it says it is."""

import inspect
import tomllib
from datetime import datetime
from pathlib import Path
from types import NoneType
from typing import get_args, get_type_hints

import pytest

from adapters import CHANNELS
from bot.app import door
from bot.arguments import TAKEN, Arguments
from bot.channel import Door
from bot.command import Type
from bot.commands import COMMANDS
from bot.forms import FIXED, INPUTS
from bot.jobs import JOBS
from bot.model.article import Article
from bot.model.canned import ReadyAnswer
from bot.model.entry import Message
from bot.model.form import Input
from bot.model.notice import Affected, Notice
from bot.model.person import Person, Role
from bot.model.relation import Relation
from bot.model.settings import Team
from bot.model.ticket import Ticket
from bot.model.triage import Kind, Priority
from bot.narrowing import Narrowed
from bot.report import Report
from bot.text import load_texts

ROOT = Path(__file__).resolve().parent.parent
VALUES = {
    Type.TICKET: Ticket,
    Type.PERSON: Person,
    Type.AGENT: Person,
    Type.TEAM: Team,
    Type.RUNG: Team,
    Type.TEAMS: tuple[Team, ...],
    Type.ROLE: Role,
    Type.MESSAGE: Message,
    Type.RELATION: Relation,
    Type.TRAIT: str,
    Type.TAGS: str,
    Type.ASSETS: str,
    Type.TEXT: str,
    Type.MOMENT: datetime,
    Type.PRIORITY: Priority,
    Type.KIND: Kind,
    Type.MARK: int,
    Type.LANGUAGE: str,
    Type.ZONE: str,
    Type.NUMBER: int,
    Type.DURATION: int,
    Type.FILTER: Narrowed,
    Type.NAME: str,
    Type.ARTICLE: Article,
    Type.CANNED: ReadyAnswer,
    Type.REPORT: Report,
    Type.BEGIN: datetime,
    Type.END: datetime,
    Type.AFFECTED: Affected,  # several
    Type.NOTICE: Notice,
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
def test_a_command_is_what_it_declares(command):
    hints = get_type_hints(command.run)
    call, *given = inspect.signature(command.run).parameters
    assert call == "call"
    assert given == [each.name for each in command.parameters]
    for each in command.parameters:
        kinds = set(get_args(hints[each.name])) or {hints[each.name]}
        assert (NoneType in kinds) is not each.required, each
        assert VALUES[each.type] in kinds, each
    assert inspect.getdoc(command.run)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
def test_a_command_has_words_and_help_in_each_language(command):
    texts = load_texts()
    for language in texts.languages:
        assert all(texts.words(f"{command.name}.words", language))
        assert texts.sources[language][f"{command.name}.help"].words
        for each in command.parameters:
            assert texts.sources[language][f"parameter.{each.name}"].words


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
def test_each_parameter_has_the_name_of_its_field_in_a_form(command):
    texts = load_texts()
    for language in texts.languages:
        for each in command.parameters:
            labels = {f"form.field_{command.name}_{each.name}", f"form.field_{each.name}"}
            assert labels & texts.sources[language].keys(), (language, labels)


@pytest.mark.parametrize("kind", Type)
def test_each_type_of_a_parameter_is_read_has_its_field_and_is_told(kind):
    assert (kind in Arguments.READERS) is not (kind in TAKEN)
    assert kind in INPUTS
    chosen = {
        *FIXED,
        Type.AGENT,
        Type.ARTICLE,
        Type.CANNED,
        Type.NOTICE,
        Type.REPORT,
        Type.TEAM,
        Type.MESSAGE,
    }  # in book and config
    assert (kind in chosen) is (INPUTS[kind] is Input.CHOICE)
    assert kind in VALUES
    told = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert f"| `{kind.name}` |" in told


def test_commands_and_jobs_have_names_of_their_own():
    for shelf in (COMMANDS, JOBS):
        names = [each.name for each in shelf]
        assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("job", JOBS, ids=lambda each: each.name)
def test_a_job_asks_the_book_what_is_due_at_a_moment(job):
    assert list(inspect.signature(job.run).parameters) == ["work", "desk", "now"]
    assert job.every.total_seconds() > 0
    assert inspect.getdoc(job.run)


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_that_is_named_has_a_door(channel):
    assert isinstance(door(channel), Door)


def test_what_the_wheel_packs_is_there():
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]
    for package in packed["build"]["targets"]["wheel"]["packages"]:
        assert (ROOT / package / "__init__.py").is_file(), package
        assert (ROOT / package / "py.typed").is_file(), package
