"""The catalogue: every text that is asked for exists, in each language, and none for nothing."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from text_keys import every_key, source_files

from bot.audience import BUTTONS, HEARINGS, PRESSES
from bot.command import usage
from bot.commands import COMMANDS
from bot.grammar import Grammar
from bot.model.entry import What
from bot.model.fold import fold
from bot.model.person import Role
from bot.reports import REPORTS
from bot.text import Reader, Texts, load_texts
from bot.voice.samples import load_samples

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)
LANGUAGES = load_texts().languages
DYNAMIC = re.compile(
    r"(label|format|history|parameter|button|language_names|joint|when|room|card|home|form|app|option|tag|variable|article_key|readership|whom|affected|notice_room|paper|chart)\."
)


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts()


def reader(language: str) -> Reader:
    return Reader(language, ZoneInfo("Europe/Madrid"), NOW)


def test_the_week_has_seven_days_and_the_year_twelve_months(texts: Texts) -> None:
    for language in texts.languages:
        assert len(set(texts.words("format.weekdays", language))) == 7
        assert len(set(texts.words("format.months", language))) == 12


def test_no_line_break_stands_where_the_template_swallows_it() -> None:
    swallowed = re.compile(r"%\}\\n(?!\\n)")  # the first one behind a block within a line
    files = sorted((ROOT / "bot" / "texts").rglob("*.toml"))
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    assert [line for line in lines if swallowed.search(line)] == []


@pytest.mark.parametrize(
    ("language", "near", "far"),
    [
        ("en", "Friday at 18:05", "Monday 30 March at 19:05"),
        ("es", "el viernes a las 18:05", "el lunes 30 de marzo a las 19:05"),
    ],
)
def test_moments_are_told_on_the_reader_s_clock(
    texts: Texts, language: str, near: str, far: str
) -> None:
    for day, told in ((13, near), (30, far)):
        moment = datetime(2026, 3, day, 17, 5, tzinfo=UTC)
        template = texts._environment.from_string("{{ at | moment }}")
        assert template.render(at=moment, reader=reader(language)) == told


def strings() -> set[str]:
    """Every string in the source, without those that are parts of an f-string."""
    found: set[str] = set()
    for file in source_files():
        tree = ast.parse(file.read_text("utf-8"))
        inner = {
            id(part)
            for each in ast.walk(tree)
            if isinstance(each, ast.JoinedStr)
            for part in each.values
        }
        found |= {
            each.value
            for each in ast.walk(tree)
            if isinstance(each, ast.Constant)
            and isinstance(each.value, str)
            and id(each) not in inner
        }
    return found


def asked_for() -> set[str]:
    """The keys of refusals and answers that the code names."""
    return {each for each in strings() if re.fullmatch(r"(refused|answer|done)\.[a-z_]+", each)}


def hearings() -> set[str]:
    """The keys of letters: of the one table, and of the hearings that stand beside it."""
    named: set[str] = {each.key for listed in HEARINGS.values() for each in listed}
    for file in source_files():
        for each in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "Hearing":
                named |= {
                    part.value
                    for part in each.args[1:2]
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    return named


def test_the_desk_speaks_english_and_spanish_at_least(texts):
    assert {"en", "es"} <= set(texts.languages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_exists_in_each_language_for_the_same_audience(texts, language):
    audiences = {
        name: {key: each.audience for key, each in texts.sources[name].items()}
        for name in (texts.default, language)
    }
    assert audiences[language] == audiences[texts.default]


def test_every_letter_has_a_subject_and_a_text(texts):
    wanted = {f"{key}.{part}" for key in hearings() for part in ("subject", "text")}
    assert {key for key in wanted if not texts.has(key)} == set()
    assert len(wanted) > 40


def test_every_refusal_and_answer_that_the_code_gives_has_its_words(texts):
    assert {key for key in asked_for() if not texts.has(key)} == set()
    assert len(asked_for()) > 45


def test_no_text_is_there_for_nothing(texts):
    letters = {f"{key}.{part}" for key in hearings() for part in ("subject", "text")}
    commands = {f"{each.name}.{part}" for each in COMMANDS for part in ("words", "help")}
    reports = {f"report.{each.name}" for each in REPORTS}
    used = letters | commands | reports | strings()
    orphans = [key for key in every_key(texts) if key not in used and not DYNAMIC.match(key)]
    assert orphans == []


def test_every_button_has_a_label_and_the_sentence_that_stands_for_it(texts):
    shown = {name for listed in HEARINGS.values() for each in listed for name in each.buttons}
    assert shown <= BUTTONS.keys()
    wanted = {f"button.{name}_instead" for name in BUTTONS}
    wanted |= {f"button.{name}" for name in (*PRESSES, "open")}
    called = {key for key in every_key(texts) if key.startswith("button.")}
    assert wanted <= called
    named = {f"button.{each.name}" for each in COMMANDS}  # their forms' names
    assert called - wanted <= named | {"button.read", "button.kb_send_one"}  # by their titles


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("button", BUTTONS)
def test_the_sentence_beside_a_button_says_a_word_that_does_the_same(texts, language, button):
    sentence = texts.render(f"button.{button}_instead", reader(language))
    word = sentence.partition(": ")[2].split()[0].removeprefix("/")
    spoken = Grammar(COMMANDS, texts).read(f"/{word} IT-1", Role.AGENT).lines
    meant = Grammar(COMMANDS, texts).read(f"{BUTTONS[button]} IT-1", Role.AGENT).lines
    assert [each.command.name for each in spoken] == [each.command.name for each in meant]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
def test_every_command_has_words_help_and_a_name_for_each_parameter(texts, language, command):
    first, *_ = texts.words(f"{command.name}.words", language)
    assert re.fullmatch(r"[^\W\d_][\w-]*", first), "it is shown behind a slash"
    assert texts.render(f"{command.name}.help", reader(language))
    assert usage(command, texts, reader(language), "IT-42").startswith(f"/{first}")


def test_no_word_stands_for_two_commands_in_whichever_language(texts):
    meanings: dict[str, set[str]] = {}
    for command in COMMANDS:
        for language in texts.languages:
            for word in (command.name, *texts.words(f"{command.name}.words", language)):
                meanings.setdefault(fold(word), set()).add(command.name)
    assert {word: meant for word, meant in meanings.items() if len(meant) > 1} == {}


def test_of_each_kind_of_entry_it_is_said_who_hears():
    assert set(HEARINGS) == set(What)


def test_each_entry_of_a_history_has_its_line(texts):
    said = {"said", "replied", "noted", "edited", "reworded"}
    lines = {f"history.line_{what}" if what in said else f"history.{what}" for what in HEARINGS}
    assert lines <= every_key(texts)
    spare = {key for key in every_key(texts) if key.startswith("history.")} - lines
    assert spare == {"history.words", "history.help"}, "those of the command"


def test_the_samples_know_what_the_wording_gives_and_nothing_else():
    tree = ast.parse((ROOT / "bot/wording.py").read_text("utf-8"))
    given = {
        key.value
        for each in ast.walk(tree)
        if isinstance(each, ast.Dict)
        for key in each.keys
        if isinstance(key, ast.Constant)
    }
    given |= {
        each.slice.value
        for each in ast.walk(tree)
        if isinstance(each, ast.Subscript)
        and isinstance(each.ctx, ast.Store)
        and isinstance(each.slice, ast.Constant)
    }
    of_events = {  # table keys
        "assigned", "released", "stepped_in", "watched", "unwatched", "resolved", "merged",
        "absorbed",
    }  # fmt: skip
    of_refusals = {"person", "ticket", "near"}  # given by the refusal, made readable there
    assert given - of_events - of_refusals == load_samples().facts
