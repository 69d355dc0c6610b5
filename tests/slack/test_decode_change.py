"""Messages of Slack that were edited or taken back."""

from datetime import UTC, datetime

import pytest
from slack_payloads import (
    AGENTS,
    ANA,
    ASKING,
    BOT,
    DIRECT,
    EVENT_TS,
    GENERAL,
    LEO,
    SCENE,
    SPEAKERS,
    SUPPORT,
    TS,
    changed,
    deleted,
    of_program,
    reply,
    said,
)

from adapters.slack import decode
from bot.model.message import Address, Nature, Speaker

MESSAGE = f"{SUPPORT}:{TS}"
EDIT_TS = "1763802110.000000"
EDITED = {"user": ANA, "ts": EDIT_TS}
BEFORE = said("My VPN is dwon")
AFTER = said("My VPN is down", edited=EDITED)


def of_root(text: str, *, days: int):
    """A message that was edited only so many days later."""
    ts = f"{float(EDIT_TS) - days * 86_400:.6f}"
    return said(text, ts=ts)


def test_an_edit_brings_the_new_words():
    inbound = decode.message(changed(AFTER, BEFORE), SCENE)
    assert inbound.nature is Nature.EDIT
    assert inbound.external_id == f"{MESSAGE}:edit:{EDIT_TS}"
    assert inbound.replies_to == (MESSAGE,)
    assert inbound.text == "My VPN is down"
    assert inbound.speaker == SPEAKERS[ANA]
    assert inbound.address == Address("slack", SUPPORT, TS)
    assert inbound.came_at == datetime(2025, 11, 22, 9, 1, 50, tzinfo=UTC)
    assert decode.read(inbound.raw, SCENE) == inbound


def test_the_same_edit_bears_the_same_id_when_it_is_sent_again():
    again = changed(AFTER, BEFORE, ts="1763802200.000000", event_ts="1763802200.000000")
    first = decode.message(changed(AFTER, BEFORE), SCENE)
    assert decode.message(again, SCENE).external_id == first.external_id


def test_an_edit_of_a_reply_stands_in_its_thread():
    now, before = reply("Since ten", edited=EDITED), reply("Since nine")
    inbound = decode.message(changed(now, before), SCENE)
    assert inbound.address.thread == TS
    assert inbound.replies_to == (inbound.external_id.removesuffix(f":edit:{EDIT_TS}"),)


def test_published_examples_without_the_words_before_count_if_they_were_edited():
    assert decode.message(changed(AFTER), SCENE).text == "My VPN is down"
    assert decode.message(changed(BEFORE), SCENE) is None


@pytest.mark.parametrize(
    "more",
    [
        {"attachments": [{"from_url": "https://x.example", "title": "X", "id": 1}]},
        {"reply_count": 1, "thread_ts": TS, "latest_reply": EVENT_TS},
        {"reactions": [{"name": "eyes", "users": [LEO], "count": 1}]},
        {"language": {"locale": "en", "is_reliable": True}},
        {"edited": EDITED},
    ],
)
def test_looks_are_no_new_words(more):
    assert decode.message(changed({**BEFORE, **more}, BEFORE), SCENE) is None


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (of_program("50 %"), of_program("40 %")),
        (said("new", user=BOT), said("old", user=BOT)),
        (said("new", user="USLACKBOT"), said("old", user="USLACKBOT")),
        (of_program("new", bot_id="B0DESK"), of_program("old", bot_id="B0DESK")),
    ],
)
def test_programs_edit_without_being_heard(now, before):
    assert decode.message(changed({**now, "edited": EDITED}, before), SCENE) is None
    assert decode.message(deleted(before), SCENE) is None


def test_a_message_is_taken_back():
    inbound = decode.message(deleted(BEFORE), SCENE)
    assert inbound.nature is Nature.DELETION
    assert inbound.external_id == f"{MESSAGE}:deleted"
    assert inbound.replies_to == (MESSAGE,)
    assert inbound.text == ""
    assert inbound.speaker == SPEAKERS[ANA]
    assert inbound.address == Address("slack", SUPPORT, TS)
    assert inbound.came_at == datetime(2025, 11, 22, 9, 2, 0, 300, UTC)
    assert decode.read(inbound.raw, SCENE) == inbound


def test_the_published_example_does_not_say_whose_message_it_was():
    event = deleted(BEFORE)
    del event["previous_message"]
    inbound = decode.message(event, SCENE)
    assert inbound.replies_to == (MESSAGE,)
    assert inbound.speaker == Speaker("", answerable=False)


def test_a_message_with_replies_leaves_a_stone_behind():
    before = {**BEFORE, "thread_ts": TS, "reply_count": 1}
    stone = said("This message was deleted.", user="USLACKBOT", subtype="tombstone", thread_ts=TS)
    inbound = decode.message(changed(stone, before), SCENE)
    assert inbound.nature is Nature.DELETION
    assert inbound.external_id == f"{MESSAGE}:deleted"
    assert inbound.speaker == SPEAKERS[ANA]


@pytest.mark.parametrize(
    ("before", "overheard"),
    [
        (said("old"), False),
        (said("old", DIRECT), False),
        (said(":mega: old"), False),
        (reply("old"), True),
        (said("old", GENERAL), True),
        (said("old", AGENTS), True),
        (of_root("old", days=2), True),
    ],
)
def test_an_edit_is_said_to_the_desk_where_such_words_are(before, overheard):
    inbound = decode.message(changed({**before, "text": "new", "edited": EDITED}, before), SCENE)
    assert inbound.overheard is overheard
    assert inbound.name == inbound.replies_to[0] or overheard
    assert inbound.nature is Nature.EDIT
    assert decode.read(inbound.raw, SCENE) == inbound


def test_what_is_edited_for_people_alone_is_not_said_to_the_desk():
    now = said(":mega: My VPN is down", edited=EDITED)
    assert decode.message(changed(now, BEFORE), SCENE).overheard


def test_an_edit_where_the_desk_asks_first_is_asked_about():
    now, before = said("new", ASKING, edited=EDITED), said(":mega: old", ASKING)
    inbound = decode.message(changed(now, before), SCENE)
    assert (inbound.offer, inbound.interactive) == (True, True)


@pytest.mark.parametrize(("room", "overheard"), [(SUPPORT, True), (DIRECT, False)])
def test_a_deletion_counts_only_where_the_message_did(room, overheard):
    assert decode.message(deleted(said("old", room)), SCENE).overheard is overheard


def test_profiles_of_both_versions_are_known():
    event = changed(said(f"Ask <@{LEO}>", edited=EDITED), BEFORE)
    assert decode.people_in(event) == {ANA, LEO}
    assert decode.people_in(deleted(BEFORE)) == {ANA}
