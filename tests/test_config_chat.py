"""The config of a desk on a chat: whom it knows there, and where its agents work."""

from pathlib import Path

import pytest
from config_files import MAILBOX, write

from adapters.email.settings import EmailSettings
from adapters.slack.settings import SlackSettings
from bot.config import Config, ConfigError, load

SLACK = """
[slack]
bot_token_env = "BOT"
app_token_env = "APP"
[[slack.rooms]]
channel = "C0HELP"
"""
DOORS = {"email": EmailSettings, "slack": SlackSettings}


def agent(addresses: str) -> str:
    return f"[[agents]]\nname = 'Ana'\naddresses = {{ {addresses} }}\n"


def team(rooms: str, name: str = "support") -> str:
    return f"[[teams]]\nname = '{name}'\nrooms = {{ {rooms} }}\n"


def read(folder: Path, text: str) -> Config:
    return load(write(folder, text), DOORS)


def faults(folder: Path, text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(ConfigError) as caught:
        read(folder, text)
    return [(each.line, each.what, each.mend) for each in caught.value.problems]


def test_a_chat_that_vouches_for_mail_addresses_knows_agents_by_them(tmp_path: Path) -> None:
    (ana,) = read(tmp_path, agent("email = 'ana@example.org'") + SLACK).desk.agents
    assert ana.addresses == {"email": "ana@example.org"}


def test_an_agent_is_known_however_their_mail_address_is_spelled(tmp_path: Path) -> None:
    text = agent("email = 'Ana@Example.ORG', slack = 'U0ANA'") + SLACK
    for config in (read(tmp_path, text), read(tmp_path, text + MAILBOX)):
        (ana,) = config.desk.agents
        assert ana.addresses == {"email": "ana@example.org", "slack": "U0ANA"}


def test_there_it_must_be_a_mail_address_all_the_same(tmp_path: Path) -> None:
    for word in ("ana", "U0ANA", "ana@", "@example.org", "ana @example.org"):
        (fault,) = faults(tmp_path, agent(f"email = '{word}'") + SLACK)
        assert fault == (3, f'"{word}" is no mail address', "write it as ana@example.org")
    (fault,) = faults(tmp_path, agent("email = ''") + SLACK)
    assert fault == (3, '"" is no mail address', "write it as ana@example.org")


def test_it_belongs_to_one_agent_there_too(tmp_path: Path) -> None:
    text = agent("email = 'ana@example.org'") + agent("email = 'Ana@example.org'") + SLACK
    found = [(line, what) for line, what, _ in faults(tmp_path, text)]
    assert (6, '"Ana@example.org" stands in line 3 already') in found


def test_an_address_of_any_other_channel_that_is_not_there_is_told(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, agent("mail = 'ana@example.org'") + SLACK)
    assert fault[:2] == (3, "the channel mail isn't configured")
    (fault,) = faults(tmp_path, agent("email = 'ana@example.org'"))
    assert fault[:2] == (3, "the channel email isn't configured")


@pytest.mark.parametrize("room", ["#desk", "desk", "U0ANA", "c0desk"])
def test_a_room_by_its_name_is_told_where_its_id_stands(tmp_path: Path, room: str) -> None:
    ((line, what, mend),) = faults(tmp_path, team(f"slack = '{room}'") + SLACK)
    assert (line, what) == (3, f'"{room}" is no ID of a channel')
    assert "at the bottom stands its ID" in mend


def test_agents_do_not_work_where_people_ask(tmp_path: Path) -> None:
    ((line, what, mend),) = faults(tmp_path, team("slack = 'C0HELP'") + SLACK)
    assert (line, what) == (3, "C0HELP is a support room too")
    assert "make a private one for the agents" in mend


def test_what_is_wrong_with_rooms_is_told_beside_all_else(tmp_path: Path) -> None:
    text = team("slack = '#desk'") + team("slack = 'C0DESK'", "second") + SLACK
    text = text.replace("[slack]", "[slack]\nsockets = 'x'")
    assert [line for line, *_ in faults(tmp_path, text)] == [3, 9]
    text = team("slack = '#desk'") + SLACK.replace("C0HELP", "#help")
    assert [line for line, *_ in faults(tmp_path, text)] == [3, 9]


def test_what_is_wrong_with_a_support_room_is_told_where_it_stands(tmp_path: Path) -> None:
    again = '[[slack.rooms]]\nchannel = "C0HELP"\n'
    ((line, what, _),) = faults(tmp_path, SLACK + again)
    assert (line, what) == (5, "C0HELP stands in rooms twice")
    ((line, what, _),) = faults(tmp_path, SLACK + again.replace("C0HELP", "#it"))
    assert (line, what) == (8, 'channel = "#it" is no ID of a channel')


def test_a_list_of_tables_says_at_once_how_it_is_written(tmp_path: Path) -> None:
    text = SLACK.partition("[[")[0] + "rooms = ['C0HELP']\n"
    ((line, what, mend),) = faults(tmp_path, text)
    assert (line, what) == (5, "slack.rooms is text in quotes")
    assert mend == "write [[slack.rooms]], a table for each"


def test_rooms_are_for_chats(tmp_path: Path) -> None:
    ((line, what, mend),) = faults(tmp_path, team("email = 'desk@example.org'") + MAILBOX)
    assert (line, what) == (3, "there are no rooms on email")
    assert "take it out" in mend
