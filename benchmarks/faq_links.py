"""Help articles: what links teach, what a question as a title brings, and when nothing is offered.

Who links is taught by some questions of an article and asked the others, never the same.
"""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from benchmarks.faq_set import Article, Question, Wording, engine_of, family
from benchmarks.figure import Figure, at_least
from benchmarks.roc import auroc
from bot.knowledge import Engine
from bot.knowledge.judge import Judge

_LINKS = (0, 1, 5, 10)  # an article
_ENOUGH = 14  # questions of an article by which learning is measured
_LEAST = {10: 74}  # per cent first after so many links
_LEFT_OUT = 3  # of as many questions one is asked without its article
_ASKED = (70, 90)  # per cent right


def paired(every: list[Article], asked: list[Question]) -> Iterator[Figure]:
    """One question of each article is its title, the others are asked: mean average precision."""
    for language in ("es", "en"):
        own = [each for each in every if each.language == language]
        known = _by_article([q for q in asked if q.wording is not Wording.CROSS], seed=5)
        titled = [_titled(each, known[each.id][0].text) for each in own]
        engine = engine_of(titled)
        ranks = [
            _rank(engine, question.text, place)
            for place, each in enumerate(own)
            for question in known[each.id][1:]
        ]
        precision = 100 * sum(1 / rank for rank in ranks if rank) / len(ranks)
        yield at_least(f"faq: {language}, a question as title, MAP", precision, "%", 73)


def linked(every: list[Article], asked: list[Question]) -> Iterator[Figure]:
    """How often the article comes first, after so many of its questions were linked."""
    for links in _LINKS:
        engine, others = _taught(every, asked, links)
        places = {each.id: place for place, each in enumerate(every)}
        hits = [_rank(engine, each.text, places[each.article]) == 1 for each in others]
        first = 100 * sum(hits) / len(hits)
        what = f"faq: after {links} links an article, P@1"
        least = _LEAST.get(links)
        yield Figure(what, first, "%") if least is None else at_least(what, first, "%", least)


def silent(every: list[Article], asked: list[Question]) -> Iterator[Figure]:
    """How well the first is judged; some are asked without their article, some have none.

    No goal is held to it, as the weights were fitted on these very questions: what they do on
    articles they weren't fitted on, `benchmarks.faq_fit` tells.
    """
    out = [each for each in asked if each.wording is Wording.OUT]
    for links in (0, 10):
        engine, others = _taught(every, [q for q in asked if q.article], links)
        judged = [*_judged(engine, every, [*others, *out])]
        what = f"faq: fitted here, {links} links"
        yield Figure(f"{what}, AUROC", auroc((sure, right) for sure, right, _ in judged), "%")
        for percent in _ASKED:
            least = Judge().threshold(percent / 100)
            offered = [each for each in judged if each[0] >= least]
            right = sum(each[1] for each in offered) / max(1, len(offered))
            alarms = sum(each[2] for each in offered) / sum(each[2] for each in judged)
            yield Figure(f"{what}, {percent} % asked, right", 100 * right, "%")
            yield Figure(f"{what}, {percent} % asked, false alarms", 100 * alarms, "%")


def _judged(
    engine: Engine, every: list[Article], asked: list[Question]
) -> Iterator[tuple[float, bool, bool]]:
    """How sure the first of each is, whether it is right, and whether no article answers."""
    families = [family(each) for each in every]
    named = dict(zip((each.id for each in every), families, strict=True))
    for turn, each in enumerate(asked):
        own = named.get(each.article, "")
        but = own if turn % _LEFT_OUT == 0 else ""
        found = engine.sureness(each.text, 1, lambda x, but=but: not but or families[x] != but)
        if found:
            yield found[0].confidence, families[found[0].index] == own, not own


def _taught(
    every: list[Article], asked: list[Question], links: int
) -> tuple[Engine, list[Question]]:
    """An engine that learned so many questions of each article, and the same ones to ask always.

    It learns of every article, though of some fewer, as they have no more: were only those linked
    that are asked about, any link would seem to help.
    """
    engine = engine_of(every)
    others: list[Question] = []
    known = _by_article(asked, seed=1)
    for place, each in enumerate(every):
        some = known[each.id]
        for question in some[: min(links, max(0, len(some) - 2))]:
            engine.learn(question.text, place)
        others += some[max(_LINKS) :] if len(some) >= _ENOUGH else []
    engine.fit()
    return engine, others


def _by_article(asked: list[Question], seed: int) -> dict[str, list[Question]]:
    """The questions of each article, shuffled."""
    found: defaultdict[str, list[Question]] = defaultdict(list)
    for each in asked:
        found[each.article].append(each)
    for some in found.values():
        Random(seed).shuffle(some)  # noqa: S311 - it only mixes questions
    return found


def _titled(each: Article, title: str) -> Article:
    return Article(each.id, each.language, title, each.body, (), each.translates)


def _rank(engine: Engine, text: str, place: int) -> int:
    """The rank of an article among those found, 0 where it isn't."""
    found = [index for index, _ in engine.search(text, 10)]
    return found.index(place) + 1 if place in found else 0
