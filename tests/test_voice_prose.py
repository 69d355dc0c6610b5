"""Prose, measured: sentences, words, syllables and reading ease, against counts made by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.voice.lexicon import load_voice, phrases, plain
from bot.voice.prose import Ease, Syllables, sentences, unquoted, words

SPANISH = """
    a-quí es-cri-be per-so-na dí-a pa-ís ciu-dad viu-da le-er a-é-re-o guí-a pin-güi-no que-so
    gue-rra buey muy hoy y rey re-yes a-yer cons-tru-yó es-táis con-ti-nua-ción res-pon-de
    con-tra-se-ña im-pre-so-ra so-lu-cio-na-do pro-hí-be bú-ho vi-ví-ais cuan-do ha-cia ha-cí-a
    te-ó-ri-co a-ho-ra
"""
ENGLISH = {
    1: "the here solved writes used seen queue once asked through comes who're strength",
    2: "people table moment opened needed pages something reading answer being idea's quiet over",
    3: "somebody reference video radio another suggestion actual animal following important",
    4: "information experience operator communicate geography",
    5: "opportunity university communication international immediately",
}  # fmt: skip


VOICE = load_voice()


def counted(language: str) -> Syllables:
    return VOICE.languages[language].syllables


@pytest.mark.parametrize("hyphened", SPANISH.split())
def test_spanish_syllables_are_counted_exactly(hyphened):
    assert counted("es").of(hyphened.replace("-", "")) == len(hyphened.split("-"))


def test_english_syllables_are_counted_near_enough():
    both = {
        word: (counted("en").of(word), count)
        for count, listed in ENGLISH.items()
        for word in listed.split()
    }
    wrong = {word: pair for word, pair in both.items() if pair[0] != pair[1]}
    assert len(wrong) <= len(both) // 20, wrong


def test_a_sentence_ends_with_its_mark_or_its_line():
    text = (
        "We have it. Is it urgent? Answer here\nThe desk opens at 09:00…\n\n- one step\n2. another"
    )
    assert sentences(text) == [
        "We have it.",
        "Is it urgent?",
        "Answer here",
        "The desk opens at 09:00…",
        "one step",
        "another",
    ]


def test_a_time_a_reference_and_a_contraction_are_one_word_each():
    assert words("Don't open IT-42 before 09:00, Ana.") == [
        "Don't", "open", "IT-42", "before", "09:00", "Ana",
    ]  # fmt: skip


def test_what_others_said_is_left_out():
    text = "You wrote “one two three” and «cuatro cinco».\n> six seven\nNine."
    assert unquoted(text) == "You wrote … and ….\n…\nNine."


def test_the_ease_is_the_formula_worked_out_by_hand():
    ease = Ease(206.835, 1.015, 84.6)
    assert ease.of("The cat sat. The dog ran on.", counted("en")) == pytest.approx(
        206.835 - 1.015 * 7 / 2 - 84.6 * 7 / 7
    )
    assert Ease(206.84, 1.02, 60).of("La impresora ya imprime.", counted("es")) == pytest.approx(
        206.84 - 1.02 * 4 - 60 * 9 / 4
    )


@pytest.mark.parametrize(
    ("language", "easy", "hard"),
    [
        (
            "en",
            "We have your message. Leo sees it next and writes to you here.",
            "Your communication has been allocated to an appropriate department for evaluation.",
        ),
        (
            "es",
            "Tenemos tu mensaje. Leo lo ve ahora y te escribe aquí.",
            "Su comunicación será posteriormente evaluada por el departamento correspondiente.",
        ),
    ],
)
def test_plain_words_read_easier_than_office_words(language, easy, hard):
    lexicon = VOICE.languages[language]
    assert lexicon.ease.of(easy, lexicon.syllables) > 80
    assert lexicon.ease.of(hard, lexicon.syllables) < 40


def test_a_text_without_words_is_as_easy_as_can_be():
    assert Ease(100, 1, 1).of("42 · 09:00", counted("en")) == 100


@given(st.text(max_size=200), st.sampled_from(["en", "es"]))
def test_whatever_is_measured_has_at_least_a_syllable_a_word(text, language):
    assert all(counted(language).of(word) >= 1 for word in words(text))
    assert Ease(200, 1, 60).of(text, counted(language)) <= 200


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("cola", "Está en la COLA.", True),
        ("cola", "Un bar de colas", False),
        ("colas", "protocolas", False),
        ("escalat*", "We escalated it", True),
        ("as soon as possible", "as soon\nas possible", True),
        ("próximamente", "proximamente", True),
        ("can't", "We can’t", True),
        ("?", "Is it?", True),
        ("/*", "Answer /reopen", True),
    ],
)
def test_a_phrase_is_found_whatever_its_accents_case_and_line_breaks(phrase, text, found):
    assert bool(phrases([phrase]).search(plain(text))) is found


def test_no_phrases_find_nothing():
    assert phrases([]).search("") is None
