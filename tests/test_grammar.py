"""Commands in plain text: which lines are commands, what belongs to them, and what is left."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import COMMANDS
from bot.grammar import Grammar, Script
from bot.language import TextError
from bot.model.person import Role
from bot.model.refused import Refused
from bot.text import load_texts
from bot.voice import lint

steady = settings(derandomize=True, deadline=None)

TEXTS = load_texts()
GRAMMAR = Grammar(COMMANDS, TEXTS)
LINES = st.one_of(
    st.text(max_size=40), st.sampled_from(["", "/claim", "/note it leaks", "/hold IT-1 2h", "word"])
)


def told(script: Script) -> list[tuple[str, str]]:
    return [(line.command.name, line.words) for line in script.lines]


@pytest.mark.parametrize(
    ("text", "lines", "rest"),
    [
        ("/claim", [("claim", "")], ""),
        ("  /claim  ", [("claim", "")], ""),
        ("/CLAIM IT-7", [("claim", "IT-7")], ""),
        ("/tomar\n/prioridad alta", [("claim", ""), ("priority", "alta")], ""),
        ("/claim\n\nHi Ada,\nI come.", [("claim", "")], "Hi Ada,\nI come."),
        ("Hi Ada,\n\n/resolve", [("resolve", "")], "Hi Ada,"),
        ("/reply one\ntwo\n\nthree", [("reply", "one\ntwo")], "three"),
        ("/reply\none\n\ntwo\n/claim", [("reply", "one\n\ntwo"), ("claim", "")], ""),
        ("/note one\n\ntwo", [("note", "one\n\ntwo")], ""),
        ("/note one\n/claim", [("note", "one"), ("claim", "")], ""),
        ("/claim it\nwords", [("claim", "it")], "words"),
        ("a /claim b", [], "a /claim b"),
        ("// comment", [], "// comment"),
        ("https://example.org/claim", [], "https://example.org/claim"),
        ("/etc/passwd is gone", [], "/etc/passwd is gone"),
        ("", [], ""),
    ],
)
def test_an_agents_message_is_split_into_its_commands_and_the_rest(text, lines, rest):
    script = GRAMMAR.read(text, Role.AGENT)
    assert (told(script), script.rest) == (lines, rest)


@pytest.mark.parametrize("language", TEXTS.languages)
def test_each_word_of_a_command_is_one_however_many_it_has(language):
    for command in COMMANDS:
        for word in TEXTS.words(f"{command.name}.words", language):
            line = GRAMMAR.begun(f"{word} IT-7")
            assert line is not None, word
            assert (line.command, line.words) == (command, "IT-7"), word


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("/status", [("status", "")]),
        ("/status IT-7", [("status", "IT-7")]),
        ("/estado [IT-7]", [("status", "IT-7")]),
        ("/language español", [("language", "español")]),
        ("/resolve", [("resolve", "")]),
        ("/resolve it was the cable", [("resolve", "it was the cable")]),
        ("/claim", [("claim", "")]),  # to be refused kindly
        ("/status shows an error", []),
        ("/claim form is missing", []),
        ("/backup is full", []),
        ("/xyzzy", []),
    ],
)
def test_a_requesters_line_is_a_command_only_when_it_is_whole(text, lines):
    script = GRAMMAR.read(text, Role.REQUESTER)
    assert [(name, words.strip("[]")) for name, words in told(script)] == lines
    assert bool(script.rest) is not bool(lines)


def test_every_word_of_every_language_is_known_behind_a_slash() -> None:
    for command in COMMANDS:
        words = [w for each in TEXTS.languages for w in TEXTS.words(f"{command.name}.words", each)]
        for word in (command.name, *words):
            if word.isalpha():  # others, as "?" and "mis casos", are said alone
                (line,) = GRAMMAR.read(f"/{word}", Role.AGENT).lines
                assert (line.command.name, line.word) == (command.name, word)


@pytest.mark.parametrize(
    ("text", "near"),
    [("/clam", ["claim"]), ("/reslove it", ["resolve"]), ("/tomr", ["claim"]), ("/xyzzy", [])],
)
def test_a_mistyped_word_is_refused_with_what_is_near(text: str, near: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        GRAMMAR.read(text, Role.AGENT)
    assert set(near) <= set(refused.value.values["near"])
    assert bool(near) is bool(refused.value.values["near"])


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("status", "status", ""),
        ("Status.", "status", ""),
        ("estado", "status", ""),
        ("¿Cómo va?", "status", ""),
        ("cómo va", "status", ""),
        ("Resuelto!", "resolve", ""),
        ("¡Resuelto!", "resolve", ""),
        ("no resuelto", "reopen", ""),
        ("language español", "language", "español"),
        ("idioma en", "language", "en"),
        ("help", "help", ""),
        ("mis casos", "mine", ""),
        ("status IT-7", "status", "IT-7"),
        ("solved by rebooting", None, ""),
        ("claim", None, ""),
        ("new", None, ""),
        ("status\nof my chair", None, ""),
        ("my status is bad and I have told you so many times, please", None, ""),
        ("", None, ""),
    ],
)
def test_a_requesters_lone_word_is_a_command(text: str, name: str | None, words: str) -> None:
    line = GRAMMAR.plain(text, Role.REQUESTER)
    assert (line and line.command.name) == name
    assert line is None or line.words == words


@steady
@given(st.lists(LINES, max_size=8))
def test_nothing_that_was_written_is_lost_or_invented(lines: list[str]) -> None:
    text = "\n".join(lines)
    script = GRAMMAR.read(text, Role.REQUESTER)
    kept = [script.rest, *(f"/{line.word} {line.words}" for line in script.lines)]
    assert sorted("\n".join(kept).split()) == sorted(text.split())


@steady
@given(st.text(max_size=200), st.sampled_from([Role.REQUESTER, Role.AGENT]))
def test_no_words_break_it(text: str, role: Role) -> None:
    with suppress(Refused):
        GRAMMAR.read(text, role)
    line = GRAMMAR.plain(text, role)
    assert line is None or line.command.role <= role


@pytest.mark.parametrize("language", TEXTS.languages)
def test_a_command_without_words_is_named_with_the_file_that_lacks_them(language: str) -> None:
    texts = load_texts()
    del texts.sources[language]["hold.words"]
    with pytest.raises(TextError, match=rf"{language}.command\.toml: .*'hold'.* add hold\.words"):
        Grammar(COMMANDS, texts)


def test_what_a_command_needs_of_each_language_is_missed_by_the_check() -> None:
    texts, needed = load_texts(), ["hold.help", "hold.words", "parameter.until"]
    for language in texts.languages:
        for key in needed:
            del texts.sources[language][key]
    missed = [each for each in lint(texts) if "a command needs it" in each.what]
    assert sorted((each.language, each.key) for each in missed) == [
        (language, key) for language in texts.languages for key in needed
    ]
    assert all(f"{each.language}/command.toml" in each.what for each in missed)


@pytest.mark.parametrize("count", [1, 50])
def test_many_lines_cost_little(count: int) -> None:
    text = "\n".join(["/note " + "x" * 50, "y" * 60] * count * 20)
    assert len(GRAMMAR.read(text, Role.AGENT).lines) == count * 20
