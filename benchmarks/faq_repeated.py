"""Help articles where people repeat one another: what links teach, and when nothing is offered.

The engine is taught by some questions of a matter and asked the others, never the same.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from benchmarks.faq_repeated_set import LANGUAGES, TAUGHT, Asked, matters, others
from benchmarks.faq_set import Article, engine_of
from benchmarks.figure import Figure, Scale, at_least, at_most
from benchmarks.roc import auroc
from bot.knowledge import Engine
from bot.knowledge.judge import Judge

LINKS = (0, 1, 5, 10, TAUGHT)  # an article
_LEAST = {10: 74, TAUGHT: 90}  # per cent first after so many
_LEFT_OUT = 3  # of as many questions one is asked without its article
_ASKED = (70, 90)  # per cent right
_MIXED = "both languages"
_HELD, _ALARMS = 87, 5  # per cent of what is offered when 90 is asked, and of what none answers


def measure(scale: Scale) -> Iterator[Figure]:  # noqa: ARG001 - it is as small in every round
    """The questions of `benchmarks/faq/repeated`."""
    for spoken in (("es",), ("en",), LANGUAGES):
        name = spoken[0] if len(spoken) == 1 else _MIXED
        for links in LINKS:
            engine = taught(spoken, links)
            first = _first(engine, spoken)
            what = f"faq_repeated: {name}, after {links} links an article, P@1"
            least = _LEAST.get(links) if name == _MIXED else None
            yield Figure(what, first, "%") if least is None else at_least(what, first, "%", least)
    yield from _silent(taught(LANGUAGES, TAUGHT))


def articles(spoken: Sequence[str]) -> list[Article]:
    """The article of each matter, by turns in each of these languages."""
    return [each.articles[spoken[at % len(spoken)]] for at, each in enumerate(matters())]


def taught(spoken: Sequence[str], links: int) -> Engine:
    """An engine with one article a matter, to each of which so many questions were linked."""
    engine = engine_of(articles(spoken))
    for place, each in enumerate(matters()):
        by_turns = zip(*(each.questions(x)[:TAUGHT] for x in spoken), strict=True)
        turned = [*chain.from_iterable(x if place % 2 else reversed(x) for x in by_turns)]
        for question in turned[:links]:
            engine.learn(question.text, place)
    engine.fit()
    return engine


def held_out(spoken: Sequence[str]) -> list[tuple[int, Asked]]:
    """The questions that nobody taught, each with the place of its matter."""
    return [
        (place, question)
        for place, each in enumerate(matters())
        for language in spoken
        for question in each.questions(language)[TAUGHT:]
    ]


def _first(engine: Engine, spoken: Sequence[str]) -> float:
    """Per cent of the questions whose article comes first."""
    asked = held_out(spoken)
    found = [engine.search(each.text, 1) for _, each in asked]
    hits = [bool(x) and x[0][0] == place for x, (place, _) in zip(found, asked, strict=True)]
    return 100 * sum(hits) / len(hits)


def judged(engine: Engine) -> Iterator[tuple[float, bool, bool]]:
    """How sure the first of each is, whether it is right, and whether no article answers."""
    for turn, (place, each) in enumerate(held_out(LANGUAGES)):
        but = place if turn % _LEFT_OUT == 0 else -1
        for found in engine.sureness(each.text, 1, lambda x, but=but: x != but):
            yield found.confidence, found.index == place, False
    for each in others():
        found = engine.sureness(each.text, 1)
        yield found[0].confidence if found else 0.0, False, True


def _silent(engine: Engine) -> Iterator[Figure]:
    known = [*judged(engine)]
    what = f"faq_repeated: {_MIXED}, after {TAUGHT} links"
    yield at_least(f"{what}, AUROC", auroc((sure, right) for sure, right, _ in known), "%", 92)
    for percent in _ASKED:
        offered = [each for each in known if each[0] >= Judge().threshold(percent / 100)]
        right = 100 * sum(each[1] for each in offered) / max(1, len(offered))
        alarms = 100 * sum(each[2] for each in offered) / sum(each[2] for each in known)
        said = f"{what}, {percent} % asked"
        if percent == _ASKED[-1]:
            yield at_least(f"{said}, right", right, "%", _HELD)
            yield at_most(f"{said}, false alarms", alarms, "%", _ALARMS)
        else:
            yield Figure(f"{said}, right", right, "%")
            yield Figure(f"{said}, false alarms", alarms, "%")
        answered = sum(not each[2] for each in known)
        yield Figure(f"{said}, answered", 100 * sum(x[1] for x in offered) / answered, "%")
