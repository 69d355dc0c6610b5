"""Each value of a list has a label in the texts, and no label is over."""

import re
from enum import Enum

import pytest
from jinja2 import nodes
from text_keys import every_key, filters, source_files

from bot.ear import load_ear
from bot.labels import BY_LABEL, BY_UNLABEL
from bot.language import TRIAGE, tables
from bot.model.duty import WAITED
from bot.model.mailroom import Delivery
from bot.model.route import ROUTED
from bot.model.secret import Secret
from bot.model.ticket import Status
from bot.model.triage import Kind, Priority, triage
from bot.text import Texts, load_texts


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts()


def names(kind: type[Enum]) -> set[str]:
    return {each.value if isinstance(each.value, str) else each.name.lower() for each in kind}


def labels(texts: Texts, kind: str) -> set[str]:
    prefix = f"label.{kind}."
    return {key.removeprefix(prefix) for key in every_key(texts) if key.startswith(prefix)}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("status", names(Status)),
        ("standing", names(Status)),
        ("kind", names(Kind)),
        ("priority", names(Priority)),
        ("delivery", names(Delivery)),
    ],
)
def test_each_value_of_a_list_has_its_label_and_no_label_is_over(texts, kind, values):
    assert labels(texts, kind) == values


def test_each_kind_of_secret_has_its_label(texts):
    assert set(re.findall(r'"(\w+)"', Secret.__doc__.partition(".")[0])) == labels(texts, "secret")


# Why the desk gives a ticket to somebody.
GIVEN = {
    "turn", "load", "named", "stands_in", "level", "skill", WAITED,
    "as_quality", "as_lead", "as_admin",
}  # fmt: skip


def test_each_reason_that_the_desk_gives_has_its_label(texts):
    said = {rule for rules in tables(TRIAGE).values() for rule in rules}
    silent = {"nothing", "greeting", "thanks", "settled", "asks_after", "filler", "words"}
    assert said - silent | {BY_LABEL, BY_UNLABEL, ROUTED} | GIVEN == labels(texts, "reason")
    verdict = triage(load_ear().rules, "", "URGENT: nobody can print, I am fed up")
    assert {each.rule for each in verdict.reasons} <= labels(texts, "reason")


def test_each_remark_that_a_door_or_the_desk_makes_has_its_label(texts):
    made = {
        name
        for file in source_files()
        for name in re.findall(
            r'(?:remarks\["|remarks\.append\("|remarks=\("|join\(ticket, "|inbound\.text, ")(\w+)"',
            file.read_text("utf-8"),
        )
    }
    assert {"unverified", "auto_reply", "truncated", "encrypted"} <= made
    assert made <= labels(texts, "remark")


def test_every_kind_of_label_that_a_text_asks_for_exists(texts):
    kinds = {
        each.args[0].value
        for each in filters(texts, "label")
        if isinstance(each.args[0], nodes.Const)
    }
    kinds |= {"secret", "reason", "hidden", "level", "mark", "report"}  # rendered beside the text
    assert kinds == {key.split(".")[1] for key in every_key(texts) if key.startswith("label.")}
