"""Ready answers: their variables are filled, and leave no trace where there is nothing to fill."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.canned import VARIABLES, ReadyAnswer, filled, joined, parted, strange

CALLED = {each: each for each in VARIABLES} | {"nombre": "name", "referencia": "reference"}
KNOWN = {"name": "Ada", "reference": "IT-42", "summary": "No VPN", "agent": "Leo Prats"}
MARKS = ("", ",", ".", "!", "?", ":")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Hi {name}, try again.", "Hi Ada, try again."),
        ("Hola, {nombre}: va en {referencia}.", "Hola, Ada: va en IT-42."),
        ("Hi { NAME }!", "Hi Ada!"),
        ("{agent} looks into “{summary}”.", "Leo Prats looks into “No VPN”."),
        ('Send {"a": 1} as {} is', 'Send {"a": 1} as {} is'),
    ],
)
def test_variables_are_filled_in_each_language_s_words(words, said):
    assert filled(words, CALLED, KNOWN) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Hi {name}, try again.", "Hi, try again."),
        ("Hola, {nombre}:", "Hola:"),
        ("¡Hola {nombre}!", "¡Hola!"),
        ("¿Sigues ahí, {nombre}?", "¿Sigues ahí?"),
        ("¿{nombre}, puedes probar?", "¿Puedes probar?"),
        ("{name}, could you try?", "Could you try?"),
        ("Thanks. {name}, could you try?", "Thanks. Could you try?"),
        ("Thanks {name} for waiting", "Thanks for waiting"),
        ("Yes, {name}, it works.", "Yes, it works."),
        ("For you ({name}): a link", "For you: a link"),
        ("It is {name} .", "It is."),
        ("{name}\n\nTry again.", "Try again."),
        ("Hello, {name}\n\nTry again.", "Hello\n\nTry again."),
        ("One.\n\n{name}\n\nTwo.", "One.\n\nTwo."),
        ("{name}", ""),
    ],
)
def test_where_no_first_name_is_known_the_sentence_is_good_all_the_same(words, said):
    assert filled(words, CALLED, {"name": ""}) == said


def sentences() -> st.SearchStrategy[str]:
    variable = st.sampled_from([f"{{{each}}}" for each in CALLED])
    word = st.sampled_from(["Hola", "we", "try", "it", "ña"]) | variable
    marked = st.tuples(word, st.sampled_from(MARKS)).map("".join)
    opened = st.tuples(st.sampled_from(["", "", "¿", "(", "“"]), marked).map("".join)
    return st.lists(st.lists(opened, min_size=1).map(" ".join), min_size=1).map("\n".join)


@given(words=sentences(), empty=st.sets(st.sampled_from(VARIABLES)))
def test_nothing_shows_that_a_variable_was_empty(words, empty):
    said = filled(words, CALLED, {each: "" if each in empty else "Xi" for each in VARIABLES})
    assert "{" not in said
    assert "}" not in said
    assert "  " not in said
    assert not re.search(r"[ \t][,.!?:]", said)
    assert not re.search(r"^[,]", said, re.MULTILINE)
    assert not re.search(r"[ \t]$", said, re.MULTILINE)
    assert said == said.strip()


@given(words=sentences())
def test_no_value_is_read_for_variables_again(words):
    said = filled(words, CALLED, dict.fromkeys(VARIABLES, "{name}"))
    assert said.count("{name}") == len(re.findall(r"\{\w+\}", words))


def test_what_is_no_variable_is_named_once():
    assert strange("{name} {nmae} {the name} {nmae} {a:1}", CALLED) == ["nmae", "the name"]


@pytest.mark.parametrize(
    ("text", "words", "does"),
    [
        ("Try again.", "Try again.", None),
        ("Try again.\n+ priority high\n+resolve", "Try again.", ("priority high", "resolve")),
        ("Try again.\n+", "Try again.", ()),
        ("+1 for that\nTry again.", "+1 for that\nTry again.", None),
        ("+ resolve", "", ("resolve",)),
    ],
)
def test_what_else_it_does_stands_below_the_words(text, words, does):
    assert parted(text) == (words, does)


def test_it_is_written_as_it_is_read():
    assert parted(joined("Try again.", ("resolve",))) == ("Try again.", ("resolve",))


def test_it_is_known_without_case_and_accents_and_speaks_what_is_wished_first():
    answer = ReadyAnswer("Contraseña", {"en": "New password", "es": "Otra"}, "it")
    assert answer.key == ("it", "contrasena")
    assert [answer.language("es"), answer.language("pt", "es"), answer.language()] == [
        "es", "es", "en",
    ]  # fmt: skip
