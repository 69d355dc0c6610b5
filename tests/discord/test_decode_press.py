"""Slash commands, presses and forms of Discord as the desk takes them in."""

from dataclasses import replace

import pytest
from discord_posts import (
    ABROAD,
    AGENTS,
    ALONE,
    ANA,
    ASK,
    ASKING,
    BACKUPS,
    DESK,
    DESK_THREAD,
    DIRECT,
    FORUM,
    GENERAL,
    HELP,
    INTERACTION,
    LEO,
    POST,
    REPLY,
    ROOT,
    SCENE,
    SUPPORT,
    TALK,
    THREAD,
    pressed,
    said,
    slash,
)

from adapters.discord import decode
from adapters.discord.ids import made_at
from adapters.discord.modal_origin import Origin
from adapters.discord.post import Person, Sent, Typing
from bot.model.message import Address, Speaker


def test_a_slash_command_is_asked():
    seen = slash(f"assign IT-1 <@{LEO.id}>", people=(LEO,), by=replace(ANA, language="es"))
    inbound = decode.command(seen, SCENE)
    assert inbound.text == "assign IT-1 @Leo Prats"
    assert inbound.external_id == f"interaction:{INTERACTION}"
    assert inbound.speaker == Speaker(ANA.id, "Ana Ruiz", verified=True, language="es")
    assert inbound.mentioned == (Speaker(LEO.id, "Leo Prats", verified=True),)
    assert inbound.address == Address("discord", GENERAL)
    assert inbound.came_at == made_at(INTERACTION)
    assert (inbound.asked, inbound.interactive) == (True, True)
    assert not inbound.public
    assert not inbound.internal
    assert not inbound.replies_to
    assert decode.read(inbound.raw, SCENE) == inbound


def test_a_slash_command_may_say_nothing():
    assert decode.command(slash(""), SCENE).text == ""
    assert decode.command(slash("x", by=BACKUPS), SCENE) is None
    assert decode.command(slash("x", by=Person("")), SCENE) is None


def test_a_slash_command_knows_its_room():
    support = decode.command(slash("new my VPN is down", HELP), SCENE)
    assert (support.team, support.language) == ("it", "es")
    assert decode.command(slash("list", DESK), SCENE).internal
    assert decode.command(slash("list", ALONE), SCENE).internal
    assert decode.command(slash("list", ABROAD), SCENE).address.room == ""


def test_a_slash_command_in_a_thread_is_about_it():
    inbound = decode.command(slash("claim", THREAD), SCENE)
    assert inbound.address == Address("discord", SUPPORT, ROOT)
    assert inbound.replies_to == (f"{SUPPORT}:{ROOT}",)
    assert inbound.public
    forum = decode.command(slash("claim", POST), SCENE)
    assert forum.address == Address("discord", FORUM, ROOT)
    assert forum.replies_to == (f"{ROOT}:{ROOT}",)


def test_a_press_says_its_words():
    inbound = decode.press(pressed("say:/claim IT-1", DESK_THREAD), SCENE)
    assert inbound.text == "/claim IT-1"
    assert inbound.external_id == f"interaction:{INTERACTION}"
    assert inbound.speaker == Speaker(LEO.id, "Leo Prats", verified=True)
    assert inbound.address == Address("discord", AGENTS, ROOT)
    assert inbound.replies_to == (f"{ROOT}:{REPLY}", f"{AGENTS}:{ROOT}")
    assert (inbound.interactive, inbound.internal, inbound.public) == (True, True, False)
    assert not inbound.asked
    assert decode.read(inbound.raw, SCENE) == inbound


def test_a_press_in_a_room_answers_to_its_message():
    inbound = decode.press(pressed("say:/claim IT-1", HELP), SCENE)
    assert inbound.address == Address("discord", SUPPORT, REPLY)
    assert inbound.replies_to == (f"{SUPPORT}:{REPLY}",)
    assert inbound.public
    alone = decode.press(pressed("say:/reopen IT-1", ALONE, ANA), SCENE)
    assert alone.address == Address("discord", DIRECT)
    assert alone.replies_to == (f"{DIRECT}:{REPLY}",)
    assert alone.internal


def test_a_choice_of_a_menu_is_a_press():
    inbound = decode.press(pressed("more:0", chosen=("say:/close IT-1",)), SCENE)
    assert inbound.text == "/close IT-1"


def test_a_press_in_what_one_person_sees_answers_to_no_message():
    inbound = decode.press(pressed("say:/thanks IT-1", HELP, hidden=True), SCENE)
    assert inbound.address == Address("discord", SUPPORT)
    assert not inbound.replies_to
    threaded = decode.press(pressed("say:/thanks IT-1", THREAD, hidden=True), SCENE)
    assert threaded.address == Address("discord", SUPPORT, ROOT)
    assert not threaded.replies_to


@pytest.mark.parametrize("custom_id", ["", "say:", "say: ", "form:1", "/claim IT-1"])
def test_what_stands_for_no_words_is_no_press(custom_id):
    assert decode.press(pressed(custom_id), SCENE) is None
    assert decode.press(pressed("say:/claim IT-1", by=BACKUPS), SCENE) is None


