"""Messages of Discord as the desk takes them in."""

from datetime import UTC, datetime

import pytest
from discord_posts import (
    AGENTS,
    ALONE,
    ANA,
    ASK,
    BACKUPS,
    BOT,
    CALL,
    DESK,
    DESK_THREAD,
    DIRECT,
    FILE,
    FORUM,
    GENERAL,
    HELP,
    LAST,
    LEO,
    POST,
    REPLY,
    ROLE,
    ROOT,
    SAID_AT,
    SCENE,
    SUPPORT,
    TALK,
    TALK_POST,
    TALK_THREAD,
    THREAD,
    reply,
    said,
)

from adapters.discord import decode
from adapters.discord.post import Forwarded, Person
from bot.model.message import Address, Nature, Speaker

MESSAGE = f"{SUPPORT}:{ROOT}"
FLAGS = ("internal", "asked", "overheard", "offer", "interactive", "sign")


def test_a_message_in_a_support_room_is_a_request():
    inbound = decode.message(said("My VPN is down"), SCENE)
    assert inbound.external_id == inbound.name == MESSAGE
    assert inbound.address == Address("discord", SUPPORT, ROOT)
    assert inbound.speaker == Speaker(ANA.id, "Ana Ruiz", verified=True)
    assert inbound.text == "My VPN is down"
    assert inbound.came_at == SAID_AT
    assert inbound.nature is Nature.MESSAGE
    assert (inbound.team, inbound.language) == ("it", "es")
    assert inbound.public
    assert not inbound.replies_to
    assert not any(getattr(inbound, each) for each in FLAGS)
    assert decode.read(inbound.raw, SCENE) == inbound


def test_what_is_said_in_a_thread_is_overheard_and_names_its_root():
    inbound = decode.message(reply("Since nine o'clock"), SCENE)
    assert inbound.external_id == f"{ROOT}:{REPLY}"
    assert inbound.address == Address("discord", SUPPORT, ROOT)
    assert inbound.replies_to == (MESSAGE,)
    assert (inbound.overheard, inbound.public, inbound.asked) == (True, True, False)


def test_a_reply_in_a_thread_names_what_it_answers_first():
    inbound = decode.message(reply("Both", answers=(LAST,)), SCENE)
    assert inbound.replies_to == (f"{ROOT}:{LAST}", MESSAGE)


def test_a_reply_beside_a_thread_belongs_to_the_message_it_answers():
    inbound = decode.message(said("Same here", id=REPLY, answers=(ROOT,)), SCENE)
    assert inbound.external_id == f"{SUPPORT}:{REPLY}"
    assert inbound.address == Address("discord", SUPPORT, ROOT)
    assert inbound.replies_to == (MESSAGE,)
    assert inbound.overheard


def test_an_answer_to_a_reply_belongs_to_the_first_message_that_is_known():
    inbound = decode.message(said("It works", id=LAST, answers=(REPLY, ROOT)), SCENE)
    assert inbound.address == Address("discord", SUPPORT, ROOT)
    assert inbound.replies_to == (f"{SUPPORT}:{REPLY}", MESSAGE)


def test_a_post_in_a_forum_is_a_request_with_its_title():
    inbound = decode.message(said("It stops at nine", POST, title="VPN"), SCENE)
    assert inbound.external_id == f"{ROOT}:{ROOT}"
    assert inbound.address == Address("discord", FORUM, ROOT)
    assert (inbound.subject, inbound.text) == ("VPN", "It stops at nine")
    assert not inbound.replies_to
    assert not inbound.overheard
    answer = decode.message(reply("Since nine", POST), SCENE)
    assert answer.address == inbound.address
    assert answer.replies_to == (inbound.external_id,)
    assert answer.overheard


def test_an_answer_to_the_first_message_of_a_forums_post_names_it_once():
    inbound = decode.message(reply("Since nine", POST, answers=(ROOT,)), SCENE)
    assert inbound.replies_to == (f"{ROOT}:{ROOT}",)


@pytest.mark.parametrize("spot", [HELP, ASK, TALK, DESK])
@pytest.mark.parametrize("call", [CALL, f"<@!{BOT}>", f"<@&{ROLE}>"])
def test_whoever_names_the_desk_is_asking_it(spot, call):
    inbound = decode.message(said(f"{call} My VPN is down", spot), SCENE)
    assert (inbound.asked, inbound.interactive) == (True, True)
    assert not inbound.overheard
    assert not inbound.offer
    assert inbound.text == "My VPN is down"
    assert not inbound.mentioned


def test_a_mention_in_a_thread_is_asked_as_well():
    inbound = decode.message(reply(f"{CALL} claim", TALK_THREAD), SCENE)
    assert inbound.asked
    assert not inbound.overheard
    assert inbound.replies_to == (f"{GENERAL}:{ROOT}",)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{CALL}: claim", "claim"),
        (f"  {CALL},\n{CALL} claim", "claim"),
        (f"claim, {CALL}", "claim"),
        (f"My VPN is down {CALL} <@&{ROLE}> ", "My VPN is down"),
        (CALL, ""),
        (f"Please ask {CALL} for it", "Please ask @Desk for it"),
        ("<@10> hello", "@10 hello"),
    ],
)
def test_the_mention_is_taken_from_either_end_of_the_words(text, read):
    post = said(text, TALK if CALL in text else HELP, people=(Person(BOT, "Desk", bot=True),))
    assert decode.message(post, SCENE).text == read


