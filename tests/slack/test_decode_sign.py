"""Reactions and shortcuts: a message that somebody points at."""

from datetime import UTC, datetime

import pytest
from slack_payloads import (
    AGENTS,
    ANA,
    BOT,
    DIRECT,
    EVENT_TS,
    GENERAL,
    LEO,
    REPLY_TS,
    SCENE,
    SPEAKERS,
    SUPPORT,
    TRIGGER,
    TS,
    inner,
    of_program,
    reacted,
    reply,
    said,
    shortcut_on,
)

from adapters.slack import decode
from bot.model.message import Address, Speaker

MESSAGE = f"{SUPPORT}:{TS}"


@pytest.mark.parametrize(
    ("emoji", "words"),
    [
        ("eyes", "/claim"),
        ("white_check_mark", "/resolve"),
        ("heavy_check_mark", "/resolve"),
        ("ballot_box_with_check", "/resolve"),
        ("mega", "/close"),
        ("loudspeaker", "/close"),
        ("lock", "/close"),
        ("rotating_light", "/priority urgent"),
    ],
)
def test_an_emoji_stands_for_words(emoji, words):
    inbound = decode.reaction(reacted(emoji), SCENE, inner(said("My VPN is down")))
    assert inbound.text == words
    assert inbound.speaker == SPEAKERS[LEO]
    assert inbound.external_id == f"{MESSAGE}:{emoji}:{LEO}:{EVENT_TS}"
    assert inbound.replies_to == (MESSAGE,)
    assert inbound.address == Address("slack", SUPPORT, TS)
    assert (inbound.sign, inbound.interactive, inbound.public) == (True, True, True)
    assert inbound.came_at == datetime(2025, 11, 22, 9, 2, 0, 300, UTC)
    assert decode.read(inbound.raw, SCENE) == inbound


def test_an_emoji_at_a_reply_is_said_in_its_thread():
    event = reacted("eyes", item={"type": "message", "channel": SUPPORT, "ts": REPLY_TS})
    known = decode.reaction(event, SCENE, inner(reply("Since nine")))
    assert known.address.thread == TS
    assert known.replies_to == (f"{SUPPORT}:{REPLY_TS}",)
    assert decode.reaction(event, SCENE, None).address.thread == REPLY_TS


def test_an_emoji_in_an_agents_room_is_said_among_agents():
    inbound = decode.reaction(reacted("eyes", AGENTS), SCENE, None)
    assert (inbound.internal, inbound.public) == (True, False)


@pytest.mark.parametrize(
    "event",
    [
        reacted("tada"),
        reacted("eyes", user=BOT),
        reacted("eyes", user=""),
        reacted("eyes", type="reaction_removed"),
        reacted("eyes", item={"type": "file", "file": "F1"}),
        reacted("eyes", item=None),
        {},
    ],
)
def test_other_reactions_say_nothing(event):
    assert decode.wanted(event, SCENE) is None
    assert decode.reaction(event, SCENE, None) is None


def test_a_shade_of_skin_changes_no_meaning():
    event = reacted("ticket::skin-tone-3")
    assert decode.wanted(event, SCENE) == (SUPPORT, TS)
    assert decode.makes_ticket(event)
    assert not decode.makes_ticket(reacted("eyes"))


@pytest.mark.parametrize("emoji", ["ticket", "admission_tickets"])
def test_a_ticket_emoji_hands_the_message_on(emoji):
    item = inner(said("Our printer smokes", GENERAL))
    inbound = decode.reaction(reacted(emoji, GENERAL), SCENE, item)
    assert inbound.text == "Our printer smokes"
    assert inbound.speaker == SPEAKERS[LEO]
    assert inbound.forwarded == SPEAKERS[ANA]
    assert inbound.known_as == inbound.name == f"{GENERAL}:{TS}"
    assert inbound.external_id == f"{GENERAL}:{TS}:ticket:{LEO}:{EVENT_TS}"
    assert (inbound.sign, inbound.interactive, inbound.public) == (True, True, True)
    assert decode.read(inbound.raw, SCENE) == inbound
    assert decode.reaction(reacted(emoji, GENERAL), SCENE, None) is None
    assert decode.people_in(item) == {ANA}


def test_a_shortcut_hands_the_message_on():
    body = shortcut_on(said("Our printer smokes", GENERAL))
    inbound = decode.shortcut(body, SCENE)
    assert inbound.external_id == f"trigger:{TRIGGER}"
    assert inbound.known_as == f"{GENERAL}:{TS}"
    assert inbound.speaker == SPEAKERS[LEO]
    assert inbound.forwarded == SPEAKERS[ANA]
    assert inbound.text == "Our printer smokes"
    assert inbound.address == Address("slack", GENERAL, TS)
    assert inbound.interactive
    assert not inbound.sign
    assert decode.people_in(body) == {ANA, LEO}
    assert decode.read(inbound.raw, SCENE) == inbound


@pytest.mark.parametrize(
    ("channel", "stood"),
    [
        ("general", "#general"),
        ("privategroup", ""),
        ("directmessage", ""),
        ("mpdm-ana--leo--tom-1", ""),
        ("", ""),
    ],
)
def test_a_shortcut_says_where_the_message_stood_if_slack_does(channel, stood):
    item = said("Our printer smokes", GENERAL)
    body = shortcut_on(item, channel={"id": GENERAL, "name": channel})
    assert decode.shortcut(body, SCENE).stood == stood


def test_a_shortcut_on_a_reply_stands_in_its_thread():
    inbound = decode.shortcut(shortcut_on(reply("It smokes", GENERAL)), SCENE)
    assert inbound.address.thread == TS
    assert inbound.replies_to == (f"{GENERAL}:{TS}",)


def test_a_shortcut_on_ones_own_message_hands_nothing_on():
    inbound = decode.shortcut(shortcut_on(said("It smokes", GENERAL), ANA), SCENE)
    assert inbound.forwarded is None
    assert inbound.speaker == SPEAKERS[ANA]


def test_a_programs_message_has_no_way_back():
    inbound = decode.shortcut(shortcut_on(of_program("Backup failed", GENERAL)), SCENE)
    assert inbound.forwarded == Speaker("B0BACKUP", name="Backups", answerable=False)
    assert inbound.text == "Backup failed"


def test_a_shortcut_between_two_people_is_answered_to_the_one_who_asked():
    inbound = decode.shortcut(shortcut_on(said("It smokes", DIRECT)), SCENE)
    assert inbound.address == Address("slack", "")
    assert not inbound.internal


@pytest.mark.parametrize(
    "body",
    [
        shortcut_on(said("x"), callback_id="other"),
        shortcut_on(said("x"), channel=None),
        shortcut_on(said("x"), user={}),
        {"callback_id": "make_ticket"},
    ],
)
def test_other_shortcuts_make_no_ticket(body):
    assert decode.shortcut(body, SCENE) is None
