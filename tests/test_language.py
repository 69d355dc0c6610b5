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
LANGUAGES = load_ear().languages  # hypothesis asks for it once, not for each example
detect, heard = LANGUAGES.detect, LANGUAGES.heard


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
def test_a_megabyte_is_read_once(piece: str) -> None:
    text = (piece * 1_000_000)[:1_000_000]
    began = time.thread_time()
    detect(text)
    assert time.thread_time() - began < 2  # what looks back again and again takes minutes


FEW = [(language, text) for language, text in examples("languages") if language]


@pytest.mark.parametrize(
    "text", ["status page shows red", "red cross portal", "no red light", "la nina", "vpn", "cable"]
)
def test_a_word_or_two_do_not_overturn_what_is_known_of_somebody(text: str) -> None:
    assert heard(("en",), text) in ("en", None)


@pytest.mark.parametrize(
    ("known", "text", "language"),
    [
        ("en", "no me va la VPN", "es"),
        ("en", "mi laptop no va", "es"),
        ("es", "my laptop is broken", "en"),
        ("es", "please reset my password", "en"),
        ("en", "contraseña olvidada, please help", None),
        ("es", "vpn down", None),
        ("en", "Hoy se ha roto la red y nadie puede trabajar", "es"),
        ("es-MX", "vpn down", None),
        ("fr", "vpn down", "en"),
        ("", "vpn down", "en"),
    ],
)
def test_several_words_of_another_language_alone_do(known, text, language) -> None:
    assert heard((known,), text) == language


@given(st.sampled_from(FEW), st.sampled_from(SPOKEN))
def test_few_words_never_lead_away_from_ones_own_language(said, known) -> None:
    language, text = said
    found = heard((known, language), text)
    assert found in (detect(text), None)
    if language == known:
        assert found in (known, None)


@given(st.lists(st.sampled_from(["red", "la", "no", "status", "page", "is", "the"]), max_size=5))
def test_a_word_of_ones_own_keeps_one_in_it(words: list[str]) -> None:
    assert heard(("en",), " ".join(["the", *words][:5])) in ("en", None)
