"""Messages of Slack as the desk takes them in."""

from datetime import UTC, datetime

import pytest
from slack_payloads import (
    AGENTS,
    ANA,
    ASKING,
    BOT,
    DIRECT,
    GENERAL,
    LEO,
    REPLY_TS,
    SCENE,
    SPEAKERS,
    SUPPORT,
    TS,
    of_program,
    reply,
    said,
)

from adapters.slack import decode
from bot.model.message import Address, Nature, Speaker

MESSAGE = f"{SUPPORT}:{TS}"
MENTION = f"<@{BOT}>"


def test_a_message_in_a_support_room_is_a_request():
    inbound = decode.message(said("My VPN is down &amp; I'm stuck"), SCENE)
    assert inbound.external_id == inbound.name == MESSAGE
    assert inbound.address == Address("slack", SUPPORT, TS)
    assert inbound.speaker == SPEAKERS[ANA]
    assert inbound.text == "My VPN is down & I'm stuck"
    assert inbound.came_at == datetime(2025, 11, 22, 9, 0, 0, 100, UTC)
    assert inbound.nature is Nature.MESSAGE
    assert (inbound.team, inbound.language) == ("it", "es")
    assert inbound.public
    assert not inbound.replies_to
    flags = ("internal", "asked", "overheard", "offer", "interactive", "sign")
    assert not any(getattr(inbound, each) for each in flags)


def test_a_reply_is_overheard_and_names_its_thread():
    inbound = decode.message(reply("Since nine o'clock"), SCENE)
    assert inbound.external_id == f"{SUPPORT}:{REPLY_TS}"
    assert inbound.address == Address("slack", SUPPORT, TS)
    assert inbound.replies_to == (MESSAGE,)
    assert (inbound.overheard, inbound.public, inbound.asked) == (True, True, False)


def test_a_reply_that_is_shown_in_the_room_as_well_is_a_reply():
    root = {"type": "message", "user": ANA, "text": "My VPN is down", "ts": TS}
    inbound = decode.message(reply("Found it", subtype="thread_broadcast", root=root), SCENE)
    assert inbound.replies_to == (MESSAGE,)
    assert inbound.overheard


def test_the_first_message_of_a_thread_stays_one_when_it_has_replies():
    item = {**said("My VPN is down", thread_ts=TS, reply_count=2, subscribed=False)}
    inbound = decode.message(item, SCENE)
    assert not inbound.replies_to
    assert not inbound.overheard


@pytest.mark.parametrize("room", [SUPPORT, ASKING, GENERAL, AGENTS])
def test_whoever_names_the_desk_is_asking_it(room):
    inbound = decode.message(said(f"{MENTION} My VPN is down", room), SCENE)
    assert (inbound.asked, inbound.interactive) == (True, True)
    assert not inbound.overheard
    assert not inbound.offer
    assert inbound.text == "My VPN is down"
    assert not inbound.mentioned


def test_a_mention_in_a_thread_is_asked_as_well():
    inbound = decode.message(reply(f"{MENTION} claim", GENERAL), SCENE)
    assert inbound.asked
    assert not inbound.overheard
    assert inbound.replies_to == (f"{GENERAL}:{TS}",)


def test_a_mention_comes_as_two_events_but_is_one_message():
    event = said(f"{MENTION} My VPN is down")
    twin = {**event, "type": "app_mention"}
    del twin["channel_type"]
    first, second = decode.message(event, SCENE), decode.message(twin, SCENE)
    assert first.external_id == second.external_id
    assert first.asked
    assert second.asked


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{MENTION}: claim", "claim"),
        (f"  {MENTION},\n{MENTION} claim", "claim"),
        (f"<@{BOT}|desk> claim", "claim"),
        (f"claim, {MENTION}", "claim"),
        (f"My VPN is down {MENTION} {MENTION} ", "My VPN is down"),
        (MENTION, ""),
        (f"Please ask {MENTION} for it", "Please ask @Desk for it"),
        (f"<@{BOT}X> hello", f"@{BOT}X hello"),
    ],
)
def test_the_mention_is_taken_from_either_end_of_the_words(text, read):
    assert decode.message(said(text), SCENE).text == read


