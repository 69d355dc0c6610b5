"""Messages of Discord that were edited or deleted."""

from datetime import datetime, timedelta

import pytest
from discord_posts import (
    ALONE,
    ASK,
    BACKUPS,
    CALL,
    HELP,
    LATER,
    POST,
    REPLY,
    ROOT,
    SAID_AT,
    SCENE,
    SUPPORT,
    TALK,
    THREAD,
    reply,
    said,
)

from adapters.discord import decode
from adapters.discord.ids import parted
from adapters.discord.post import Gone
from bot.model.message import Address, Nature, Speaker

MESSAGE = f"{SUPPORT}:{ROOT}"


def test_an_edit_brings_new_words_for_its_message():
    inbound = decode.edit(said("My VPN is up", edited=LATER), SCENE)
    assert inbound.nature is Nature.EDIT
    assert inbound.external_id == f"{MESSAGE}:edit:{LATER}"
    assert parted(inbound.external_id) == (SUPPORT, ROOT)
    assert (inbound.known_as, inbound.replies_to) == (MESSAGE, (MESSAGE,))
    assert inbound.text == "My VPN is up"
    assert inbound.came_at == datetime.fromisoformat(LATER)
    assert not inbound.overheard
    assert decode.read(inbound.raw, SCENE) == inbound


def test_an_edit_that_changes_its_looks_alone_is_none():
    assert decode.edit(said("My VPN is down"), SCENE) is None
    assert decode.edit(said("My VPN is down", edited="yesterday"), SCENE) is None


def test_the_same_edit_told_twice_is_one():
    first = decode.edit(said("Up", edited=LATER), SCENE)
    again = decode.edit(said("Up", edited=LATER, threaded=True), SCENE)
    assert first.external_id == again.external_id


def test_an_edit_that_calls_the_desk_asks_it():
    inbound = decode.edit(said(f"{CALL} claim", TALK, edited=LATER), SCENE)
    assert (inbound.asked, inbound.overheard, inbound.interactive) == (True, False, True)
    assert decode.edit(said("Is anybody there?", ASK, edited=LATER), SCENE).offer


def test_an_edit_of_what_is_overheard_is_overheard():
    assert decode.edit(reply("Since ten", edited=LATER), SCENE).overheard
    assert decode.edit(said("Lunch?", TALK, edited=LATER), SCENE).overheard


def test_old_messages_are_only_tidied_up():
    assert SAID_AT
    late = (SAID_AT + timedelta(days=2)).isoformat()
    inbound = decode.edit(said(f"{CALL} help", edited=late), SCENE)
    assert inbound.overheard
    assert not inbound.asked


@pytest.mark.parametrize("more", [{"author": BACKUPS}, {"said": False}, {"unreadable": True}])
def test_edits_by_others_are_none(more):
    assert decode.edit(said("x", edited=LATER, **more), SCENE) is None


@pytest.mark.parametrize(
    ("spot", "own", "room"), [(HELP, ROOT, SUPPORT), (THREAD, REPLY, SUPPORT), (POST, ROOT, None)]
)
def test_a_message_is_taken_back(spot, own, room):
    inbound = decode.gone(Gone(own, spot, LATER), SCENE)
    assert inbound.nature is Nature.DELETION
    assert inbound.external_id == f"{spot.channel}:{own}:deleted"
    assert inbound.replies_to == (f"{spot.channel}:{own}",)
    assert inbound.address == Address("discord", room or spot.parent, ROOT)
    assert inbound.speaker == Speaker("", answerable=False)
    assert inbound.came_at == datetime.fromisoformat(LATER)
    assert (inbound.overheard, inbound.public, inbound.text) == (True, True, "")
    assert decode.read(inbound.raw, SCENE) == inbound


def test_a_message_taken_back_in_a_direct_talk_is_meant_for_the_desk():
    inbound = decode.gone(Gone(ROOT, ALONE), SCENE)
    assert inbound.internal
    assert not inbound.overheard
    assert inbound.came_at == SAID_AT
