"""`deskmate route`: it tells where a report would go, and keeps nothing."""

import json
from pathlib import Path

import pytest
from cli_book import CONFIG, NOW, Call, keep, opened, printer

from bot.model.person import Person, Role

ROUTES = """
[[teams]]
name = "support"
[[teams]]
name = "network"
label = "Redes"
[[organisations]]
name = "Acme"
domains = ["acme.example"]
[[routes]]
name = "Acme's mails"
when.organisation = "Acme"
when.channel = "email"
priority = "urgent"
[[routes]]
name = "VPN"
when.words = ["vpn", "red privada"]
when.language = "es"
team = "network"
level = 2
tags = ["vpn"]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Call:
    call = opened(tmp_path)
    (tmp_path / "config.toml").write_text(CONFIG + ROUTES, encoding="utf-8")
    return call


def test_each_rule_is_told_with_what_fits_and_what_does_not(desk: Call) -> None:
    words = ("route", "No puedo entrar en la Red Privada, es urgente", "--from", "eve@x.example")
    assert desk(*words).stdout == (
        "kind        incident (failed “No puedo entrar”, urgent “urgente”)\n"
        "priority    high\n"
        "language    es\n"
        "from        eve@x.example\n"
        "belongs to  no organisation\n"
        "\n"
        "  1  Acme's mails: no, channel doesn't fit\n"
        "  2  VPN: fits, by language “es”, words “Red Privada”\n"
        "\n"
        "team        Redes\n"
        "level       2\n"
        "priority    high\n"
        "tags        vpn\n"
        "agent       known once there is a book\n"
    )


def test_who_gets_it_is_told_with_the_reason_and_nothing_is_kept(
    desk: Call, tmp_path: Path
) -> None:
    leo = Person("Leo", role=Role.AGENT, teams=("support", "network"))
    keep(
        tmp_path,
        lambda work: work.people.declare_agent(leo, {"email": "leo@example.org"}, NOW),
    )
    words = ("route", "No entro en la vpn")
    assert desk(*words).stdout.endswith("agent       nobody at once\n")
    path = tmp_path / "config.toml"
    turns = 'label = "Redes"\nassignment = "round robin"'
    path.write_text(path.read_text("utf-8").replace('label = "Redes"', turns), "utf-8")
    for _ in range(2):
        assert desk(*words).stdout.endswith("agent       Leo (turn “Redes”)\n")
    told = json.loads(desk(*words, "--from", "leo@example.org", "--json").stdout)
    assert (told["agent"], told["book"]) == ("", True), "nobody gets their own"


def test_what_a_report_is_about_and_what_was_agreed_is_told(desk: Call, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    acme = 'domains = ["acme.example"]\ncontract = "Gold"\n[[assets]]\nname = "PC-0231"'
    path.write_text(path.read_text("utf-8").replace('domains = ["acme.example"]', acme), "utf-8")
    told = desk("route", "pc 0231 hums", "--from", "eve@acme.example").stdout
    assert "belongs to  Acme\ncontract    Gold\nabout       PC-0231\n" in told


def test_the_same_is_there_for_programs(desk: Call) -> None:
    words = ("route", "My VPN is down", "--from", "Eve@acme.example", "--channel", "email")
    told = json.loads(desk(*words, "--json").stdout)
    assert told["decides"] == 1
    assert [(each["fits"], each["failed"]) for each in told["rules"]] == [
        (True, ""),
        (False, "language"),
    ]
    assert told["rules"][0]["fitted"] == {"channel": "email", "organisation": "Acme"}
    assert (told["team"], told["level"], told["becomes"]) == ("support", 1, "urgent")


def test_a_language_that_is_named_counts_and_a_team_of_the_door_stays(desk: Call) -> None:
    told = json.loads(desk("route", "vpn", "--language", "es", "--json").stdout)
    assert told["decides"] == 2
    told = json.loads(desk("route", "Screen", "--team", "network", "--json").stdout)
    assert (told["decides"], told["team"]) == (None, "Redes")


def test_whom_the_book_knows_is_named(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, printer)
    told = json.loads(desk("route", "My VPN is down", "--from", "ANA@example.org", "--json").stdout)
    assert told["requester"] == "Ana \x1b[31mRed, ana@example.org"


def test_without_rules_it_says_where_they_are_written(tmp_path: Path) -> None:
    assert "There are no rules: [[routes]]" in opened(tmp_path)("route", "My VPN is down").stdout


@pytest.mark.parametrize(
    ("option", "value", "there"),
    [
        ("team", "netwrk", "the teams are support, network"),
        ("channel", "emial", "the channels are email"),
        ("language", "tlh", "the languages are en, es"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(
    desk: Call, option: str, value: str, there: str
) -> None:
    done = desk("route", "My VPN is down", f"--{option}", value)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f'there is no {option} "{value}": {there}\n'
