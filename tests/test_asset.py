"""Which assets a report is about: those it names, else the asker's own of the kind they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.asset import Asset, Inventory

LAPTOP = Asset(name="PC-0231", kind="laptop", called=("portátil",), owner="Ana@Example.org")
OTHER = Asset(name="PC-0232", kind="laptop", called=("portátil",), owner="tom@example.org")
PRINTER = Asset(name="PRN 3", kind="printer", called=("impresora",), office="Sevilla")
BARE = Asset(name="core-switch")
KNOWN = Inventory((LAPTOP, OTHER, PRINTER, BARE))
ANA = ("UANA", "ana@example.org")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("PC-0232 does not start", [OTHER]),
        ("it is the pc 0232, not the PC-0231!", [OTHER, LAPTOP]),
        ("The Core-Switch is down", [BARE]),
        ("No arranca el portátil", [LAPTOP]),
        ("my LAPTOP is slow", [LAPTOP]),
        ("La impresora no imprime", [PRINTER]),
        ("my laptop can't find PRN-3", [PRINTER]),
        ("PC-02311 is not here", []),
        ("My badge opens no door", []),
    ],
)
def test_what_a_report_is_about(said: str, found: list[Asset]) -> None:
    assert list(KNOWN.about([said], ANA, "sevilla")) == found


def test_what_others_have_is_nobody_elses() -> None:
    assert KNOWN.about(["my laptop is slow"], ("bob@example.org",), "") == ()
    assert KNOWN.about(["The printer is dead"], ANA, "Madrid") == ()
    assert KNOWN.of(ANA) == [LAPTOP]
    assert Inventory().about(["PC-0231"], ANA, "") == ()


@given(st.lists(st.from_regex(r"[A-Z]{2,3}-[0-9]{3,5}", fullmatch=True), min_size=1, unique=True))
def test_each_label_that_is_named_is_found_and_no_other(labels: list[str]) -> None:
    inventory = Inventory(tuple(Asset(name=each) for each in labels))
    said, rest = labels[::2], labels[1::2]
    found = [each.name for each in inventory.about([", ".join(said)], (), "")]
    assert found == said
    assert not set(found) & set(rest)
