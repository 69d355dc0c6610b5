"""Help articles with the extra `semantic`: python -m benchmarks.faq_semantic, where it is there.

The questions and goals are those of `benchmarks/faq.py`; how long one takes depends on the cores.
"""

import time

from benchmarks.faq_set import Question, Wording, articles, engine_of, questions
from benchmarks.figure import percentile
from bot.knowledge import Engine, beside_words

_OFFERED = 3


def main() -> None:
    """Ask all questions that an article answers, and print how often it is found."""
    every = articles()
    asked = [each for each in questions() if each.wording is not Wording.OUT]
    began = time.perf_counter()
    engine = engine_of(every, beside_words("semantic"))
    engine.settled()
    print(f"{len(every)} articles read in {time.perf_counter() - began:.1f} s")
    names = [each.id for each in every]
    took: list[float] = []
    ranks = [_rank(engine, each, names, took) for each in asked]
    for wording in (None, Wording.PLAIN, Wording.OTHER, Wording.NOISY, Wording.CROSS):
        some = [x for x, each in zip(ranks, asked, strict=True) if wording in (None, each.wording)]
        first = 100 * sum(rank == 0 for rank in some) / len(some)
        found = 100 * sum(rank < _OFFERED for rank in some) / len(some)
        print(f"{wording or 'all'}: P@1 {first:.1f} %, R@3 {found:.1f} %")
    print(f"a question: p50 {percentile(took, 50):.0f} ms, p99 {percentile(took, 99):.0f} ms")


def _rank(engine: Engine, asked: Question, names: list[str], took: list[float]) -> int:
    """The place at which the right article is found, behind all that are offered if it isn't."""
    began = time.perf_counter()
    found = engine.search(asked.text, _OFFERED, language=asked.language)
    took.append((time.perf_counter() - began) * 1000)
    places = [names[index] for index, _ in found]
    return places.index(asked.article) if asked.article in places else _OFFERED


if __name__ == "__main__":
    main()
