"""Which language a short text is in, measured on what people write to a help desk."""

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ear import load_ear
from bot.model.language import Languages, Marks
from bot.text import load_texts

EXAMPLES = Path(__file__).parent / "examples"
SPOKEN = load_texts().languages
detect = load_ear().languages.detect  # hypothesis asks for it once, not for each example


def examples(name: str) -> list[tuple[str | None, str]]:
    written = (EXAMPLES / f"{name}.txt").read_text("utf-8").splitlines()
    lines = [line.partition(" | ") for line in written if not line.startswith("#")]
    return [(label if label in SPOKEN else None, text) for label, _, text in lines]


@pytest.mark.parametrize(("language", "text"), examples("languages"))
def test_a_few_words_tell_the_language(language: str | None, text: str) -> None:
    assert detect(text) == language


def test_the_words_hold_for_texts_they_were_not_chosen_for() -> None:
    held_out = list(examples("held_out_languages"))
    right = sum(detect(text) == language for language, text in held_out)
    assert right / len(held_out) >= 0.95


def test_a_language_that_the_desk_does_not_speak_is_never_the_answer() -> None:
    assert Languages({}).detect("my mail is stuck") is None


def test_a_language_is_told_by_its_words_endings_and_signs() -> None:
    marks = {"es": Marks(["la"], ["mail"], ["cion"], "ñ"), "en": Marks(["the", "isn't"])}
    languages = Languages(marks, ["ne", "the"])
    assert languages.detect("la") == "es"
    assert languages.detect("Ñ", "ñandú") == "es"
    assert languages.detect("reunión urgente") is None
    assert languages.detect("estación") == "es"
    assert languages.detect("it isnt") == "en"
    assert languages.detect("the mail isn’t", "") == "en"
    assert languages.detect("mail") == "es"
    assert languages.detect("la ne") is None
    assert languages.detect("the") is None, "it is as much a foreign one"


def test_it_does_not_matter_in_how_many_parts_a_message_comes() -> None:
    for _, text in examples("languages"):
        assert detect(*text.split(" ", 1)) == detect(text.replace(" ", "\n\n", 1))


def test_a_pasted_error_message_does_not_change_the_language() -> None:
    error = '"The operation could not be completed because the server is not available"'
    assert detect(f"al entrar me dice {error}") == "es"
    assert detect("it says «No se ha podido completar la operación solicitada»") == "en"


@given(st.text())
def test_it_answers_with_a_language_of_the_desk_or_says_that_it_is_unsure(text: str) -> None:
    assert detect(text) in (*SPOKEN, None)


@given(st.sampled_from([text for _, text in examples("languages")]))
def test_capitals_and_decomposed_accents_do_not_matter(text: str) -> None:
    assert detect(text.upper()) in (detect(text), None)
    assert detect(unicodedata.normalize("NFD", text)) == detect(text)


@pytest.mark.parametrize("piece", ["a", "la ", '"', "`", "a@", "é ", "A-"])
def test_a_megabyte_takes_no_time(piece: str) -> None:
    text = (piece * 1_000_000)[:1_000_000]
    began = time.process_time()
    detect(text)
    assert time.process_time() - began < 0.2
