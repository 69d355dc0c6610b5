"""The set of what people repeat is sound, or its figures would say nothing."""

from benchmarks.faq_repeated_set import LANGUAGES, TAUGHT, matters, others
from bot.model.fold import fold

MATTERS, EACH, OUT = 40, 30, 100


def test_each_matter_has_its_article_and_is_asked_as_often_in_each_language():
    assert len(matters()) == MATTERS
    for matter in matters():
        assert matter.articles.keys() == set(LANGUAGES)
        assert all(each.title and len(each.body) > 200 for each in matter.articles.values())
        for language in LANGUAGES:
            asked = {fold(each.text) for each in matter.questions(language)}
            assert len(asked) == len(matter.questions(language)) == EACH > TAUGHT, matter.name


def test_nothing_is_asked_of_two_matters_or_of_none_as_well():
    asked = [(each.language, fold(each.text)) for matter in matters() for each in matter.asked]
    out = [(each.language, fold(each.text)) for each in others()]
    assert len({*asked, *out}) == len(asked) + len(out)
    assert {language: sum(x == language for x, _ in out) for language in LANGUAGES} == {
        "es": OUT,
        "en": OUT,
    }
