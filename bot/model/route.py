"""Rules that say where a ticket goes, tried in order: the first that fits decides."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.model.asset import Asset
from bot.model.fold import fold
from bot.model.phrase import Phrases, plain, spoken
from bot.model.triage import Kind, Priority

ROUTED = "route"  # the reason of a ticket that a rule decided on: the rule's name, and what fitted
_SEPARATOR = ": "
# What fitted is told in people's own words; a room's number or a kind's name says nothing to them.
_TOLD = ("channel", "office", "organisation", "contract", "requester", "labels", "assets", "words")
_READ = 5_000  # characters of a subject and of a text: as much as is read to weigh them


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What rules look at: the words of a report, what they weigh, and where they came from."""

    subject: str
    text: str
    kind: Kind
    priority: Priority
    language: str
    channel: str
    room: str = ""
    labels: tuple[str, ...] = ()
    office: str = ""
    organisation: str = ""  # by its name
    contract: str = ""  # of the organisation
    assets: tuple[Asset, ...] = ()  # that the report is about
    addresses: tuple[str, ...] = ()  # of the requester, on every channel


@dataclass(frozen=True, kw_only=True)
class When:
    """The conditions of a rule: all that are written must hold, of a list any one."""

    words: tuple[str, ...] = ()  # phrases, written as for `Phrases`, accents and case aside
    channel: str = ""
    room: str = ""
    office: str = ""
    organisation: str = ""
    contract: str = ""
    assets: tuple[str, ...] = ()  # labels or kinds
    kind: Kind | None = None
    priority: Priority | None = None  # at least
    language: str = ""
    labels: tuple[str, ...] = ()
    requester: tuple[str, ...] = ()  # addresses, or domains of them

    @cached_property
    def phrases(self) -> Phrases:
        """The words, compiled; raises ValueError for a phrase that can't be read."""
        return Phrases((plain(each), "word", 1) for each in self.words)

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of the conditions that are written, in the order in which they are tried."""
        return tuple(name for name in _TESTS if getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When it fits, and what it decides; what it leaves empty stays as it is."""

    name: str  # why, as agents read it
    when: When = field(default_factory=When)
    team: str = ""
    level: int = 0
    priority: Priority | None = None
    agent: str = ""  # by name
    tags: tuple[str, ...] = ()
    skill: str = ""  # of the team's agents, those who have it are asked first


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule that decided, its number from 1, and each condition with what fitted it."""

    number: int
    rule: Rule
    fitted: tuple[tuple[str, str], ...]

    @property
    def reason(self) -> str:
        """Why, as an entry keeps it: "route:VPN: my vpn, slack"."""
        told = ", ".join(words for name, words in self.fitted if name in _TOLD)
        return f"{ROUTED}:{self.rule.name}{_SEPARATOR if told else ''}{told}"


@dataclass(frozen=True, slots=True)
class Trial:
    """How one rule was tried: what fitted, and the first condition that didn't, "" if all did."""

    rule: Rule
    fitted: tuple[tuple[str, str], ...]
    failed: str


def route(rules: Sequence[Rule], facts: Facts) -> Verdict | None:
    """The first rule that fits; None where none does."""
    for number, tried in enumerate(trials(rules, facts), 1):
        if not tried.failed:
            return Verdict(number, tried.rule, tried.fitted)
    return None


def trials(rules: Sequence[Rule], facts: Facts) -> Iterator[Trial]:
    """Each rule in order, whether another fitted before or not."""
    for rule in rules:
        fitted: list[tuple[str, str]] = []
        failed = ""
        for name in rule.when.asked:
            if words := _TESTS[name](rule.when, facts):
                fitted.append((name, words))
            else:
                failed = name
                break
        yield Trial(rule, tuple(fitted), failed)


def rule_of(rules: Sequence[Rule], reasons: Sequence[str]) -> Rule | None:
    """The rule that decided on a ticket, by the reasons of its opening; None if there is none."""
    for rule in rules:
        whole = f"{ROUTED}:{rule.name}"
        if any(each == whole or each.startswith(whole + _SEPARATOR) for each in reasons):
            return rule
    return None


# Each condition by its name: what fits it, as a person would quote it; "" where nothing does.


def _words(when: When, facts: Facts) -> str:
    for said in (spoken(facts.subject[:_READ]), spoken(facts.text[:_READ])):
        if found := when.phrases.find(said.words):
            first = min(found, key=lambda match: (match.first, -match.last))
            return said.quote(first.first, first.last)
    return ""


def _requester(when: When, facts: Facts) -> str:
    wanted = {each.casefold().removeprefix("@") for each in when.requester}
    for address in facts.addresses:
        own = address.casefold()
        if own in wanted or own.rpartition("@")[2] in wanted:
            return address
    return ""


def _labels(when: When, facts: Facts) -> str:
    wanted = {fold(each.strip()) for each in when.labels}
    return next((each for each in facts.labels if fold(each.strip()) in wanted), "")


def _assets(when: When, facts: Facts) -> str:
    wanted = {fold(each) for each in when.assets}
    found = (each.name for each in facts.assets if {fold(each.name), fold(each.kind)} & wanted)
    return next(found, "")


def _kind(when: When, facts: Facts) -> str:
    return facts.kind.value if facts.kind is when.kind else ""


def _priority(when: When, facts: Facts) -> str:
    enough = when.priority is not None and facts.priority >= when.priority
    return facts.priority.name.lower() if enough else ""


def _same(name: str) -> Callable[[When, Facts], str]:
    """The test of a condition that is a text, which must be the fact of its name."""

    def test(when: When, facts: Facts) -> str:
        wanted, found = str(getattr(when, name)), str(getattr(facts, name))
        return found if fold(wanted) == fold(found) else ""

    return test


_TESTS: dict[str, Callable[[When, Facts], str]] = {
    "channel": _same("channel"),
    "room": _same("room"),
    "office": _same("office"),
    "organisation": _same("organisation"),
    "contract": _same("contract"),
    "language": _same("language"),
    "requester": _requester,
    "labels": _labels,
    "assets": _assets,
    "kind": _kind,
    "priority": _priority,
    "words": _words,
}
