"""The config's rules that route tickets, and how an operator is told of mistakes in them."""

from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from config_files import MAILBOX, problems, read, write

from bot.model.calendar import Hours
from bot.model.route import Rule, When
from bot.model.settings import Assignment, Team
from bot.model.triage import Kind, Priority

DESK = """
[[teams]]
name = "support"
[[teams]]
name = "network"
[[agents]]
name = "Ana"
addresses = { email = "ana@example.org" }
teams = ["support"]
skills = ["vpn"]
[[organisations]]
name = "Acme"
"""


def test_a_rule_is_read_as_it_is_written(tmp_path: Path) -> None:
    written = """
[[routes]]
name = "VPN"
when.words = ["vpn", "red privada"]
when.channel = "email"
when.kind = "incident"
when.priority = "high"
when.organisation = "Acme"
team = "network"
level = 2
priority = "urgent"
tags = ["vpn"]
skill = "vpn"
"""
    assert read(write(tmp_path, MAILBOX + DESK + written)).desk.routes == (
        Rule(
            name="VPN",
            when=When(
                words=("vpn", "red privada"),
                channel="email",
                kind=Kind.INCIDENT,
                priority=Priority.HIGH,
                organisation="Acme",
            ),
            team="network",
            level=2,
            priority=Priority.URGENT,
            tags=("vpn",),
            skill="vpn",
        ),
    )


def test_a_rule_may_ask_for_a_skill_that_only_the_desk_lists(tmp_path: Path) -> None:
    rule = '[desk]\nskills = ["wifi"]\n[[routes]]\nname = "Wi-Fi"\nteam = "network"\nskill = '
    desk = read(write(tmp_path, MAILBOX + DESK + rule + '"wifi"')).desk
    assert (desk.routes[0].skill, desk.all_skills) == ("wifi", ("wifi", "vpn"))
    ((_, what, mend),) = problems(write(tmp_path, MAILBOX + DESK + rule + '"radio"'))
    assert (what, mend) == ('there is no skill "radio"', "there are vpn, wifi")


def test_a_team_says_how_its_tickets_find_their_agent(tmp_path: Path) -> None:
    written = """
[desk]
zone = "Europe/Madrid"
[[teams]]
name = "night"
assignment = "least loaded"
offer_after_minutes = 30
hours = { monday = "22:00-06:00" }
"""
    week = {0: ((time(22), time(6)),)}
    assert read(write(tmp_path, written)).desk.teams == (
        Team(
            "night",
            assignment=Assignment.LEAST_LOADED,
            offer_after=timedelta(minutes=30),
            hours=Hours(ZoneInfo("Europe/Madrid"), week),
        ),
    )


WRONG = """
[[routes]]
name = "VPN"
when.words = ["vpn", "", "*", "ab*"]
when.channel = "emial"
when.organisation = "Acmee"
when.language = "tlh"
when.kind = "bug"
team = "netwrk"
agent = "Anna"
skill = "vnp"
level = -1
[[routes]]
when.labels = []
team = "support"
[[routes]]
name = "twice"
when.office = "Lugo"
[[routes]]
name = "the same"
when.office = "Lugo"
team = "network"
agent = "Ana"
[[routes]]
name = "rest"
team = "network"
[[routes]]
name = "late"
when.office = "Sevilla"
priority = "urgent"
"""


def test_every_mistake_in_rules_is_told_at_once_with_its_mend(tmp_path: Path) -> None:
    first = (MAILBOX + DESK).count("\n")
    words = 'write plain words with one blank between them, like "red privada", "vpn/wifi" or'
    assert [
        (line - first, what, mend)
        for line, what, mend in problems(write(tmp_path, MAILBOX + DESK + WRONG))
    ] == [
        (4, '"" can\'t be read as words', f'{words} "password*"'),
        (4, '"*" can\'t be read as words', f'{words} "password*"'),
        (4, '"ab*" can\'t be read as words', f'{words} "password*"'),
        (5, "the channel emial isn't configured", "did you mean email?"),
        (6, 'there is no organisation "Acmee"', 'did you mean "Acme"?'),
        (7, 'there are no texts in "tlh"', "the desk speaks en, es"),
        (
            8,
            'kind = "bug"',
            'write "incident" or "request" or "question" or "complaint" or "suggestion"',
        ),
        (9, 'there is no team "netwrk"', 'did you mean "network"?'),
        (10, 'there is no agent "Anna"', 'did you mean "Ana"?'),
        (11, 'there is no skill "vnp"', "there are vpn"),
        (12, "level = -1", "write 1 or more"),
        (13, "name is missing", 'add name = "…"'),
        (14, "labels is empty", "write what must hold, or take it out"),
        (
            16,
            "this rule decides nothing",
            "say team or level or priority or agent or tags or skill of it",
        ),
        (
            19,
            f'"twice" in line {first + 16} takes all that this rule would',
            "put this one before it, or take it out",
        ),
        (
            23,
            'Ana doesn\'t work in the team "network"',
            "name one of its agents, or add it to Ana's",
        ),
        (
            27,
            f'"rest" in line {first + 24} takes all that this rule would',
            "put this one before it, or take it out",
        ),
    ]


def test_a_team_whose_holidays_would_be_lost_is_told_so(tmp_path: Path) -> None:
    written = '[[teams]]\nname = "a"\n[[teams]]\nname = "b"\nhours.closed = ["2026-12-25"]\n'
    mend = 'add the hours of the week, like monday = "09:00-17:00"'
    assert problems(write(tmp_path, written)) == [(5, "a team without hours never closes", mend)]


ASSETS = """
[[organisations]]
name = "Acme"
contract = "24×7"
[[assets]]
name = "PC-0231"
kind = "laptop"
called = ["portátil"]
owner = "ana@example.org"
[[assets]]
name = "PC-0231"
called = ["*"]
[[routes]]
name = "Laptops"
when.assets = ["laptop", "PC-0231", "laptp"]
when.contract = "24x7"
team = "support"
"""


def test_assets_and_contracts_are_named_as_they_are_written(tmp_path: Path) -> None:
    assert problems(write(tmp_path, MAILBOX + ASSETS)) == [
        (MAILBOX.count("\n") + line, what, mend)
        for line, what, mend in (
            (
                11,
                f'"PC-0231" stands in line {MAILBOX.count(chr(10)) + 6} already',
                "keep one of them",
            ),
            (12, '"*" can\'t be read as words', WORDS_MEND),
            (12, "called says how people call a kind, and this asset has none", KIND_MEND),
            (15, 'there is no asset "laptp"', 'did you mean "laptop"?'),
            (16, 'there is no contract "24x7"', 'did you mean "24×7"?'),
        )
    ]


WORDS_MEND = (
    'write plain words with one blank between them, like "red privada", "vpn/wifi" or "password*"'
)
KIND_MEND = 'write its kind, like kind = "laptop"'
