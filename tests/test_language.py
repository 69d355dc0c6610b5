"""Which language a short text is in, measured on what people write to a help desk."""

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.language import detect

BOTH = ("es", "en")
EXAMPLES = Path(__file__).parent / "examples"


def examples(name: str) -> list[tuple[str | None, str]]:
    written = (EXAMPLES / f"{name}.txt").read_text("utf-8").splitlines()
    lines = [line.partition(" | ") for line in written if not line.startswith("#")]
    return [(None if label == "-" else label, text) for label, _, text in lines]


@pytest.mark.parametrize(("language", "text"), examples("languages"))
def test_a_few_words_tell_the_language(language: str | None, text: str) -> None:
    assert detect(text, BOTH) == language


def test_the_words_hold_for_texts_they_were_not_chosen_for() -> None:
    held_out = list(examples("held_out_languages"))
    right = sum(detect(text, BOTH) == language for language, text in held_out)
    assert right / len(held_out) >= 0.95


def test_a_language_that_the_desk_does_not_speak_is_never_the_answer() -> None:
    assert detect("no me va el correo", {"en"}) is None
    assert detect("my mail is stuck", {"es"}) is None
    assert detect("my mail is stuck", ()) is None


def test_a_pasted_error_message_does_not_change_the_language() -> None:
    error = '"The operation could not be completed because the server is not available"'
    assert detect(f"al entrar me dice {error}", BOTH) == "es"
    assert detect("it says «No se ha podido completar la operación solicitada»", BOTH) == "en"


@given(st.text())
def test_it_answers_with_a_language_of_the_desk_or_says_that_it_is_unsure(text: str) -> None:
    assert detect(text, BOTH) in (*BOTH, None)
    assert detect(text, {"en"}) in ("en", None)


@given(st.sampled_from([text for _, text in examples("languages")]))
def test_capitals_and_decomposed_accents_do_not_matter(text: str) -> None:
    assert detect(text.upper(), BOTH) in (detect(text, BOTH), None)
    assert detect(unicodedata.normalize("NFD", text), BOTH) == detect(text, BOTH)


@pytest.mark.parametrize("piece", ["a", "la ", '"', "`", "a@", "é ", "A-"])
def test_a_megabyte_takes_no_time(piece: str) -> None:
    text = (piece * 1_000_000)[:1_000_000]
    began = time.process_time()
    detect(text, BOTH)
    assert time.process_time() - began < 0.2
