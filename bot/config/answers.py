"""Reads the operator's ready answers: a file of its own, with a table for each answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.commands import COMMANDS
from bot.commands.answering import step
from bot.config.fill import fill
from bot.config.page import ConfigError, Page, guess
from bot.config.places import Place
from bot.grammar import Grammar
from bot.language import TextError
from bot.model.canned import LONGEST_NAME, VARIABLES, ReadyAnswer, filled, strange
from bot.model.settings import Desk
from bot.ready import variables
from bot.text import Texts, load_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTable:
    """One answer, under its name: its words by language, whose it is, and what goes along."""

    words: dict[str, str]
    team: str = ""
    does: tuple[str, ...] = ()


def read_answers(config: Page) -> tuple[ReadyAnswer, ...]:
    """What the file holds that the config names; none where it names none.

    Every mistake in it is noted beside those of the config, which may have some itself.
    """
    named = _text(config, "answers")
    if named is None:
        return ()
    file = config.folder / Path(named).expanduser()
    try:
        page = Page.open(file)
    except ConfigError as error:
        config.problems += [replace(each, file=str(file)) for each in error.problems]
        return ()
    answers = [
        ReadyAnswer(name.strip(), read.words, read.team, read.does)
        for name, table in page.tables.items()
        if (read := fill(AnswerTable, table, (name,), page)) is not None
    ]
    for place, what, mend in _faults(page.tables, _teams(config), _spoken(config)):
        page.note(place, what, mend)
    config.problems += [replace(each, file=str(file)) for each in page.problems]
    return tuple(answers)


def _text(config: Page, key: str) -> str | None:
    """What the config's table of the desk says for a key, if that is text."""
    desk = config.tables.get("desk")
    value = desk.get(key) if isinstance(desk, dict) else None
    return value if isinstance(value, str) else None


def _teams(config: Page) -> list[str]:
    teams = config.tables.get("teams")
    listed = [each for each in teams if isinstance(each, dict)] if isinstance(teams, list) else []
    named = [name for each in listed if isinstance(name := each.get("name"), str)]
    return named or [each.name for each in Desk().teams]


def _spoken(config: Page) -> Texts:
    own = _text(config, "texts")
    try:
        return load_texts(own=config.folder / Path(own).expanduser() if own else None, whole=False)
    except TextError:  # which is told where the config names them
        return load_texts()


def _faults(
    tables: Mapping[str, object], teams: Sequence[str], texts: Texts
) -> Iterator[tuple[Place, str, str]]:
    """What well-formed answers have wrong: the place, what it is, and the mend."""
    seen: dict[tuple[str, str], str] = {}
    grammar = Grammar(COMMANDS, texts)
    for name, table in tables.items():
        if not isinstance(table, Mapping):
            continue
        team = table.get("team", "")
        if not 0 < len(name.strip()) <= LONGEST_NAME:
            mend = f"give it a name of at most {LONGEST_NAME} characters"
            yield (name,), f'"{name}" is no name for a ready answer', mend
        if isinstance(team, str):
            other = seen.setdefault(ReadyAnswer(name.strip(), {}, team).key, name)
            if other != name:
                yield (name,), f'"{other}" and "{name}" are one name', "keep one of them"
            yield from _of_team((name, "team"), team, teams)
        words = table.get("words")
        yield from _of_words((name, "words"), words, texts) if isinstance(words, Mapping) else ()
        does = table.get("does")
        for at, each in enumerate(does if isinstance(does, list) else ()):
            if isinstance(each, str) and step(grammar, each) is None:
                mend = 'write a command for one ticket, without its reference: "priority high"'
                yield (name, "does", at), f'"{each}" can\'t go along with an answer', mend


def _of_team(place: Place, team: str, known: Sequence[str]) -> Iterator[tuple[Place, str, str]]:
    if team and team not in known:
        near = guess(team, known)
        mend = f'did you mean "{near}"?' if near else f"the teams are {', '.join(known)}"
        yield place, f'there is no team "{team}"', mend


def _of_words(
    place: Place, words: Mapping[str, object], texts: Texts
) -> Iterator[tuple[Place, str, str]]:
    called = variables(texts)
    if not words:
        yield place, "an answer without words", 'add words.en = "…"'
    for language, said in words.items():
        if language not in texts.languages:
            mend = f"the desk speaks {', '.join(texts.languages)}"
            yield (*place, language), f'there are no texts in "{language}"', mend
        if not isinstance(said, str):
            continue
        for each in strange(said, called):
            mend = f"known are {', '.join(f'{{{name}}}' for name in VARIABLES)}"
            yield (*place, language), f"{{{each}}} is no variable", mend
        if not filled(said, called, {}):
            yield (*place, language), "it says nothing by itself", "write words for it"
