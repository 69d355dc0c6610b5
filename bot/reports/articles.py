"""What became of the articles that people were shown: the ledger of what the desk knows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from bot.model.article import Article, Use
from bot.model.settings import Desk as Settings
from bot.report import Span, report
from bot.store import Work

_NAMED = 5  # articles of a list, and helpers
_ENOUGH = 5  # times shown, before which nothing is said of an article
_WEAK = 0.1  # of those whom it is shown, the part below which it seldom helps
_CAME_BACK = 2  # times

Facts = Mapping[str, object]


@report
def articles(work: Work, settings: Settings, span: Span) -> Facts:
    """How often articles were shown and helped, where, which do well or badly, and whose they are.

    Links that agents made count for the words that teach, not as help.
    """
    uses = work.offers.uses(span.since, span.until)
    every = {each.article: work.articles.get(each.article) for each in uses}
    known = {number: article for number, article in every.items() if article is not None}
    of_each = [_sum([x for x in uses if x.article == number]) for number in known]
    good = (each for each in of_each if each.helped and not _is_weak(each))
    weak = (each for each in of_each if _is_weak(each))
    today = span.until.astimezone(settings.zone).date()
    return {
        **_counts(_sum(uses)),
        "channels": _by(uses, lambda each: each.channel),
        "languages": _by(uses, lambda each: each.language),
        "strong": _rows(known, sorted(good, key=lambda each: (-each.helped, each.article))),
        "weak": _rows(known, sorted(weak, key=lambda each: (-each.asked, each.article))),
        "helpers": _writers(work, known, of_each),
        "review": [each.called for each in work.articles.to_review(today, _NAMED)],
    }


def _is_weak(use: Use) -> bool:
    """Whether it is shown often and seldom helps, or what it solved comes back."""
    seldom = use.shown >= _ENOUGH and use.helped < _WEAK * use.shown
    return seldom or use.refused > max(use.helped, 1) or use.back >= _CAME_BACK


def _sum(uses: Iterable[Use]) -> Use:
    """All of these in one, under the first one's names."""
    uses = list(uses)
    names = ("shown", "helped", "refused", "asked", "back", "linked")
    first = uses[0] if uses else None
    return Use(
        article=first.article if first else 0,
        channel=first.channel if first else "",
        language=first.language if first else "",
        **{name: sum(getattr(each, name) for each in uses) for name in names},
    )


def _counts(use: Use) -> Facts:
    names = ("shown", "helped", "refused", "asked", "back", "linked")
    return {name: getattr(use, name) for name in names}


def _by(uses: Iterable[Use], name: Callable[[Use], str]) -> list[Facts]:
    """The same by channel or language, where it was shown most often first."""
    groups: dict[str, list[Use]] = {}
    for each in uses:
        groups.setdefault(name(each), []).append(each)
    rows = [{"name": name, **_counts(_sum(those))} for name, those in groups.items()]
    return sorted(rows, key=lambda row: (-int(str(row["shown"])), str(row["name"])))


def _rows(known: Mapping[int, Article], uses: Iterable[Use]) -> list[Facts]:
    return [
        {"reference": known[x.article].reference, "title": known[x.article].title, **_counts(x)}
        for x in islice(uses, _NAMED)
    ]


def _writers(work: Work, known: Mapping[int, Article], uses: Iterable[Use]) -> list[Facts]:
    """Who wrote the articles that helped, and how many times they did."""
    counts: Counter[int] = Counter()
    for each in uses:
        first = next(reversed(work.articles.versions(each.article)), known[each.article])
        if each.helped and first.by is not None:
            counts[first.by] += each.helped
    people = ((work.people.get(person), count) for person, count in counts.most_common(_NAMED))
    return [{"name": each.name, "count": count} for each, count in people if each and each.name]
