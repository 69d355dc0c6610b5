"""Rules that say where a ticket goes: the first that fits, and why."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.asset import Asset
from bot.model.phrase import Phrases, plain
from bot.model.route import Facts, Rule, When, route, rule_of, trials
from bot.model.triage import Kind, Priority

REPORT = Facts(
    subject="Remote work",
    text="Since today my VPN asks for the password again. Contraseña olvidada.",
    kind=Kind.INCIDENT,
    priority=Priority.HIGH,
    language="en",
    channel="slack",
    room="C1",
    labels=("Networking",),
    office="Sevilla",
    organisation="Acme",
    contract="24×7",
    assets=(Asset(name="PC-0231", kind="portátil"),),
    addresses=("U1", "Ada@acme.example"),
)


@pytest.mark.parametrize(
    ("when", "quoted"),
    [
        (When(words=("vpn",)), "VPN"),
        (When(words=("remote work",)), "Remote work"),
        (When(words=("no such thing", "Contraseña  olvidad*")), "Contraseña olvidada"),
        (When(channel="slack"), "slack"),
        (When(room="c1"), "C1"),
        (When(office="sevilla"), "Sevilla"),
        (When(organisation="acme"), "Acme"),
        (When(kind=Kind.INCIDENT), "incident"),
        (When(priority=Priority.NORMAL), "high"),
        (When(contract="24×7"), "24×7"),
        (When(assets=("printer", "pc-0231")), "PC-0231"),
        (When(assets=("Portatil",)), "PC-0231"),
        (When(language="en"), "en"),
        (When(labels=("other", "networking ")), "Networking"),
        (When(requester=("acme.example",)), "Ada@acme.example"),
        (When(requester=("@acme.example",)), "Ada@acme.example"),
        (When(requester=("ada@acme.example",)), "Ada@acme.example"),
        (When(requester=("U1",)), "U1"),
    ],
)
def test_each_condition_says_what_fits_it(when: When, quoted: str) -> None:
    found = route([Rule(name="x", when=when)], REPORT)
    assert found is not None
    assert [words for _, words in found.fitted] == [quoted]


@pytest.mark.parametrize(
    "when",
    [
        When(words=("pn", "password the")),
        When(channel="email"),
        When(room="C2"),
        When(office="Madrid"),
        When(contract="Gold"),
        When(assets=("printer", "PC-0232")),
        When(organisation="Other"),
        When(kind=Kind.REQUEST),
        When(priority=Priority.URGENT),
        When(language="es"),
        When(labels=("Net",)),
        When(requester=("me.example", "eve@acme.example")),
    ],
)
def test_a_condition_that_does_not_hold_is_named(when: When) -> None:
    (tried,) = trials([Rule(name="x", when=when)], REPORT)
    assert (tried.failed,) == when.asked
    assert route([Rule(name="x", when=when)], REPORT) is None


def test_all_conditions_of_a_rule_must_hold_and_the_first_rule_decides() -> None:
    rules = [
        Rule(name="both", when=When(channel="slack", words=("printer",)), team="a"),
        Rule(name="VPN", when=When(channel="slack", words=("vpn",)), team="b"),
        Rule(name="all", team="c"),
    ]
    found = route(rules, REPORT)
    assert found is not None
    assert (found.number, found.rule.team, found.reason) == (2, "b", "route:VPN: slack, VPN")
    assert [each.failed for each in trials(rules, REPORT)] == ["words", "", ""]
    rest = route(rules, replace(REPORT, channel="email"))
    assert rest is not None
    assert (rest.number, rest.reason) == (3, "route:all")


names = st.text(min_size=1, max_size=8)


@given(st.lists(names, min_size=1, unique=True), st.data())
def test_the_rule_of_a_ticket_is_known_by_its_reasons(
    called: list[str], data: st.DataObject
) -> None:
    rules = [Rule(name=each, when=When(labels=(f"l{n}",))) for n, each in enumerate(called)]
    chosen = data.draw(st.integers(0, len(rules) - 1))
    found = route(rules, replace(REPORT, labels=(f"l{chosen}",)))
    assert found is not None
    assert found.rule is rules[chosen]
    decided = rule_of(rules, ("urgent:asap", found.reason))
    assert decided is found.rule


@given(st.text("ab vpn()/*#_?,.ñÁ'\n", max_size=12))
def test_whatever_phrase_is_written_can_be_read_or_is_refused(phrase: str) -> None:
    try:
        Phrases([(plain(phrase), "word", 1)])
    except ValueError:
        return
    route([Rule(name="x", when=When(words=(phrase,)))], REPORT)


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_quoted_was_said_just_so(before: str, after: str) -> None:
    said = replace(REPORT, text=f"{before}, red PRIVÁDA\n\n{after}", subject="")
    found = route([Rule(name="x", when=When(words=("red privada",)))], said)
    assert found is not None
    assert found.fitted == (("words", "red PRIVÁDA"),)


def test_a_ticket_that_no_rule_decided_on_has_none() -> None:
    assert rule_of([Rule(name="VPN")], ("urgent:asap", "route:VPN2: vpn")) is None
