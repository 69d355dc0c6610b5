"""Questions that come again: how well they are gathered, and what gathering costs."""

import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from math import log
from random import Random

from benchmarks.faq_repeated_set import matters, others
from benchmarks.faq_set import Question, Wording, articles, family, questions
from benchmarks.figure import Figure, Scale, at_least, at_most
from bot.gathering import gather
from bot.knowledge import wordbook
from bot.model.topic import Topic

_NOW = datetime(2026, 11, 23, tzinfo=UTC)
_RECURS = 5  # questions
_GOALS = (75, 95, 69)  # per cent: purity, found, NMI
_SIZES = (10_000, 100_000)


class Shelf:
    """`bot.known.Topics` in memory, as far as gathering needs it."""

    def __init__(self) -> None:
        self.topics: dict[int, Topic] = {}
        self.tickets: dict[int, int] = {}
        self._members: defaultdict[int, list[int]] = defaultdict(list)
        self._holding: defaultdict[str, dict[int, None]] = defaultdict(dict)
        self._counts: Counter[str] = Counter()
        self._heard = 0

    def heard(self) -> int:
        """How many questions there were."""
        return self._heard

    def count(self, terms: Collection[str]) -> None:
        """One question more has these terms."""
        self._heard += 1
        self._counts.update(terms)

    def counts(self, terms: Collection[str]) -> dict[str, int]:
        """How many questions have each."""
        return {each: self._counts[each] for each in terms}

    def holding(self, term: str, limit: int) -> list[int]:
        """The latest topics that have a term."""
        return [*reversed(self._holding[term])][:limit]

    def many(self, numbers: Collection[int]) -> list[Topic]:
        """These topics."""
        return [self.topics[each] for each in numbers if each in self.topics]

    def begin(self, topic: Topic, ticket: int, at: datetime) -> Topic:
        """Keep a new one."""
        return self.join(replace(topic, id=len(self.tickets) + 1), ticket, at)

    def join(self, topic: Topic, ticket: int, at: datetime) -> Topic:  # noqa: ARG002 - as it is called
        """Keep it with one question more."""
        self._keep(topic)
        self.tickets[ticket] = topic.id
        self._members[topic.id].append(ticket)
        return topic

    def merge(self, gone: Topic, into: Topic) -> None:
        """Keep one in place of two."""
        self._keep(into)
        for ticket in self._members.pop(gone.id):
            self.tickets[ticket] = into.id
            self._members[into.id].append(ticket)
        for term in self.topics.pop(gone.id).terms:
            self._holding[term].pop(gone.id, None)

    def _keep(self, topic: Topic) -> None:
        before = self.topics.get(topic.id, Topic()).terms
        for term in before.keys() - topic.terms.keys():
            self._holding[term].pop(topic.id, None)
        for term in topic.terms.keys() - before.keys():
            self._holding[term][topic.id] = None
        self.topics[topic.id] = topic


def measure(scale: Scale) -> Iterator[Figure]:
    """The questions of `benchmarks/faq` in a drawn order, and many mixed of their sentences."""
    asked = [each for each in questions() if each.wording is not Wording.OUT]
    twins = {each.id: family(each) for each in articles()}
    told = [(each.text, each.language, twins[each.article]) for each in asked]
    yield from quality("mining", told, (None, None, None))
    yield from quality("mining: repeated", repeated(), _GOALS)
    book = wordbook()
    for size in _SIZES[:1] if scale.rounds == 1 else _SIZES:
        texts = _made(size, asked)
        began = time.perf_counter()
        many = Shelf()
        for number, each in enumerate(texts):
            gather(many, number, book.gist(*each), _NOW)
        yield at_most(f"mining: {size} questions", time.perf_counter() - began, "s", 60)


def repeated() -> list[tuple[str, str, str]]:
    """The questions of `benchmarks/faq/repeated` and their matters; what stands alone is one."""
    asked = [*chain.from_iterable(each.asked for each in matters()), *others()]
    return [(x.text, x.language, x.matter or str(at)) for at, x in enumerate(asked)]


def quality(
    what: str, asked: list[tuple[str, str, str]], goals: Sequence[float | None]
) -> Iterator[Figure]:
    """How texts are gathered that come with their language and what they are about."""
    asked = [*asked]
    Random(1).shuffle(asked)  # noqa: S311 - it only draws an order
    shelf, book = Shelf(), wordbook()
    for number, (text, language, _) in enumerate(asked):
        gather(shelf, number, book.gist(text, language), _NOW)
    truth = [about for _, _, about in asked]
    groups: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for number, about in enumerate(truth):
        groups[shelf.tickets.get(number, -number - 1)][about] += 1
    found = {name: group for name, group in groups.items() if group.total() >= _RECURS}
    pure = sum(max(group.values()) for group in found.values())
    recurring = {name for name, count in Counter(truth).items() if count >= _RECURS}
    named = {group.most_common(1)[0][0] for group in found.values()}
    size = sum(group.total() for group in found.values())
    yield Figure(f"{what}, groups of at least five", len(found), "")
    told = {
        "purity of these": pure / max(1, size),
        "recurring questions found": len(named & recurring) / len(recurring),
        "NMI of all": _nmi(groups.values(), truth),
    }
    for (name, part), goal in zip(told.items(), goals, strict=True):
        per_cent = 100 * part
        of = f"{what}, {name}"
        yield Figure(of, per_cent, "%") if goal is None else at_least(of, per_cent, "%", goal)


def _nmi(groups: Collection[Counter[str]], truth: list[str]) -> float:
    """How much of one grouping the other tells, from 0 to 1."""
    every, about = len(truth), Counter(truth)
    shared = sum(
        count / every * log(count * every / (group.total() * about[name]))
        for group in groups
        for name, count in group.items()
    )
    return 2 * shared / (_entropy([each.total() for each in groups]) + _entropy(about.values()))


def _entropy(sizes: Collection[int]) -> float:
    every = sum(sizes)
    return -sum(size / every * log(size / every) for size in sizes)


def _made(size: int, asked: list[Question]) -> list[tuple[str, str]]:
    """Questions of half the words each of two others, so that there are as many as are wanted."""
    chance = Random(2)  # noqa: S311 - it only makes questions up
    made = []
    for _ in range(size):
        first, second = chance.choice(asked), chance.choice(asked)
        words = [*first.text.split()[::2], *second.text.split()[1::2]]
        made.append((" ".join(words), first.language))
    return made