def test_taking_out_mentions_takes_no_time_to_speak_of():
    text = f"{MENTION} " * 3000 + " " * 30_000 + "x"
    assert decode.message(said(text), SCENE).text == "x"


def test_what_is_said_in_an_agents_room_stays_among_agents():
    inbound = decode.message(said("Who knows the VPN?", AGENTS, LEO), SCENE)
    assert (inbound.internal, inbound.overheard, inbound.interactive) == (True, True, True)
    assert not inbound.public
    answer = decode.message(reply("I do", AGENTS, LEO), SCENE)
    assert (answer.internal, answer.overheard, answer.public) == (True, True, False)


def test_a_direct_message_is_said_to_the_desk():
    root = decode.message(said("My VPN is down", DIRECT), SCENE)
    assert root.internal
    assert root.address == Address("slack", DIRECT, TS)
    flags = ("public", "overheard", "asked", "offer", "interactive")
    assert not any(getattr(root, each) for each in flags)
    assert not decode.message(reply("Still", DIRECT), SCENE).overheard


def test_a_room_that_asks_first_offers():
    inbound = decode.message(said("Anyone for lunch?", ASKING), SCENE)
    assert (inbound.offer, inbound.interactive) == (True, True)
    assert not decode.message(reply("Me", ASKING), SCENE).offer


def test_people_who_talk_elsewhere_are_left_alone():
    assert decode.message(said("Anyone for lunch?", GENERAL), SCENE) is None
    group = said("Anyone for lunch?", "G0FRIENDS", channel_type="mpim")
    assert decode.message(group, SCENE) is None
    assert decode.message(reply("Me", GENERAL), SCENE).overheard


@pytest.mark.parametrize("sign", [":mega:", "📣", ":loudspeaker:", "📢"])
def test_an_announcement_is_no_request(sign):
    event = said(f"{sign} The VPN is back")
    assert decode.message(event, SCENE) is None
    assert decode.message(reply(f"{sign} and stays"), SCENE) is not None
    assert decode.message(said(f"{sign} and loud", DIRECT), SCENE) is not None


@pytest.mark.parametrize(
    "own",
    [
        {"user": BOT},
        {"bot_id": "B0DESK", "user": "U0OTHER"},
        {"bot_id": "B0DESK", "subtype": "bot_message", "username": "Leo Prats"},
        {"bot_id": "B0OTHER", "app_id": "A0DESK"},
    ],
)
def test_the_desk_does_not_listen_to_itself(own):
    assert decode.message({**said("Hi Ana", DIRECT), **own}, SCENE) is None
    assert decode.message({**reply("Hi Ana"), **own}, SCENE) is None


def test_another_program_is_heard_only_where_it_calls_the_desk():
    assert decode.message(of_program("Backup failed"), SCENE) is None
    assert decode.message(of_program("Backup failed", AGENTS), SCENE) is None
    called = of_program(f"{MENTION} Backup failed")
    inbound = decode.message(called, SCENE)
    assert inbound.speaker == Speaker("B0BACKUP", name="Backups", answerable=False)
    assert inbound.remarks == ("program",)
    assert not inbound.interactive
    answer = {**called, "ts": REPLY_TS, "thread_ts": TS}
    assert decode.message(answer, SCENE) is None  # or two programs would talk for ever


def test_a_program_that_posts_as_a_member_is_a_program():
    profile = {"id": "B0BACKUP", "name": "Backups", "app_id": "A0BACKUP"}
    post = said("Backup failed", user="U0BACKUP", bot_id="B0BACKUP", bot_profile=profile)
    assert decode.message(post, SCENE) is None
    inbound = decode.message({**post, "text": f"{MENTION} Backup failed"}, SCENE)
    assert inbound.speaker == Speaker("B0BACKUP", name="Backups", answerable=False)


