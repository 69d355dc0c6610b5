"""Whatever is seen on Discord is read or passed over, and kept for reading it again."""

import json

import pytest
from discord_posts import (
    ANA,
    DESK,
    FILE,
    HELP,
    LEO,
    ROOT,
    SCENE,
    SUPPORT,
    pressed,
    said,
    slash,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord import decode, ids, raw
from adapters.discord.decode_scene import Scene
from adapters.discord.modal_origin import Origin
from adapters.discord.post import (
    Attached,
    Forwarded,
    Gone,
    Ground,
    Menu,
    Person,
    Post,
    Press,
    Reaction,
    Retagged,
    Sent,
    Spot,
    Typed,
    Typing,
)
from bot.model.message import Inbound

steady = settings(derandomize=True, deadline=None)

IDS = st.sampled_from(["", ROOT, SUPPORT, ANA.id, SCENE.bot_user, "0", "7", "x:y"]) | st.text(
    max_size=3
)
WORDS = (
    st.text(max_size=20)
    | st.text(alphabet="<>@!&#:t0123456789 /`\n\ud83d\x00", max_size=30)
    | st.sampled_from([f"<@{SCENE.bot_user}> claim", "say:/claim", f"open:{SUPPORT}:{ROOT}", "📣"])
)
PEOPLE = st.builds(Person, IDS, WORDS, st.booleans(), st.sampled_from(["", "es"]))
SPOTS = st.builds(Spot, IDS, st.sampled_from(Ground), IDS, IDS, WORDS)
CHOSEN = st.lists(WORDS, max_size=2).map(tuple)
NAMED = st.lists(st.tuples(IDS, WORDS), max_size=2).map(tuple)
FILES = st.just(()) | st.just((FILE,))
MOMENTS = st.sampled_from(["", "2025-11-22T09:05:00+00:00", "2025-11-22T09:05:00", "soon"])
POSTS = st.builds(
    Post,
    IDS,
    SPOTS,
    PEOPLE,
    WORDS,
    said=st.booleans(),
    title=WORDS,
    tags=CHOSEN,
    people=st.lists(PEOPLE, max_size=2).map(tuple),
    roles=NAMED,
    channels=NAMED,
    files=FILES,
    stickers=st.lists(WORDS, max_size=2).map(tuple),
    forwarded=st.lists(st.builds(Forwarded, WORDS, FILES), max_size=2).map(tuple),
    answers=st.lists(IDS, max_size=2).map(tuple),
    edited=MOMENTS,
    threaded=st.booleans(),
    unreadable=st.booleans(),
)
MAYBE = st.none() | POSTS
REACTIONS = st.builds(
    Reaction, st.sampled_from(["🎫", "👀", "x"]), PEOPLE, SPOTS, IDS, MOMENTS, MAYBE
)
PRESSES = st.builds(Press, IDS, PEOPLE, SPOTS, WORDS, CHOSEN, IDS, st.booleans(), MAYBE)
SOME = st.lists(PEOPLE, max_size=2).map(tuple)
TYPED = st.builds(Typed, IDS, PEOPLE, SPOTS, WORDS, WORDS, NAMED, SOME)
TYPING = st.builds(Typing, IDS, PEOPLE, SPOTS, WORDS, WORDS, WORDS)
SENT = st.builds(Sent, IDS, PEOPLE, SPOTS, WORDS, NAMED, SOME)
ORIGINS = st.builds(Origin, WORDS, WORDS, IDS, IDS, IDS)


def read_again(inbound: Inbound | None) -> None:
    """Whatever is decoded is read of its own bytes just the same."""
    if inbound is None:
        return
    assert inbound.external_id
    assert not set("\x00\ud83d") & set(inbound.text + inbound.subject + inbound.speaker.name)
    again = decode.read(inbound.raw, SCENE)
    assert again is not None
    missed = [each for each in again.remarks if each not in inbound.remarks]
    assert missed in ([], ["not_kept"])
    assert (again.external_id, again.text) == (inbound.external_id, inbound.text)
    assert (again.speaker, again.address) == (inbound.speaker, inbound.address)
    assert (again.replies_to, again.filled) == (inbound.replies_to, inbound.filled)
    assert (again.labels, again.unlabelled) == (inbound.labels, inbound.unlabelled)


@steady
@given(POSTS)
def test_any_message_is_read_or_passed_over(post):
    decode.files_in(post)
    read_again(decode.message(post, SCENE))
    read_again(decode.edit(post, SCENE))


@steady
@given(
    st.builds(Gone, IDS, SPOTS, MOMENTS),
    REACTIONS,
    st.builds(Menu, IDS, PEOPLE, SPOTS, WORDS, POSTS),
    st.builds(Retagged, SPOTS, CHOSEN, CHOSEN, MOMENTS),
)
def test_whatever_becomes_of_a_message_is_read_or_passed_over(deleted, reaction, menu, retagged):
    read_again(decode.gone(deleted, SCENE))
    read_again(decode.retagged(retagged, SCENE))
    read_again(decode.reaction(reaction, SCENE))
    read_again(decode.menu(menu, SCENE))


@steady
@given(PRESSES, TYPED, TYPING, SENT, ORIGINS)
def test_whatever_is_done_is_read_or_passed_over(press, typed, typing, sent, origin):
    decode.offered(press)
    decode.typing(typing, SCENE)
    read_again(decode.press(press, SCENE))
    read_again(decode.opened(press, SCENE))
    read_again(decode.command(typed, SCENE))
    read_again(decode.submission(sent, origin, SCENE))


@steady
@given(
    st.binary()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inside: (
            st.lists(inside, max_size=3)
            | st.dictionaries(
                st.sampled_from(["kind", "seen", "origin", "post"]), inside, max_size=3
            )
        ),
        max_leaves=8,
    ).map(lambda value: json.dumps(value).encode())
)
def test_bytes_of_others_are_not_read(content):
    assert decode.read(content, SCENE) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "call"},
        {"kind": ["post"]},
        {"seen": {}},
        {"seen": {"id": 7}},
        {"bot_roles": "all"},
        {"bot_roles": [7]},
        {"origin": 3},
    ],
)
def test_bytes_that_are_not_whole_are_not_read(changed):
    whole = json.loads(decode.message(said("x"), SCENE).raw)
    assert decode.read(json.dumps({**whole, **changed}).encode(), SCENE) is None


