"""Whatever comes over Slack's wire is read or passed over, and kept for reading it again."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_payloads import (
    ANA,
    LEO,
    SCENE,
    SPEAKERS,
    SUPPORT,
    TS,
    changed,
    inner,
    pressed,
    reacted,
    reply,
    said,
    shortcut_on,
    slash,
    submitted,
)

from adapters.slack import decode, raw
from adapters.slack.decode_fields import moment, stamp, table, tables, word
from adapters.slack.decode_scene import Scene
from bot.model.message import Inbound, Speaker

steady = settings(derandomize=True, deadline=None)

ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from([SUPPORT, TS, ANA, f"<@{LEO}>", "open", "message_changed", "rich_text"]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)
PAYLOADS = [
    said("My VPN is down"),
    reply("Since nine"),
    changed(said("new", edited={"ts": TS}), said("old")),
    reacted("ticket"),
    slash("help"),
    pressed("/claim IT-1"),
    shortcut_on(said("x")),
    submitted({"private_metadata": '{"command": "/reply IT-1"}', "blocks": []}, {}),
]


@st.composite
def odd_payloads(draw: st.DrawFn) -> dict[str, object]:
    """A payload of Slack's of which some parts are anything."""
    payload = json.loads(json.dumps(draw(st.sampled_from(PAYLOADS))))
    for _ in range(draw(st.integers(1, 3))):
        part = payload
        while True:
            key = draw(st.sampled_from(sorted(part)))
            if not isinstance(part[key], dict) or not part[key] or draw(st.booleans()):
                break
            part = part[key]
        part[key] = draw(ODD)
    return payload


def all_read(payload: dict[str, object], scene: Scene) -> list[Inbound | None]:
    decode.people_in(payload)
    decode.files_in(payload)
    decode.offered(payload)
    decode.typed(payload)
    return [
        decode.message(payload, scene),
        decode.of_history(payload, SUPPORT, scene),
        decode.reaction(payload, scene, payload),
        decode.reaction(payload, scene, None),
        decode.command(payload, scene),
        decode.press(payload, scene),
        decode.opened(payload, scene, payload),
        decode.shortcut(payload, scene),
        decode.submission(payload, scene),
        decode.closed(payload, scene),
    ]


@steady
@given(odd_payloads() | st.dictionaries(st.text(), ODD))
def test_nothing_that_slack_may_send_stops_the_door(payload):
    for inbound in filter(None, all_read(payload, SCENE)):
        assert inbound.external_id
        inbound.text.encode()
        again = decode.read(inbound.raw, SCENE)
        assert again is not None
        assert again.external_id == inbound.external_id
        assert again.text == inbound.text
        assert again.speaker == inbound.speaker


@steady
@given(odd_payloads())
def test_every_profile_that_is_asked_for_was_named_before(payload):
    known = decode.people_in(payload)

    def speaker(user: str) -> Speaker:
        assert user in known
        return Speaker(user)

    scene = Scene("slack", "T0", "U0DESK", "B0", "A0", SCENE.rooms, frozenset(), speaker)
    all_read(payload, scene)


@steady
@given(st.binary() | ODD.map(lambda value: json.dumps(value).encode()))
def test_bytes_of_others_are_not_read(content):
    assert decode.read(content, SCENE) is None


def test_deep_nests_are_survived():
    assert decode.read(b"[" * 100_000, SCENE) is None
    nest: dict[str, object] = {"type": "rich_text_section"}
    for _ in range(200):
        nest = {"type": "rich_text", "elements": [nest]}
    assert decode.message(said("", blocks=[nest]), SCENE).text == ""


def test_what_is_kept_holds_no_token():
    inbound = decode.command(slash("help"), SCENE)
    assert b"secret" not in inbound.raw
    assert b"hooks.slack.com" not in inbound.raw
    press = decode.press(pressed("/claim IT-1"), SCENE)
    assert b"secret" not in press.raw


def test_people_are_read_again_as_they_were_known():
    inbound = decode.message(said(f"<@{LEO}> knows"), SCENE)

    def forgotten(user: str) -> Speaker:
        return Speaker(user)

    scene = Scene("slack", "T0", "U0DESK", "B0", "A0", SCENE.rooms, frozenset(), forgotten)
    again = decode.read(inbound.raw, scene)
    assert again.speaker == SPEAKERS[ANA]
    assert again.speaker.also == (("email", "ana@example.org"),)
    assert again.text == "@Leo Prats knows"


@pytest.mark.parametrize(
    "inbound",
    [
        decode.message(said("", files=[{"id": "F1"}]), SCENE),
        decode.shortcut(shortcut_on(said("", files=[{"id": "F1"}])), SCENE),
        decode.reaction(reacted("ticket"), SCENE, inner(said("", files=[{"id": "F1"}]))),
    ],
)
def test_files_are_missed_when_a_message_is_read_again(inbound):
    assert decode.read(inbound.raw, SCENE).remarks == ("not_kept",)


def test_bytes_of_a_kind_that_nobody_knows_are_not_read():
    assert decode.read(raw.kept("call", {}, SCENE), SCENE) is None


def test_profiles_in_bytes_are_not_trusted_to_be_whole():
    whole = {"kind": "message", "people": [7, {"external_id": "U1", "also": [["a"], ["b", 1]]}]}
    opened = raw.opened(json.dumps(whole).encode())
    assert opened.people["U1"] == Speaker("U1", also=(("b", "1"),))
    assert not opened.people["U1"].verified


@steady
@given(ODD, st.lists(st.text(), min_size=1, max_size=3))
def test_any_path_can_be_asked_for(value, path):
    assert isinstance(word(value, *path), str)
    assert table(value, *path) is not None
    assert all(isinstance(each, dict) for each in tables(value, *path))
    assert moment(stamp(value, *path)) is None or stamp(value, *path)


@pytest.mark.parametrize("ts", ["", "nan.0", "99999999999999999999.1", "1.x", "253402300800.0"])
def test_no_moment_is_made_of_what_is_none(ts):
    assert moment(ts) is None
