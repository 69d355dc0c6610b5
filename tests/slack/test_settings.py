"""The settings of the Slack door: what can't be is told, with where to find what can."""

import pytest

from adapters.slack.room import Room
from adapters.slack.settings import SlackSettings, check_token
from adapters.slack.web_api import WebApi
from bot.channel import KnowsAgents, WrongSettings
from bot.logs import secrets_in

GOOD = {"bot_token": "xoxb-1", "app_token": "xapp-1"}


def faults(**given):
    try:
        SlackSettings(**{**GOOD, **given})
    except WrongSettings as error:
        return [error]
    except ExceptionGroup as group:
        return list(group.exceptions)
    return []


def test_tokens_alone_are_enough_for_socket_mode():
    settings = SlackSettings(**GOOD)
    assert (settings.mode, settings.sockets, settings.command) == ("socket", 2, "/desk")
    assert settings.address == ("127.0.0.1", 3000)


def test_http_mode_needs_the_signing_secret_in_place_of_the_app_token():
    assert not faults(mode="http", app_token="", signing_secret="s")
    (fault,) = faults(mode="http")
    assert "signing_secret is missing" in fault.problem
    assert "Basic Information" in fault.mend


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"bot_token": ""}, "bot_token is missing"),
        ({"app_token": ""}, "app_token is missing"),
        ({"bot_token_env": "TOKEN"}, "bot_token comes from 2 places"),
        ({"bot_token": "xapp-1"}, "bot_token doesn't begin with xoxb- but is an app_token"),
        ({"app_token": "xoxb-1"}, "app_token doesn't begin with xapp- but is a bot_token"),
        ({"bot_token": "xoxp-1"}, "bot_token doesn't begin with xoxb-"),
        ({"sockets": 0}, "sockets = 0"),
        ({"sockets": 11}, "sockets = 11"),
        ({"listen": "3000"}, 'listen = "3000"'),
        ({"listen": "127.0.0.1:70000"}, "listen"),
        ({"path": "slack"}, "path"),
        ({"api_url": "http://slack.com/api/"}, "api_url"),
        ({"api_url": "slack.com"}, "api_url"),
        ({"command": "desk"}, "command"),
        ({"command": "/Desk"}, "command"),
        ({"rooms": (Room(channel="C012"), Room(channel="C012"))}, "stands in rooms twice"),
    ],
)
def test_what_cannot_be_is_told(given, problem):
    (fault,) = faults(**given)
    assert problem in fault.problem
    assert fault.mend


def test_every_mistake_is_told_at_once():
    assert len(faults(sockets=0, command="desk", path="x")) == 3


def test_no_fault_shows_a_token():
    shown = str([*faults(bot_token="xapp-secret1"), *faults(app_token="secret2")])
    assert "secret" not in shown
    assert "secret3" not in repr(SlackSettings(**{**GOOD, "bot_token": "xoxb-secret3"}))


def test_the_log_is_told_what_to_hide():
    settings = SlackSettings(**GOOD, signing_secret="hush")
    assert {"xoxb-1", "xapp-1", "hush"} <= set(secrets_in(settings))


def test_a_room_by_its_name_is_told_where_its_id_stands():
    for name in ("help", "#help", "U012"):
        with pytest.raises(WrongSettings, match="is no ID of a channel") as fault:
            Room(channel=name)
        assert "at the bottom stands its ID" in fault.value.mend


async def test_a_token_from_a_file_is_looked_at_when_it_is_read(tmp_path):
    file = tmp_path / "token"
    file.write_text("xapp-1\n")
    settings = SlackSettings(bot_token_file=str(file), app_token="xapp-1")
    token = await settings.bot.read()
    with pytest.raises(WrongSettings, match="begin with xoxb-"):
        check_token("bot_token", token)


@pytest.mark.parametrize("address", ["U012AB", "W012AB"])
def test_an_agent_is_named_by_their_member_id(address):
    assert isinstance(SlackSettings(**GOOD), KnowsAgents)
    SlackSettings.check_address(address)


@pytest.mark.parametrize("address", ["@leo", "leo@example.org", "C012AB", "U"])
def test_anything_else_is_no_agents_address(address):
    with pytest.raises(WrongSettings, match="Copy member ID"):
        SlackSettings.check_address(address)


def test_agents_need_no_address_here():
    assert not list(SlackSettings(**GOOD).agent_faults({}))


@pytest.mark.parametrize(
    ("address", "slacks"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.png", True),
        ("https://hooks.slack.com/actions/T1/1/x", True),
        ("https://slack.com/api/x", True),
        ("http://files.slack.com/files-pri/T1-F1/a.png", False),
        ("https://slack.com.example.org/a.png", False),
        ("https://notslack.com/a.png", False),
        ("https://user:slack.com@example.org/", False),
        ("https:///x", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_what_is_meant_for_slack_goes_to_slack_alone(address, slacks):
    assert WebApi(SlackSettings(**GOOD)).owns(address) is slacks