def test_parts_of_another_shape_are_not_read():
    whole = json.loads(decode.message(said("x"), SCENE).raw)
    for key, value in (("roles", [["7"]]), ("spot", []), ("people", {}), ("said", 1)):
        odd = {**whole, "seen": {**whole["seen"], key: value}}
        assert raw.opened(json.dumps(odd).encode()) is None
    odd = {**whole["seen"]["spot"], "ground": "sea"}
    assert (
        raw.opened(json.dumps({**whole, "seen": {**whole["seen"], "spot": odd}}).encode()) is None
    )


def test_what_a_later_version_kept_besides_is_passed_over():
    whole = json.loads(decode.message(said("x"), SCENE).raw)
    whole["seen"]["mood"] = "good"
    assert raw.opened(json.dumps(whole).encode()).seen == said("x")


def test_deep_nests_are_survived():
    assert decode.read(b"[" * 100_000, SCENE) is None


def test_what_was_known_then_holds_when_it_is_read_again():
    inbound = decode.message(
        said(f"<@{SCENE.bot_user}> <@{LEO.id}> knows", DESK, people=(LEO,)), SCENE
    )
    bare = Scene("discord", "", frozenset(), {}, frozenset())
    again = decode.read(inbound.raw, bare)
    assert again.text == "@Leo Prats knows"
    assert (again.asked, again.internal) == (True, True)
    assert again.speaker == inbound.speaker


def test_addresses_of_files_are_kept_without_their_signature():
    post = said("x", HELP, files=(FILE,), forwarded=(Forwarded("", (FILE,)),))
    seen = raw.opened(decode.message(post, SCENE).raw).seen
    assert isinstance(seen, Post)
    assert [each.url for each in decode.files_in(seen)] == [
        "https://cdn.example.org/screen.png"
    ] * 2
    assert isinstance(seen.files[0], Attached)


def test_presses_and_commands_are_kept_as_they_came():
    assert raw.opened(decode.press(pressed("say:/x"), SCENE).raw).seen == pressed("say:/x")
    assert raw.opened(decode.command(slash("x"), SCENE).raw).seen == slash("x")


@steady
@given(IDS, IDS)
def test_names_are_parted_where_they_name_a_message(channel, message):
    there, own = ids.parted(ids.name(channel, message))
    if ids.is_id(channel) and ids.is_id(message):
        assert (there, own) == (channel, message)
    elif ":" not in channel + message:
        assert (there, own) == ("", "")
    assert ids.parted(ids.interaction(message)) == ("", "")


@steady
@given(st.text(max_size=25) | st.integers(0, 1 << 65).map(str))
def test_no_moment_is_made_of_what_is_no_id(text):
    at = ids.made_at(text)
    assert (at is not None) == ids.is_id(text)
    if at is not None:
        assert int(ids.since(at)) <= int(text) < int(ids.since(at)) + (1 << 22)


def test_ids_are_found_by_their_channel():
    named = ("x", ids.interaction("5"), ids.name("3", "4"), ids.name("5", "6"))
    assert ids.in_channel(named, "5") == "6"
    assert ids.in_channel(named, "") is None
