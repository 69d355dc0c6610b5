"""The set by which help articles will be measured is sound, or its figures would say nothing."""

from collections import Counter

from benchmarks.faq_set import Wording, articles, questions
from bot.model.fold import fold

LEAST_ARTICLES, LEAST_QUESTIONS = 150, 1_500
ARTICLES, QUESTIONS = articles(), questions()
KNOWN = {each.id: each for each in ARTICLES}


def test_it_is_large_enough_and_no_article_is_there_twice():
    assert len(KNOWN) == len(ARTICLES) >= LEAST_ARTICLES
    assert len(QUESTIONS) >= LEAST_QUESTIONS
    assert len({fold(each.text) for each in QUESTIONS}) == len(QUESTIONS)
    assert len({(each.language, fold(each.title)) for each in ARTICLES}) == len(ARTICLES)


def test_each_question_has_its_article_and_what_nothing_answers_has_none():
    for each in QUESTIONS:
        assert (each.wording is Wording.OUT) is not bool(each.article)
        if each.article:
            same = KNOWN[each.article].language == each.language
            assert same is (each.wording is not Wording.CROSS), each.text


def test_what_is_asked_across_has_no_article_in_its_own_language():
    across = [each.article for each in QUESTIONS if each.wording is Wording.CROSS]
    assert all(KNOWN[each].translates == "" for each in across)


def test_translations_name_each_other():
    for each in ARTICLES:
        if each.translates:
            other = KNOWN[each.translates]
            assert (other.translates, other.language != each.language) == (each.id, True)


def test_both_languages_and_every_wording_are_asked_as_much():
    counts = Counter((each.language, each.wording) for each in QUESTIONS)
    for wording in Wording:
        es, en = counts["es", wording], counts["en", wording]
        assert min(es, en) >= 0.9 * max(es, en) > 0
    assert Counter(each.language for each in ARTICLES).keys() == {"es", "en"}
    asked = {each.article for each in QUESTIONS}
    assert asked >= KNOWN.keys()
