"""What is set right by training: found after it, forgotten with it, and the same in any order."""

from random import Random

import pytest

from benchmarks.faq_repeated import held_out, taught
from benchmarks.faq_repeated_set import TAUGHT, matters
from bot.knowledge import Engine
from bot.knowledge.correction import ENOUGH, seen, trained

SPOKEN = ("en",)


@pytest.fixture(scope="module")
def links() -> list[tuple[str, int]]:
    """What people asked, and the place of the article that answers it."""
    return [
        (each.text, place)
        for place, matter in enumerate(matters())
        for each in matter.questions("en")[:TAUGHT]
    ]


def learned(links: list[tuple[str, int]]) -> Engine:
    engine = taught(SPOKEN, 0)
    for text, place in links:
        engine.learn(text, place)
    engine.fit()
    return engine


def first(engine: Engine, text: str) -> int:
    return engine.search(text, 1)[0][0]


def test_training_finds_more_than_likeness_alone(links):
    engine = taught(SPOKEN, 0)
    for text, place in links:
        engine.learn(text, place)
    asked = held_out(SPOKEN)
    alone = sum(first(engine, each.text) == place for place, each in asked)
    engine.fit()
    trained_too = sum(first(engine, each.text) == place for place, each in asked)
    assert trained_too > alone + len(asked) // 50


def test_it_is_the_same_in_whatever_order_it_was_learned(links):
    some = links[: 8 * TAUGHT]
    turned = Random(3).sample(some, len(some))  # noqa: S311 - the same order at each run
    one, other = learned(some), learned(turned)
    for _, each in held_out(SPOKEN)[:80]:
        assert dict(other.search(each.text, 5)) == pytest.approx(dict(one.search(each.text, 5)))


def test_what_is_unlearned_is_corrected_no_more(links):
    some = links[: 4 * TAUGHT]
    engine, blank = learned(some), taught(SPOKEN, 0)
    for place in range(4):
        engine.unlearn(place)
    for text, _ in some:
        assert dict(engine.search(text, 3)) == pytest.approx(dict(blank.search(text, 3)))


def test_what_is_unlearned_while_it_is_being_fitted_is_not_corrected_either(links):
    engine = taught(SPOKEN, 0)
    for text, place in links[: 4 * TAUGHT]:
        engine.learn(text, place)

    class Turn:
        """Somebody unlearns an article between the first turn and the second."""

        def __enter__(self) -> None: ...

        def __exit__(self, *_: object) -> None:
            if engine.why(links[0][0]).learned:
                engine.unlearn(0)

    engine.fit(Turn())
    scores = [engine.search(text, 3) for text, place in links[:TAUGHT]]
    engine.unlearn(0)
    assert [engine.search(text, 3) for text, place in links[:TAUGHT]] == scores


def test_too_few_questions_correct_nothing():
    example = (("jam", "printer"), 1.0)
    few = [seen(example, 0, {0: 0.1, 1: 0.9}, {})] * (ENOUGH - 1)
    assert trained(few, 1.0).scores(("jam", "printer")) == {}
    more = [*few, seen((("jam",), 1.0), 1, {0: 0.1, 1: 0.9}, {})]
    assert trained(more, 1.0).scores(("jam", "printer"))[0] > 0


def test_what_was_linked_against_an_article_speaks_against_it():
    against = (("jam", "printer"), -1.0)
    known = [seen(against, 0, {0: 0.9, 1: 0.1}, {})] * ENOUGH
    assert trained(known, 1.0).scores(("jam", "printer"))[0] < 0
