"""The terms of a matter: the same words come to the same terms, and nothing else does."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ear import load_ear
from bot.model.fold import fold
from bot.model.terms import MOST, ranked, rarest, terms, weights

KNOWN = load_ear().wordlist
WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=20)


@pytest.mark.parametrize(
    "said",
    [
        "printer printers Printer PRINTERS",
        "impresora impresoras Impresora",
        "atasca atasco atascada atascado atascos atascan",
        "jam jams jammed jamming",
        "conecta conectar conectan conectado conectando",
        "connect connects connected connecting connection",
        "batería baterias bateria BATERÍAS",
        "monitor monitores monitors",
        "battery batteries",
        "lento lenta lentos lentas lentamente",
        "update updates updated updating",
        "instalar instalado instalación instalaciones install installed installing",
    ],
)
def test_the_forms_of_a_word_are_one_term(said):
    assert len({*terms(KNOWN, said)}) == 1, terms(KNOWN, said)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Error 0x80070005 at the start", ("0x80070005",)),
        ("ORA-12154: could not resolve", ("ora-12154",)),
        ("KB5005565 and Win10", ("kb5005565", "win10")),
        ("no ping to 10.2.0.17", ("10.2.0.17",)),
        ("code 619", ("619",)),
    ],
)
def test_numbers_and_codes_stay_whole(said, kept):
    found = terms(KNOWN, said)
    assert [each for each in kept if each not in found] == []


@pytest.mark.parametrize(
    "said",
    [
        "since 10:30, on 2026-11-22 and 3/4",
        "Hi, please help me, it doesn't work any more. Thanks!",
        "Hola, buenos días: no me funciona, necesito ayuda. Gracias",
        "https://example.org/printer and ada.lin@example.org",
        "⟦password·a1b2⟧ ⟦card⟧",
        "",
    ],
)
def test_what_tells_nothing_of_a_matter_is_no_term(said):
    assert terms(KNOWN, said) == ()


def test_nobodys_name_is_a_term_of_theirs():
    said = "The projector again. Ada Lovelace"
    assert terms(KNOWN, said, but=["Ada Lovelace"]) == terms(KNOWN, "The projector")
    assert len(terms(KNOWN, said)) > 1


@given(st.text(max_size=300))
def test_whatever_is_said_has_terms_that_are_words_without_accents_and_capitals(said):
    for each in terms(KNOWN, said):
        assert each == fold(each)
        assert 2 <= len(each) <= 40
        assert not re.search(r"[\s⟦⟧@]", each)


@given(st.lists(WORD, min_size=1, max_size=8))
def test_capitals_accents_and_repetition_change_nothing(words):
    said = " ".join(words)
    accented = said.upper().replace("A", "Á")
    assert terms(KNOWN, said) == terms(KNOWN, accented) == terms(KNOWN, said, said)


@given(
    WORD,
    st.sampled_from(["password", "card", "token"]),
    st.text("0123456789abcdef", min_size=4, max_size=4),
)
def test_a_hidden_secret_leaves_no_term(word, kind, digest):
    mark = f"⟦{kind}·{digest}⟧"
    assert terms(KNOWN, f"{word} {mark}") == terms(KNOWN, word)


@given(st.dictionaries(WORD, st.integers(0, 50), max_size=40))
def test_the_rarest_are_kept(counts):
    kept = rarest(counts, MOST)
    assert len(kept) == min(MOST, len(counts))
    others = [counts[each] for each in counts if each not in kept]
    assert all(counts[each] <= least for each in kept for least in others)


@given(st.dictionaries(WORD, st.integers(0, 1000), min_size=2, max_size=12))
def test_what_shares_more_is_never_less_alike(counts):
    weighed, words = weights(counts, 1000), sorted(counts)
    assert all(each >= 0 for each in weighed.values())
    order = ranked(weighed, {1: words[:2], 2: words})
    assert order[0] == 2
    assert 1 not in order[:1]


def test_one_word_in_common_is_not_enough_but_for_a_code():
    assert ranked({"printer": 5.0}, {1: ["printer"]}) == []
    assert ranked({"0x80070005": 5.0}, {1: ["0x80070005"]}) == [1]


def test_the_same_team_comes_first_and_then_the_newest():
    weighed = {"printer": 2.0, "jam": 2.0}
    both = ["printer", "jam"]
    assert ranked(weighed, {1: both, 2: both, 3: both}) == [3, 2, 1]
    assert ranked(weighed, {1: both, 2: both, 3: both}, near={1}) == [1, 3, 2]


def test_below_a_part_of_its_weight_there_is_silence():
    weighed = {"printer": 1.0, "floor": 1.0, "toner": 4.0, "magenta": 4.0}
    assert ranked(weighed, {1: ["printer", "floor"], 2: ["toner", "printer"]}) == [2]
