"""What the desk promises, and by whose calendar: the rules tried in order."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.model.calendar import Hours
from bot.model.target import Calendar, Clock, Covers, Target, Targets, Terms
from bot.model.triage import Kind, Priority

HOUR = timedelta(hours=1)
OWN = Calendar("", Hours(ZoneInfo("UTC")))
TERMS = Terms(priority=Priority.HIGH, kind=Kind.INCIDENT, team="support", contract="gold")


def test_the_first_rule_of_which_all_holds_decides() -> None:
    rules = (
        Target(name="urgent", when=Covers(priority=(Priority.URGENT,)), solution=HOUR),
        Target(
            name="grave",
            when=Covers(priority=(Priority.HIGH, Priority.URGENT), team=("support",)),
            first_answer=2 * HOUR,
        ),
        Target(name="gold", when=Covers(contract=("gold",)), solution=3 * HOUR),
        Target(name="all", solution=9 * HOUR),
    )
    targets = Targets(rules)
    agreed = targets.agreed(TERMS, OWN)
    assert (agreed.target.name, agreed.length(Clock.FIRST)) == ("grave", 2 * HOUR)
    assert agreed.length(Clock.SOLUTION) == timedelta(0)
    assert targets.agreed(replace(TERMS, team="network"), OWN).target.name == "gold"
    other = replace(TERMS, team="network", contract="")
    assert targets.agreed(other, OWN).target.name == "all"
    nobody = Targets(rules[:3]).agreed(other, OWN)
    assert (nobody.target, nobody.length(Clock.SOLUTION)) == (None, timedelta(0))


@pytest.mark.parametrize(
    ("contract", "team", "office", "name"),
    [
        ("gold", "network", "Lugo", "gold"),
        ("", "network", "Lugo", "night"),
        ("", "desk", "Lugo", "lugo"),
        ("iron", "desk", "Ourense", ""),
    ],
)
def test_the_calendar_is_that_of_the_contract_the_team_the_office_or_the_desk(
    contract, team, office, name
) -> None:
    known = (
        Calendar("lugo", OWN.hours, offices=("Lugo",)),
        Calendar("night", OWN.hours, teams=("network",)),
        Calendar("gold", OWN.hours, contracts=("gold",)),
    )
    terms = replace(TERMS, contract=contract, team=team, office=office)
    assert Targets((), known).applies(terms, OWN).name == name
    fixed = Target(name="x", calendar="lugo", solution=HOUR)
    assert Targets((fixed,), known).agreed(terms, OWN).calendar.name == "lugo"
