"""The words of concepts, by which an article is found by others than its own."""

from collections import Counter
from collections.abc import Iterator

import pytest

from bot.knowledge import wordbook
from bot.knowledge.words import stems
from bot.language import CONCEPTS, tables
from bot.model.fold import fold

MOST_WORDS = 25  # for one concept
MOST_CONCEPTS = 3  # for one word
LEXICON = tables(CONCEPTS)


def entries(language: str) -> Iterator[tuple[str, list[str]]]:
    """Each concept of a language with its words."""
    for theme, concepts in LEXICON[language].items():
        for name, words in concepts.items():
            yield f"{theme}.{name}", words.split(", ")


def test_each_language_knows_the_same_concepts() -> None:
    known = [[key for key, _ in entries(language)] for language in sorted(LEXICON)]
    assert len(known) > 1
    assert all(keys == known[0] for keys in known)
    assert len(known[0]) > 100


def test_a_concept_stands_under_one_theme() -> None:
    names = Counter(key.rpartition(".")[2] for key, _ in entries("en"))
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("language", sorted(LEXICON))
def test_a_concept_has_a_few_words_in_lower_case(language: str) -> None:
    wrong = [
        (key, word)
        for key, words in entries(language)
        for word in words
        if word != word.strip().lower() or not stems(word, language)
    ]
    assert wrong == []
    assert [key for key, words in entries(language) if len(words) > MOST_WORDS] == []


@pytest.mark.parametrize("language", sorted(LEXICON))
def test_no_word_stands_twice_behind_a_concept(language: str) -> None:
    twice = [
        (key, word)
        for key, words in entries(language)
        for word, times in Counter(map(fold, words)).items()
        if times > 1
    ]
    assert twice == []


@pytest.mark.parametrize("language", sorted(LEXICON))
def test_a_word_stands_for_few_concepts(language: str) -> None:
    """Else it tells nothing; a word is known by its stem."""
    concepts = Counter(
        stem
        for _, words in entries(language)
        for stem in {tuple(stems(word, language)) for word in words}
    )
    assert [stem for stem, times in concepts.items() if times > MOST_CONCEPTS] == []


def meant(text: str, language: str) -> dict[str, float]:
    book = wordbook()
    return book.meant(book.said(text, language), language)


@pytest.mark.parametrize("language", sorted(LEXICON))
def test_every_word_of_a_concept_means_it(language: str) -> None:
    """Those of words that else say little, too: "no funciona", "how long"."""
    lost = [
        (key, word) for key, words in entries(language) for word in words
        if key not in meant(word, language)
    ]  # fmt: skip
    assert lost == []


def test_a_phrase_is_heard_whatever_little_words_stand_in_it() -> None:
    assert "accounts.forgot_password" in meant("I forgot the password", "en")


def test_a_phrase_is_other_than_the_one_word_of_it_that_says_something() -> None:
    assert "accounts.access_denied" in meant("there is no access", "en")
    assert "accounts.access_denied" not in meant("access to the building", "en")


def test_a_word_for_several_concepts_is_shared_out() -> None:
    assert meant("passcode", "en") == {"accounts.password": 0.5, "accounts.code": 0.5}


def test_a_desks_own_words_are_added(tmp_path) -> None:
    own = tmp_path / "en" / "concepts.toml"
    own.parent.mkdir()
    own.write_text('[printing]\nprinter = "big bertha"\n[ours]\nfair = "book fair"\n', "utf-8")
    found = tables(CONCEPTS, tmp_path)
    assert (
        found["en"]["printing"]["printer"] == f"{LEXICON['en']['printing']['printer']}, big bertha"
    )
    assert found["en"]["ours"] == {"fair": "book fair"}
    assert found["es"] == LEXICON["es"]