def test_an_offer_is_taken_up_by_its_writer():
    seen = pressed(f"open:{ASKING}:{ROOT}", ASK, ANA)
    assert decode.offered(seen) == (ASKING, ROOT)
    assert decode.press(seen, SCENE) is None
    inbound = decode.opened(replace(seen, post=said("My VPN is down", ASK)), SCENE)
    assert inbound.external_id == f"interaction:{INTERACTION}"
    assert inbound.known_as == f"{ASKING}:{ROOT}"
    assert inbound.address == Address("discord", ASKING, ROOT)
    assert inbound.text == "My VPN is down"
    assert inbound.forwarded is None
    assert inbound.interactive
    assert not inbound.offer
    assert not inbound.overheard
    assert decode.read(inbound.raw, SCENE) == inbound


def test_an_offer_that_somebody_else_takes_up_hands_the_message_on():
    seen = pressed(f"open:{ASKING}:{ROOT}", ASK, LEO, post=said("My VPN is down", ASK))
    inbound = decode.opened(seen, SCENE)
    assert inbound.speaker.name == "Leo Prats"
    assert inbound.forwarded.name == "Ana Ruiz"


@pytest.mark.parametrize(
    "post",
    [
        None,
        said("x", ASK, unreadable=True),
        said("x", ASK, BACKUPS),
        said("x", ASK, id=REPLY),
        said("x", TALK),
    ],
)
def test_an_offer_of_what_is_gone_opens_nothing(post):
    assert decode.opened(pressed(f"open:{ASKING}:{ROOT}", ASK, ANA, post=post), SCENE) is None


@pytest.mark.parametrize("custom_id", ["open:", "open:1", "open:1:x", "say:open:1:2", "open:0:1"])
def test_no_offer_is_read_of_anything_else(custom_id):
    assert decode.offered(pressed(custom_id)) is None


def sent(spot=DESK_THREAD, **more):
    filled = (("text", "It's a\x00 cable"),)
    return Sent(INTERACTION, LEO, spot, "form:1", filled, **more)


def test_a_form_says_its_command_with_what_was_filled_in():
    origin = Origin("/reply IT-1", "m1", AGENTS, ROOT, f"{ROOT}:{REPLY}")
    inbound = decode.submission(sent(people=(ANA,)), origin, SCENE)
    assert inbound.text == "/reply IT-1"
    assert inbound.filled == (("text", "It's a cable"),)
    assert inbound.mark == "m1"
    # Sent again, it is the same; with other words it isn't.
    again = decode.submission(replace(sent(people=(ANA,)), id=REPLY), origin, SCENE)
    other = replace(sent(people=(ANA,)), filled=(("text", "It's the plug"),))
    assert again.external_id == inbound.external_id
    assert decode.submission(other, origin, SCENE).external_id != inbound.external_id
    assert inbound.address == Address("discord", AGENTS, ROOT)
    assert inbound.replies_to == (f"{ROOT}:{REPLY}", f"{AGENTS}:{ROOT}")
    assert inbound.mentioned == (Speaker(ANA.id, "Ana Ruiz", verified=True),)
    assert (inbound.interactive, inbound.internal, inbound.asked) == (True, True, False)
    assert decode.read(inbound.raw, SCENE) == inbound


def test_a_form_from_a_command_answers_to_no_message():
    inbound = decode.submission(sent(TALK), Origin("/new", room=GENERAL), SCENE)
    assert inbound.address == Address("discord", GENERAL)
    assert not inbound.replies_to
    assert inbound.public


def test_a_form_that_belongs_to_nothing_says_nothing():
    assert decode.submission(sent(), Origin(""), SCENE) is None
    assert decode.submission(replace(sent(), person=BACKUPS), Origin("/new"), SCENE) is None


def test_what_is_typed_into_an_option_is_looked_up():
    inbound = decode.typing(Typing(INTERACTION, ANA, THREAD, "ticket", "vp", "claim"), SCENE)
    assert (inbound.text, inbound.replies_to) == ("vp", (f"{SUPPORT}:{ROOT}",))
    assert inbound.speaker.external_id == ANA.id
    assert decode.typing(Typing(INTERACTION, BACKUPS, TALK, "ticket"), SCENE) is None


def test_a_command_with_options_is_filled_in():
    given = (("ticket", "IT-1"), ("person", f"<@{LEO.id}>"), ("text", f"ask <@{LEO.id}>"))
    seen = slash("", THREAD, command="log", filled=given, people=(LEO,))
    inbound = decode.command(seen, SCENE)
    assert inbound.text == "/log"
    assert inbound.filled == (("ticket", "IT-1"), ("person", LEO.id), ("text", "ask @Leo Prats"))
    assert [each.external_id for each in inbound.mentioned] == [LEO.id]
    assert (inbound.asked, inbound.interactive) == (True, True)
    assert decode.read(inbound.raw, SCENE) == inbound
