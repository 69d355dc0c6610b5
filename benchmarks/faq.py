"""Help articles: how often the one that answers is found, in two languages, and what it costs."""

import time
import tracemalloc
from collections.abc import Iterator
from random import Random

from benchmarks.faq_links import linked, paired, silent
from benchmarks.faq_set import Article, Question, Wording, articles, engine_of, questions
from benchmarks.figure import LONG, QUICK, Figure, Scale, at_least, at_most, percentile
from bot.knowledge import Engine

_OFFERED = 3
_SIZES = (1_000, 10_000, 100_000)
_SLOWEST = {1_000: 8, 10_000: 20}  # ms
_MOST = {1_000: 80, 10_000: 500}  # MB
_BUILT = 10  # s, for up to 10,000
_LOOKED = 300  # questions that are timed
_SENTENCES = 8  # in the body of a made-up article


def measure(scale: Scale) -> Iterator[Figure]:
    """The questions of `benchmarks/faq`, and articles mixed of those for the sizes."""
    every, asked = articles(), questions()
    answered = [each for each in asked if each.wording is not Wording.OUT]
    yield from _mixed(every, answered)
    for language in ("es", "en"):
        own = [each for each in every if each.language == language]
        yield from _by_wording(language, own, [q for q in answered if q.language == language])
    yield from paired(every, answered)
    yield from linked(every, answered)
    yield from silent(every, asked)
    for size in _SIZES[: _sizes(scale)]:
        yield from _costs(size, every, answered)


def _sizes(scale: Scale) -> int:
    """How many of them are measured: the largest in long rounds alone."""
    return {QUICK.rounds: 1, LONG.rounds: 3}.get(scale.rounds, 2)


def _mixed(every: list[Article], asked: list[Question]) -> Iterator[Figure]:
    first, offered = _hits(engine_of(every), every, asked)
    yield at_least("faq: both languages, P@1", first, "%", 25)
    yield at_least("faq: both languages, R@3", offered, "%", 42)
    crossing = [each for each in asked if each.wording is Wording.CROSS]
    yield at_least("faq: other language, P@1", _hits(engine_of(every), every, crossing)[0], "%", 70)


def _by_wording(language: str, own: list[Article], asked: list[Question]) -> Iterator[Figure]:
    engine = engine_of(own)
    for wording in (Wording.PLAIN, Wording.OTHER, Wording.NOISY):
        some = [each for each in asked if each.wording is wording]
        first, offered = _hits(engine, own, some)
        yield Figure(f"faq: {language}, {wording}, P@1", first, "%")
        yield Figure(f"faq: {language}, {wording}, R@3", offered, "%")


def _costs(size: int, every: list[Article], asked: list[Question]) -> Iterator[Figure]:
    made = _made(size, every)
    began = time.perf_counter()
    engine = engine_of(made)
    built = time.perf_counter() - began
    took = [_timed(engine, each.text) for each in asked[:_LOOKED]]
    yield _held(f"faq: building {size} articles", built, "s", _BUILT if size in _MOST else None)
    yield Figure(f"faq: a search among {size}, p50", percentile(took, 50), "ms")
    slowest = _SLOWEST.get(size)
    yield _held(f"faq: a search among {size}, p99", percentile(took, 99), "ms", slowest)
    del engine
    tracemalloc.start()
    kept = engine_of(made)
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    del kept
    yield _held(f"faq: memory of {size} articles", held, "MB", _MOST.get(size))


def _held(what: str, value: float, unit: str, most: float | None) -> Figure:
    return Figure(what, value, unit) if most is None else at_most(what, value, unit, most)


def _timed(engine: Engine, text: str) -> float:
    began = time.perf_counter()
    engine.search(text, _OFFERED)
    return (time.perf_counter() - began) * 1000


def _made(size: int, every: list[Article]) -> list[Article]:
    """Articles made of half a title each of two others, and sentences of many."""
    random = Random(1)  # noqa: S311 - it only makes articles up
    made = []
    for language in ("es", "en"):
        own = [each for each in every if each.language == language]
        sentences = [sentence for each in own for sentence in each.body.split(". ")]
        for number in range(size // 2):
            title = " ".join(each.title for each in random.sample(own, 2))
            body = ". ".join(random.sample(sentences, _SENTENCES))
            made.append(Article(f"{language}{number}", language, title, body, (), ""))
    return made


def _hits(engine: Engine, own: list[Article], asked: list[Question]) -> tuple[float, float]:
    """Per cent of the questions whose article comes first, and is among those offered."""
    found = [[own[index].id for index, _ in engine.search(q.text, _OFFERED)] for q in asked]
    first = sum(q.article in ids[:1] for q, ids in zip(asked, found, strict=True))
    offered = sum(q.article in ids for q, ids in zip(asked, found, strict=True))
    return 100 * first / len(asked), 100 * offered / len(asked)
