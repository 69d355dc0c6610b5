"""Emoji and the context menu: a message of Discord that somebody points at."""

from dataclasses import replace

import pytest
from discord_posts import (
    ABROAD,
    ALONE,
    ANA,
    BACKUPS,
    BOT,
    DESK,
    FILE,
    HELP,
    INTERACTION,
    LATER,
    LEO,
    POST,
    REPLY,
    ROOT,
    SCENE,
    SUPPORT,
    TALK,
    menu_on,
    reacted,
    reply,
    said,
)

from adapters.discord import decode
from adapters.discord.ids import parted
from adapters.discord.post import Person
from bot.model.message import Address, Speaker

MESSAGE = f"{SUPPORT}:{ROOT}"


@pytest.mark.parametrize(
    ("emoji", "words"),
    [
        ("👀", "/claim"),
        ("✅", "/resolve"),
        ("🚨", "/priority urgent"),
        ("🔒", "/close"),
        ("✔️", "/resolve"),
        ("☑️", "/resolve"),
        ("📣", "/close"),
        ("📢", "/close"),
    ],
)
def test_an_emoji_stands_for_words(emoji, words):
    seen = reacted(emoji)
    inbound = decode.reaction(seen, SCENE)
    assert inbound.text == words
    assert inbound.speaker == Speaker(LEO.id, "Leo Prats", verified=True)
    assert inbound.address == Address("discord", SUPPORT, ROOT)
    assert inbound.replies_to == (MESSAGE,)
    assert (inbound.sign, inbound.interactive, inbound.public) == (True, True, True)
    assert not inbound.internal
    assert parted(inbound.external_id) == (SUPPORT, ROOT)
    assert decode.wanted(seen, SCENE) == (SUPPORT, ROOT)
    assert decode.read(inbound.raw, SCENE) == inbound


def test_a_sign_in_a_thread_stands_at_its_message():
    inbound = decode.reaction(reacted("✅", reply("It works")), SCENE)
    assert inbound.address == Address("discord", SUPPORT, ROOT)
    assert inbound.replies_to == (f"{ROOT}:{REPLY}",)
    inward = decode.reaction(reacted("👀", said("New: VPN", DESK)), SCENE)
    assert (inward.internal, inward.public) == (True, False)


def test_a_sign_needs_no_message_but_a_ticket_does():
    assert decode.reaction(reacted("👀", post=None), SCENE).text == "/claim"
    assert decode.reaction(replace(reacted("👀"), post=None), SCENE).replies_to == (MESSAGE,)
    assert decode.reaction(replace(reacted("🎫"), post=None), SCENE) is None
    assert decode.reaction(reacted("🎫", said("", unreadable=True)), SCENE) is None


@pytest.mark.parametrize("emoji", ["🎫", "🎟", "🎟️"])
def test_a_ticket_is_made_of_somebodys_message(emoji):
    seen = reacted(emoji, said("My printer smokes", TALK))
    inbound = decode.reaction(seen, SCENE)
    assert decode.makes_ticket(seen)
    assert inbound.text == "My printer smokes"
    assert inbound.speaker.name == "Leo Prats"
    assert inbound.forwarded == Speaker(ANA.id, "Ana Ruiz", verified=True)
    assert inbound.known_as == f"{TALK.channel}:{ROOT}"
    assert inbound.external_id == f"{TALK.channel}:{ROOT}:ticket:{LEO.id}:{LATER}"
    assert (inbound.sign, inbound.interactive) == (True, True)
    assert decode.read(inbound.raw, SCENE) == inbound


def test_a_sign_that_is_put_again_later_is_another():
    first, again = (decode.reaction(reacted("👀", at=at), SCENE) for at in (LATER, "later"))
    assert first.external_id != again.external_id


@pytest.mark.parametrize("emoji", ["", "🎉", "👀👀", "eyes"])
def test_any_other_emoji_says_nothing(emoji):
    assert decode.wanted(reacted(emoji), SCENE) is None
    assert decode.reaction(reacted(emoji), SCENE) is None


@pytest.mark.parametrize("by", [BACKUPS, Person(BOT, "Desk"), Person("")])
def test_signs_of_programs_say_nothing(by):
    assert decode.reaction(reacted("🎫", by=by), SCENE) is None


def test_ones_own_message_is_not_handed_on():
    assert decode.reaction(reacted("🎫", by=ANA), SCENE).forwarded is None


def test_a_programs_message_can_be_handed_on_with_no_way_back():
    inbound = decode.reaction(reacted("🎫", said("Backup failed", TALK, BACKUPS)), SCENE)
    assert inbound.forwarded == Speaker(BACKUPS.id, "Backups", answerable=False)


def test_files_are_missed_when_what_was_handed_on_is_read_again():
    post = said("Look", files=(FILE,))
    for inbound in (
        decode.reaction(reacted("🎫", post), SCENE),
        decode.menu(menu_on(post), SCENE),
    ):
        assert decode.read(inbound.raw, SCENE).remarks == ("not_kept",)
    claim = decode.reaction(reacted("👀", post), SCENE)
    assert not decode.read(claim.raw, SCENE).remarks


def test_the_menu_makes_a_ticket_of_a_message():
    inbound = decode.menu(menu_on(reply("Since nine")), SCENE)
    assert inbound.external_id == f"interaction:{INTERACTION}"
    assert inbound.known_as == f"{ROOT}:{REPLY}"
    assert inbound.address == Address("discord", SUPPORT, ROOT)
    assert inbound.replies_to == (MESSAGE,)
    assert inbound.forwarded.name == "Ana Ruiz"
    assert (inbound.interactive, inbound.sign, inbound.public) == (True, False, True)
    assert decode.read(inbound.raw, SCENE) == inbound


def test_the_menu_tells_where_a_message_stood():
    assert decode.menu(menu_on(said("x", HELP)), SCENE).stood == "#help"
    assert decode.menu(menu_on(said("x", POST, title="VPN")), SCENE).stood == "#VPN"
    assert decode.menu(menu_on(said("x", ALONE)), SCENE).stood == ""


def test_what_is_picked_where_the_desk_is_not_has_no_place():
    inbound = decode.menu(menu_on(said("My VPN is down", ABROAD)), SCENE)
    assert inbound.address == Address("discord", "")
    assert not inbound.replies_to
    assert (inbound.internal, inbound.public) == (False, False)
    assert inbound.stood == "#lounge"
    assert inbound.known_as == f"{ABROAD.channel}:{ROOT}"


def test_the_menu_is_for_people_and_for_words():
    assert decode.menu(menu_on(said("x"), by=BACKUPS), SCENE) is None
    assert decode.menu(menu_on(said("", unreadable=True)), SCENE) is None
