"""Help articles by another engine: python -m benchmarks.faq_beside semantic, or translated.

The questions and goals are those of `benchmarks/faq.py`; how long one takes depends on the cores.
"""

import sys
import time

from benchmarks.faq_set import Question, Wording, articles, engine_of, questions
from benchmarks.figure import percentile
from bot.knowledge import Engine, beside_words, wordbook

_OFFERED = 3


def main() -> None:
    """Ask all questions that an article answers, and print how often it is found."""
    every = articles()
    asked = [each for each in questions() if each.wording is not Wording.OUT]
    began = time.perf_counter()
    name = sys.argv[1]
    families = name == "translated"  # only articles that nobody has translated need a program
    engine = engine_of(every, beside_words(name, wordbook()), families=families)
    engine.settled()
    print(f"{len(every)} articles taken in after {time.perf_counter() - began:.1f} s")
    known = [each.id for each in every]
    took: list[float] = []
    ranks = [_rank(engine, each, known, took) for each in asked]
    for wording in (None, Wording.PLAIN, Wording.OTHER, Wording.NOISY, Wording.CROSS):
        some = [x for x, each in zip(ranks, asked, strict=True) if wording in (None, each.wording)]
        first = 100 * sum(rank == 0 for rank in some) / len(some)
        found = 100 * sum(rank < _OFFERED for rank in some) / len(some)
        print(f"{wording or 'all'}: P@1 {first:.1f} %, R@3 {found:.1f} %")
    print(f"a question: p50 {percentile(took, 50):.0f} ms, p99 {percentile(took, 99):.0f} ms")


def _rank(engine: Engine, asked: Question, known: list[str], took: list[float]) -> int:
    """The place at which the right article is found, behind all that are offered if it isn't."""
    began = time.perf_counter()
    found = engine.search(asked.text, _OFFERED, language=asked.language)
    took.append((time.perf_counter() - began) * 1000)
    places = [known[index] for index, _ in found]
    return places.index(asked.article) if asked.article in places else _OFFERED


if __name__ == "__main__":
    main()
