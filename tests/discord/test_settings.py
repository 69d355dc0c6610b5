"""The settings of the Discord door: what can't be is told, with where to find what can."""

import pytest

from adapters.discord.room import Room
from adapters.discord.settings import DiscordSettings, check_token
from bot.channel import KnowsAgents, KnowsElsewhere, KnowsRooms, WrongSettings
from bot.logs import secrets_in

GOOD = {"token": "MTA.G-x_y.z0"}
ROOM = "1442806870123450368"


def faults(**given):
    try:
        DiscordSettings(**{**GOOD, **given})
    except WrongSettings as error:
        return [error]
    except ExceptionGroup as group:
        return list(group.exceptions)
    return []


def test_a_token_alone_is_enough():
    settings = DiscordSettings(**GOOD)
    assert settings.command == "desk"
    assert settings.api_url == "https://discord.com/api/v10"
    assert (settings.gateway_url, settings.message_content, settings.rooms) == ("", True, ())


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"token": ""}, "token is missing"),
        ({"token_env": "TOKEN"}, "token comes from 2 places"),
        ({"token": "0123456789abcdef"}, "token is no bot's token"),
        ({"token": "Bot MTA.G.z"}, "token is no bot's token"),
        ({"api_url": "http://discord.com/api/v10"}, "api_url"),
        ({"api_url": "discord.com"}, "api_url"),
        ({"api_url": "https://[::1"}, "api_url"),
        ({"api_url": "https://x:port/"}, "api_url"),
        ({"gateway_url": "ws://gateway.discord.gg"}, "gateway_url"),
        ({"gateway_url": "https://gateway.discord.gg"}, "gateway_url"),
        ({"command": "/desk"}, "command"),
        ({"command": "Desk"}, "command"),
        ({"command": ""}, "command"),
        ({"command": "d" * 33}, "command"),
        ({"rooms": (Room(channel=ROOM), Room(channel=ROOM))}, "stands in rooms twice"),
    ],
)
def test_what_cannot_be_is_told(given, problem):
    (fault,) = faults(**given)
    assert problem in fault.problem
    assert fault.mend


@pytest.mark.parametrize(
    "given",
    [
        {"api_url": "http://127.0.0.1:8080/api/v10", "gateway_url": "ws://localhost:8080/gateway"},
        {"gateway_url": "wss://gateway.discord.gg/"},
        {"token": "", "token_command": ("pass", "discord")},
    ],
)
def test_what_can_be_is_taken(given):
    assert not faults(**given)


def test_every_mistake_is_told_at_once():
    assert len(faults(token="", command="/desk", api_url="x")) == 3


def test_no_fault_shows_a_token():
    shown = str(faults(token="hush1"))
    assert "hush" not in shown
    assert "hush" not in repr(DiscordSettings(token="hush2.a.b"))


def test_the_log_is_told_what_to_hide():
    assert GOOD["token"] in set(secrets_in(DiscordSettings(**GOOD)))


@pytest.mark.parametrize("name", ["help", "#help", "12345", "14428068701234503680000", ""])
def test_a_room_by_its_name_is_told_where_its_id_stands(name):
    with pytest.raises(WrongSettings, match="is no ID of a channel") as fault:
        Room(channel=name)
    assert "Copy Channel ID" in fault.value.mend
    with pytest.raises(WrongSettings, match="is no ID of a channel"):
        DiscordSettings.check_room(name)


async def test_a_token_from_a_file_is_looked_at_when_it_is_read(tmp_path):
    file = tmp_path / "token"
    file.write_text("0123456789abcdef\n")
    token = await DiscordSettings(token_file=str(file)).bot.read()
    with pytest.raises(WrongSettings, match="no bot's token") as fault:
        check_token(token)
    assert "0123456789" not in str(fault.value)


def test_an_agent_is_named_by_their_user_id():
    settings = DiscordSettings(**GOOD)
    assert isinstance(settings, KnowsAgents)
    assert isinstance(settings, KnowsRooms)
    assert not isinstance(settings, KnowsElsewhere)  # Discord tells nobody's mail address
    settings.check_address(ROOM)
    assert not list(settings.agent_faults({}))


@pytest.mark.parametrize("address", ["@leo", "leo@example.org", "leo#1234", "1", ""])
def test_anything_else_is_no_agents_address(address):
    with pytest.raises(WrongSettings, match="Copy User ID"):
        DiscordSettings.check_address(address)


def test_agents_work_in_a_room_of_their_own():
    settings = DiscordSettings(**GOOD, rooms=(Room(channel=ROOM),))
    settings.check_room(ROOM)
    settings.check_private("1442806870123450369")
    with pytest.raises(WrongSettings, match="is a support room too"):
        settings.check_private(ROOM)
