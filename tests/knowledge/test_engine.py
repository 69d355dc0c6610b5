"""The engine of help articles: what it finds, and that it holds whatever it is given."""

from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import Engine

PASSWORD = {"title": "Restablecer la contraseña", "body": "Abre tu cuenta.", "language": "es"}
PRINTER = {"title": "Add a printer", "body": "Open the settings.", "language": "en"}
LEAVE = {"title": "Ask for a day off", "body": "Tell the team early.", "language": "en"}
ARTICLES = (PASSWORD, PRINTER, LEAVE)

words = st.sampled_from(["printer", "printers", "wifi", "day", "contraseña", "🖨️", "a", "cuenta"])
texts = st.lists(words, max_size=6).map(" ".join)
documents = st.fixed_dictionaries(
    {"title": texts, "body": texts, "language": st.sampled_from(["es", "en", "fr"])},
    optional={"tags": st.lists(words, max_size=3)},
)


def first(engine: Engine, query: str) -> int | None:
    found = engine.search(query, 1)
    return found[0][0] if found else None


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("restablezco contraseñas", 0),
        ("contrasenya", 0),  # no such word, but most of one
        ("PRINTERS", 1),
        ("pirnter", 1),
        ("days", 2),
    ],
)
def test_an_article_is_found_in_other_forms_and_with_slips(query, index):
    assert first(Engine(ARTICLES), query) == index


def test_what_shares_nothing_finds_nothing():
    assert Engine(ARTICLES).search("zzzz") == []


def test_only_what_is_allowed_is_found():
    engine = Engine((PRINTER, PRINTER))
    assert [index for index, _ in engine.search("printer", allowed={1}.__contains__)] == [1]


@settings(max_examples=60)
@given(st.lists(documents, max_size=5), st.lists(documents, max_size=5), texts)
def test_what_was_changed_is_as_if_built_so(before, after, query):
    changed = Engine(before)
    for index in range(len(before)):
        changed.remove(index)
    for index, document in enumerate(after):
        changed.put(index, document)
    assert changed.search(query, 9) == Engine(after).search(query, 9)


@settings(max_examples=100)
@given(st.text(), st.text())
def test_any_text_is_safe(title, query):
    engine = Engine([{"title": title, "body": query, "language": ""}])
    assert all(isfinite(score) and score > 0 for _, score in engine.search(query))


def test_a_very_long_question_is_read_in_part():
    engine = Engine(ARTICLES)
    assert first(engine, "printer " * 12_500) == 1
    assert engine.search("x" * 100_000) == []
