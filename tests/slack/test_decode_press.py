"""Slash commands, presses and forms of Slack as the desk takes them in."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from slack_payloads import (
    AGENTS,
    ANA,
    ASKING,
    DIRECT,
    GENERAL,
    LEO,
    REPLY_TS,
    SCENE,
    SPEAKERS,
    SUPPORT,
    TRIGGER,
    TS,
    inner,
    interactive,
    pressed,
    said,
    slash,
    submitted,
)

from adapters.slack import blocks, decode, modal
from bot.model.form import Field, Form, Input
from bot.model.message import Address, Answer, Button

FORM = Form("/reply IT-1", "Reply", "Send", "Cancel", (Field("text", "Text", Input.WORDS),))


def test_a_slash_command_is_asked():
    inbound = decode.command(slash(f"assign IT-1 <@{LEO}|leo> R&amp;D"), SCENE)
    assert inbound.text == "assign IT-1 @Leo Prats R&D"
    assert inbound.external_id == f"trigger:{TRIGGER}"
    assert inbound.speaker == SPEAKERS[ANA]
    assert inbound.mentioned == (SPEAKERS[LEO],)
    assert inbound.address == Address("slack", GENERAL)
    assert (inbound.asked, inbound.interactive) == (True, True)
    assert not inbound.public
    assert not inbound.internal
    assert decode.people_in(slash(f"<@{LEO}|leo>")) == {ANA, LEO}
    assert decode.read(inbound.raw, SCENE) == inbound


def test_a_slash_command_may_say_nothing():
    assert decode.command(slash(""), SCENE).text == ""
    assert decode.command(slash("x", user=""), SCENE) is None


def test_a_slash_command_knows_its_room():
    support = decode.command(slash("my VPN is down", SUPPORT), SCENE)
    assert (support.team, support.language) == ("it", "es")
    assert decode.command(slash("list", AGENTS), SCENE).internal


def test_a_press_says_its_command():
    inbound = decode.press(pressed("/claim IT-1"), SCENE)
    assert inbound.text == "/claim IT-1"
    assert inbound.external_id == f"trigger:{TRIGGER}"
    assert inbound.speaker == SPEAKERS[LEO]
    assert inbound.address == Address("slack", AGENTS, TS)
    assert inbound.replies_to == (f"{AGENTS}:{REPLY_TS}", f"{AGENTS}:{TS}")
    assert (inbound.interactive, inbound.internal, inbound.public) == (True, True, False)
    assert inbound.came_at == datetime(2025, 11, 22, 9, 2, 0, 400, UTC)
    assert decode.people_in(pressed("/claim IT-1")) == {LEO}
    assert decode.read(inbound.raw, SCENE) == inbound


def test_a_press_comes_unescaped():
    assert decode.press(pressed("/note IT-1 R&amp;D &lt;ok&gt;"), SCENE).text == (
        "/note IT-1 R&D <ok>"
    )
    assert decode.press(pressed("/note IT-1 R&D <ok>"), SCENE).text == "/note IT-1 R&D <ok>"


def test_a_choice_of_a_menu_is_a_press():
    option = {"text": {"type": "plain_text", "text": "Close"}, "value": "/close IT-1"}
    action = {"type": "overflow", "action_id": "more:0", "selected_option": option}
    body = pressed("", SUPPORT, ANA, actions=[action])
    inbound = decode.press(body, SCENE)
    assert inbound.text == "/close IT-1"
    assert inbound.public


def test_a_press_in_what_one_person_sees_answers_to_no_message():
    box = {"type": "message", "message_ts": REPLY_TS, "channel_id": SUPPORT, "is_ephemeral": True}
    body = pressed("/thanks IT-1", SUPPORT, ANA, container={**box, "thread_ts": TS})
    del body["message"]
    inbound = decode.press(body, SCENE)
    assert inbound.address == Address("slack", SUPPORT, TS)
    assert not inbound.replies_to


def test_a_press_knows_its_place_from_its_container_alone():
    body = pressed("/claim IT-1")
    whole = decode.press(body, SCENE)
    del body["channel"], body["message"]
    bare = decode.press(body, SCENE)
    assert (bare.address, bare.replies_to) == (whole.address, whole.replies_to)
    first = {"message_ts": TS, "channel_id": SUPPORT}
    root = decode.press({**body, "container": first}, SCENE)
    assert root.address == Address("slack", SUPPORT, TS)
    assert root.replies_to == (f"{SUPPORT}:{TS}",)


def test_a_press_on_ones_own_page_has_no_room():
    body = pressed("/reopen IT-1", container={"type": "view", "view_id": "V1"}, view={"id": "V1"})
    del body["channel"], body["message"]
    inbound = decode.press(body, SCENE)
    assert inbound.address == Address("slack", "")
    assert not inbound.replies_to
    assert not inbound.public


@pytest.mark.parametrize(
    "more",
    [{"actions": []}, {"actions": [{"type": "button", "url": "https://x.example"}]}, {"user": 1}],
)
def test_a_press_without_words_says_nothing(more):
    assert decode.press(pressed("", **more), SCENE) is None


def test_a_writer_who_was_asked_first_gets_their_ticket():
    message = said("My VPN is down", ASKING)
    question = Answer("Is it for us?", buttons=(Button("Make a ticket", "open", main=True),))
    post = blocks.offer(question, f"{ASKING}:{TS}")
    value = post["blocks"][-1]["elements"][0]["value"]
    body = pressed(value, ASKING, ANA)
    assert decode.offered(body) == (ASKING, TS)
    inbound = decode.opened(body, SCENE, inner(message))
    assert inbound.external_id == f"trigger:{TRIGGER}"
    assert inbound.known_as == f"{ASKING}:{TS}"
    assert inbound.text == "My VPN is down"
    assert inbound.speaker == SPEAKERS[ANA]
    assert inbound.address == Address("slack", ASKING, TS)
    assert (inbound.offer, inbound.interactive) == (False, True)
    assert decode.read(inbound.raw, SCENE) == inbound


@pytest.mark.parametrize("value", ["open", "open C1", "/claim IT-1", "/open C1:1.2", ""])
def test_other_presses_offer_no_message(value):
    assert decode.offered(pressed(value)) is None
    assert decode.opened(pressed(value), SCENE, inner(said("x"))) is None


def test_what_is_typed_into_a_field_is_known_with_its_kind():
    body = interactive("block_suggestion", action_id="ticket", block_id="other", value="vpn")
    assert decode.typed(body) == ("ticket", "vpn", "", "other")
    view = modal.modal(FORM, room=AGENTS, thread=TS, message=f"{AGENTS}:{REPLY_TS}")
    assert decode.typed({**body, "view": view}) == ("ticket", "vpn", "reply", "other")
    assert decode.typed(pressed("/claim IT-1")) is None


def test_a_form_comes_back_with_its_command():
    form = replace(FORM, mark="2026-11-23T10:00:00+00:00")
    view = modal.modal(form, room=AGENTS, thread=TS, message=f"{AGENTS}:{REPLY_TS}")
    state = {"text": {"words": {"type": "plain_text_input", "value": "It works again"}}}
    body = submitted(view, state)
    inbound = decode.submission(body, SCENE)
    assert inbound.text == "/reply IT-1"
    assert inbound.filled == (("text", "It works again"),)
    assert inbound.mark == form.mark
    assert inbound.external_id == f"trigger:{TRIGGER}"
    assert inbound.speaker == SPEAKERS[LEO]
    assert inbound.address == decode.origin(body["view"], SCENE) == Address("slack", AGENTS, TS)
    assert inbound.replies_to == (f"{AGENTS}:{REPLY_TS}", f"{AGENTS}:{TS}")
    assert (inbound.interactive, inbound.internal) == (True, True)
    assert decode.people_in(body) == {LEO}
    assert decode.read(inbound.raw, SCENE) == inbound


def test_a_form_of_a_slash_command_or_a_page_has_no_thread():
    for room, message in ((SUPPORT, ""), ("", ""), (DIRECT, f"{SUPPORT}:{TS}")):
        view = modal.modal(FORM, room=room, thread="", message=message)
        inbound = decode.submission(submitted(view, {}), SCENE)
        assert inbound.address == Address("slack", room)
        assert not inbound.replies_to
        assert inbound.internal is (room != SUPPORT)
        assert inbound.public is (room == SUPPORT)


def test_a_closed_form_says_its_command_alone():
    view = {**modal.modal(FORM, room=AGENTS, thread=TS, message=""), "id": "V1", "hash": "1.a"}
    body = interactive("view_closed", view={**view, "state": {"values": {}}}, is_cleared=False)
    del body["trigger_id"]
    inbound = decode.closed(body, SCENE)
    assert inbound.text == "/reply IT-1"
    assert inbound.external_id == f"trigger:V1:1.a:{LEO}"
    assert not inbound.filled
    assert decode.read(inbound.raw, SCENE) == inbound


@pytest.mark.parametrize("metadata", ["", "{", "[]", "{}", '{"room": "C1"}', "[" * 5000])
def test_views_of_others_are_no_forms(metadata):
    view = {"callback_id": "form", "private_metadata": metadata}
    assert decode.submission(submitted(view, {}), SCENE) is None
    assert decode.closed(interactive("view_closed", view=view), SCENE) is None