@pytest.mark.parametrize(
    "subtype",
    [
        *("channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name"),
        *("channel_archive", "channel_posting_permissions", "group_join", "pinned_item"),
        *("unpinned_item", "bot_add", "bot_remove", "reminder_add", "tombstone", "file_comment"),
        *("ekm_access_denied", "huddle_thread", "sh_room_created", "message_replied"),
        *("assistant_app_thread", "slackbot_response", "document_mention"),
    ],
)
def test_what_nobody_said_is_no_message(subtype):
    assert decode.message(said("…", subtype=subtype), SCENE) is None


@pytest.mark.parametrize("user", ["USLACKBOT", "UREVOKEDU", ""])
def test_slack_itself_is_nobody(user):
    assert decode.message(said("Reminder: lunch", DIRECT, user), SCENE) is None


def test_files_come_with_a_message_or_alone():
    file = {"id": "F1", "name": "screen.png", "mimetype": "image/png", "size": 12}
    event = said("", subtype="file_share", files=[file], blocks=[], upload=False)
    inbound = decode.message(event, SCENE)
    assert inbound.text == ""
    assert decode.files_in(event) == (file,)
    assert decode.files_in(said("none")) == ()


def test_an_aside_is_said_like_any_other_message():
    assert decode.message(said("is stuck", subtype="me_message"), SCENE).text == "is stuck"


def test_people_whom_the_text_names_are_known():
    text = f"<@{LEO}> and <@{ANA}|ana> know, <@{LEO}>; <@W0ALIEN> may"
    inbound = decode.message(said(text), SCENE)
    assert inbound.text == "@Leo Prats and @Ana Ruiz know, @Leo Prats; @W0ALIEN may"
    assert inbound.mentioned == (SPEAKERS[LEO], SPEAKERS[ANA], Speaker("W0ALIEN"))
    assert decode.people_in(said(text)) == {ANA, LEO, "W0ALIEN"}


def test_a_message_without_text_is_read_from_its_blocks():
    person = {"type": "user", "user_id": LEO}
    words = [{"type": "text", "text": "Ask "}, person, {"type": "text", "text": " please"}]
    block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": words}]}
    event = said("", blocks=[block])
    inbound = decode.message(event, SCENE)
    assert inbound.text == "Ask @Leo Prats please"
    assert inbound.mentioned == (SPEAKERS[LEO],)
    assert decode.people_in(event) == {ANA, LEO}


def test_a_message_that_is_handed_on_says_whose_words_they_are():
    share = {"is_share": True, "author_name": "Leo", "text": "The <@U0ANA> printer smokes"}
    inbound = decode.message(said("Look at this", attachments=[share]), SCENE)
    assert inbound.text == "Look at this\n\nLeo:\n> The @Ana Ruiz printer smokes"
    assert ANA in decode.people_in(said("Look", user=LEO, attachments=[share]))


def test_a_message_that_is_handed_on_as_blocks_names_people_too():
    person = {"type": "user", "user_id": LEO}
    block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [person]}]}
    inside = {"message_blocks": [{"message": {"blocks": [block]}}]}
    share = {"is_share": True, "author_id": "U0EVE", **inside}
    event = said("Look", attachments=[share])
    assert decode.people_in(event) == {ANA, LEO, "U0EVE"}
    assert decode.message(event, SCENE).text == "Look\n\n> @Leo Prats"


def test_half_characters_and_nul_are_left_out():
    assert decode.message(said("a\ud83d b\x00c"), SCENE).text == "a bc"


def test_history_is_read_as_if_it_had_just_been_said():
    live = reply("Since nine o'clock")
    item = {key: live[key] for key in live if key not in ("channel", "event_ts", "channel_type")}
    late = decode.of_history(item, SUPPORT, SCENE)
    now = decode.message(live, SCENE)
    assert (late.external_id, late.address, late.text) == (now.external_id, now.address, now.text)
    assert decode.read(late.raw, SCENE) == late
    assert decode.of_history(item, "", SCENE) is None
