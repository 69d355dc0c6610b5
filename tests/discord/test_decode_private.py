"""What is said in a room whose requests have private threads, and in those threads."""

from dataclasses import replace

import pytest
from discord_posts import (
    ANA,
    BOT,
    HELP,
    LAST,
    LATER,
    LEO,
    REPLY,
    ROOT,
    SCENE,
    SERVER,
    SUPPORT,
    pressed,
    reacted,
    reply,
    said,
    slash,
)

from adapters.discord import decode
from adapters.discord.modal_origin import Origin
from adapters.discord.post import Gone, Ground, Sent, Spot
from adapters.discord.room import Room
from bot.model.message import Address, Nature

OWN = str(int(ROOT) + (30_000 << 22))
PRIVATE = replace(SCENE, rooms={SUPPORT: Room(channel=SUPPORT, threads="private")})
BETWEEN_US = Spot(OWN, Ground.THREAD, SUPPORT, SERVER, "IT-1", private=True)
ROOM = Address("discord", SUPPORT, "")
BEGAN = f"{SUPPORT}:{OWN}"  # how the desk knows the thread


def test_a_request_lives_in_its_room_and_nobody_joins_it_there():
    read = decode.message(said("My VPN is down"), PRIVATE)
    assert (read.address, read.external_id) == (ROOM, f"{SUPPORT}:{ROOT}")
    assert (read.public, read.internal, read.overheard) == (False, False, False)


def test_a_reply_to_it_in_the_room_belongs_to_it():
    read = decode.message(reply("It works", HELP, answers=(ROOT,)), PRIVATE)
    assert (read.address, read.replies_to) == (ROOM, (f"{SUPPORT}:{ROOT}",))


@pytest.mark.parametrize("scene", [PRIVATE, SCENE])
@pytest.mark.parametrize("who", [ANA, LEO])
def test_what_is_said_in_a_private_thread_names_it_and_is_said_to_the_desk(scene, who):
    read = decode.message(reply("It works", BETWEEN_US, who), scene)
    assert (read.address, read.replies_to) == (ROOM, (BEGAN,))
    assert (read.public, read.overheard) == (True, False)


def test_what_the_desk_says_there_itself_is_none_of_it():
    assert decode.message(reply("Hello", BETWEEN_US, replace(ANA, id=BOT)), PRIVATE) is None


def test_a_thread_that_somebody_began_below_it_is_no_place_of_its_own():
    read = decode.message(reply("Same here"), PRIVATE)
    assert (read.address, read.replies_to) == (ROOM, (f"{SUPPORT}:{ROOT}",))
    assert (read.public, read.overheard) == (True, True)


def test_edits_and_deletions_name_what_they_change():
    edited = decode.edit(reply("It works", BETWEEN_US, edited=LATER), PRIVATE)
    assert (edited.nature, edited.address) == (Nature.EDIT, ROOM)
    taken = decode.gone(Gone(REPLY, BETWEEN_US, LATER), PRIVATE)
    assert (taken.address, taken.replies_to) == (ROOM, (f"{OWN}:{REPLY}",))
    taken = decode.gone(Gone(ROOT, HELP, LATER), PRIVATE)
    assert (taken.address, taken.public) == (ROOM, False)


def test_a_sign_there_names_the_thread_too():
    sign = decode.reaction(reacted("✅", reply("Try now", BETWEEN_US), by=ANA), PRIVATE)
    assert (sign.address, sign.replies_to) == (ROOM, (f"{OWN}:{REPLY}", BEGAN))


def test_what_is_pressed_typed_and_filled_in_there_names_it():
    press = decode.press(pressed("say:/resolve", BETWEEN_US), PRIVATE)
    assert (press.address, press.replies_to) == (ROOM, (f"{OWN}:{REPLY}", BEGAN))
    typed = decode.command(slash("status", BETWEEN_US), PRIVATE)
    assert (typed.address, typed.replies_to) == (ROOM, (BEGAN,))
    sent = Sent(LAST, ANA, BETWEEN_US, "form:")
    filled = decode.submission(sent, Origin("/reply", "", SUPPORT), PRIVATE)
    assert (filled.address, filled.replies_to) == (ROOM, (BEGAN,))


def test_bytes_are_read_again():
    read = decode.message(reply("It works", BETWEEN_US), PRIVATE)
    again = decode.read(read.raw, PRIVATE)
    assert again == replace(read, raw=again.raw)