def test_taking_out_mentions_takes_no_time_to_speak_of():
    text = f"{CALL} " * 3000 + " " * 30_000 + "x"
    assert decode.message(said(text), SCENE).text == "x"


def test_nobody_is_called_before_it_is_known_who_the_bot_is():
    unknown = decode.Scene("discord", "", frozenset(), SCENE.rooms, frozenset())
    inbound = decode.message(said("<@> hello"), unknown)
    assert not inbound.asked


def test_what_is_said_in_an_agents_room_stays_among_agents():
    inbound = decode.message(said("Who knows the VPN?", DESK, LEO), SCENE)
    assert inbound.address.room == AGENTS
    assert (inbound.internal, inbound.overheard, inbound.interactive) == (True, True, True)
    assert not inbound.public
    answer = decode.message(reply("I do", DESK_THREAD, LEO), SCENE)
    assert (answer.internal, answer.overheard, answer.public) == (True, True, False)


def test_a_direct_message_is_said_to_the_desk():
    root = decode.message(said("My VPN is down", ALONE), SCENE)
    assert root.internal
    assert root.address == Address("discord", DIRECT)
    flags = ("public", "overheard", "asked", "offer", "interactive")
    assert not any(getattr(root, each) for each in flags)
    answer = decode.message(reply("Still", ALONE, answers=(ROOT,)), SCENE)
    assert not answer.overheard
    assert answer.address == root.address
    assert answer.replies_to == (root.external_id,)


def test_a_room_that_asks_first_offers():
    inbound = decode.message(said("Anyone for lunch?", ASK), SCENE)
    assert (inbound.offer, inbound.interactive) == (True, True)
    assert not decode.message(said("Me", ASK, id=REPLY, answers=(ROOT,)), SCENE).offer


def test_people_who_talk_elsewhere_are_left_alone():
    assert decode.message(said("Anyone for lunch?", TALK), SCENE) is None
    assert decode.message(said("Lunch", TALK_POST, title="Lunch"), SCENE) is None
    assert decode.message(reply("Me", TALK_THREAD), SCENE).overheard


@pytest.mark.parametrize("sign", ["📣", "📢", " 📣"])
def test_an_announcement_is_no_request(sign):
    assert decode.message(said(f"{sign} The VPN is back"), SCENE) is None
    assert decode.message(said("Rules", POST, title=f"{sign} Read first"), SCENE) is None
    assert decode.message(said(f"{sign} Rules", POST, title="Read first"), SCENE) is None
    assert decode.message(reply(f"{sign} and stays"), SCENE) is not None
    assert decode.message(said(f"{sign} and loud", ALONE), SCENE) is not None


@pytest.mark.parametrize("spot", [HELP, ALONE, DESK, THREAD])
@pytest.mark.parametrize("text", ["Backup failed", f"{CALL} Backup failed"])
def test_programs_are_passed_over(spot, text):
    assert decode.message(said(text, spot, BACKUPS), SCENE) is None
    assert decode.message(said(text, spot, Person(BOT, "Desk")), SCENE) is None
    assert decode.message(said(text, spot, said=False), SCENE) is None


def test_a_message_whose_words_are_kept_from_us_is_no_ticket():
    assert decode.message(said("", unreadable=True), SCENE) is None
    assert decode.message(said(""), SCENE) is None


def test_files_come_with_a_message_or_alone():
    post = said("", files=(FILE,), forwarded=(Forwarded("", (FILE,)),))
    inbound = decode.message(post, SCENE)
    assert inbound.text == ""
    assert decode.files_in(post) == (FILE, FILE)
    assert decode.files_in(said("none")) == ()
    assert decode.read(inbound.raw, SCENE).remarks == ("not_kept",)
    assert b"secret" not in inbound.raw


def test_a_sticker_is_said_by_its_name_where_there_are_no_words():
    assert decode.message(said("", stickers=("Wave",)), SCENE).text == ":Wave:"
    assert decode.message(said("Hi", stickers=("Wave",)), SCENE).text == "Hi"


def test_marks_read_as_people_see_them():
    text = (
        f"<@{LEO.id}>, <@!{ANA.id}>, <@&7> and <@&8> in <#5> or <#6>: <:party:12> <a:hop:13> "
        "</desk new:9> <https://example.org/a> <t:1763802000:R> <t:9999999999999>"
    )
    post = said(text, people=(LEO, ANA), roles=(("7", "ops"),), channels=(("5", "help"),))
    inbound = decode.message(post, SCENE)
    assert inbound.text == (
        "@Leo Prats, @Ana Ruiz, @ops and @8 in #help or #6: :party: :hop: "
        "/desk new https://example.org/a 2025-11-22 09:00 UTC <t:9999999999999>"
    )
    assert [each.name for each in inbound.mentioned] == ["Leo Prats", "Ana Ruiz"]


def test_somebody_who_is_answered_is_not_named_by_that():
    assert not decode.message(reply("Yes", people=(LEO,)), SCENE).mentioned


def test_a_message_that_is_handed_on_is_quoted():
    post = said("Look at this", forwarded=(Forwarded("The printer\nsmokes"),))
    assert decode.message(post, SCENE).text == "Look at this\n\n> The printer\n> smokes"


def test_half_characters_and_nul_are_left_out():
    assert decode.message(said("a\ud83d b\x00c"), SCENE).text == "a bc"


def test_the_moment_is_told_by_the_id():
    first = said("x", id="175928847299117063")
    assert decode.message(first, SCENE).came_at == datetime(2016, 4, 30, 11, 18, 25, 796_000, UTC)
