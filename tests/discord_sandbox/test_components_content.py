"""What Discord refuses in a message that is sent or edited: its text, its embeds, its flags."""

import pytest

from sandbox.discord.content import Before, check_edit, check_new
from sandbox.discord.embeds import length
from sandbox.discord.refusal import Refused

V2 = 1 << 15
WORDS = [{"type": 10, "content": "words"}]
ROW = [{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "a", "label": "A"}]}]


def refused(check, *arguments, **more):
    with pytest.raises(Refused) as no:
        check(*arguments, **more)
    return no.value


def code_at(no, *place):
    tree = no.errors
    for key in place:
        tree = tree[key]
    return tree["_errors"][0]["code"]


@pytest.mark.parametrize(
    ("body", "files"),
    [
        ({"content": "x" * 2000}, ()),
        ({"content": "", "embeds": [{"title": "x"}]}, ()),
        ({"components": ROW}, ()),
        ({"content": None}, ["a.png"]),
        ({"flags": V2, "components": WORDS}, ()),
        ({"content": "x", "nonce": "1" * 25, "enforce_nonce": True}, ()),
        ({"content": "x", "allowed_mentions": {"parse": [], "users": ["12"]}}, ()),
        ({"poll": {"question": {"text": "?"}}}, ()),
    ],
)
def test_what_says_something_is_sent(body, files):
    check_new(body, files)


@pytest.mark.parametrize(
    "body", [{}, {"content": ""}, {"content": " \n"}, {"embeds": []}, {"flags": V2}]
)
def test_what_says_nothing_is_not_sent(body):
    no = refused(check_new, body)
    assert (no.status, no.code, no.message) == (400, 50006, "Cannot send an empty message")


def test_a_text_has_two_thousand_characters():
    no = refused(check_new, {"content": "x" * 2001})
    assert no.body == {
        "code": 50035,
        "message": "Invalid Form Body",
        "errors": {
            "content": {
                "_errors": [
                    {
                        "code": "BASE_TYPE_MAX_LENGTH",
                        "message": "Must be 2000 or fewer in length.",
                    }
                ]
            }
        },
    }


@pytest.mark.parametrize(
    ("body", "place", "code"),
    [
        ({"content": ["x"]}, ("content",), "STRING_TYPE_CONVERT"),
        ({"content": "x", "flags": "many"}, ("flags",), "NUMBER_TYPE_COERCE"),
        ({"content": "x", "nonce": "1" * 26}, ("nonce",), "NONCE_TYPE_TOO_LONG"),
        ({"content": "x", "nonce": True}, ("nonce",), "NONCE_TYPE_INVALID_TYPE"),
        (
            {"content": "x", "allowed_mentions": {"parse": ["all"]}},
            ("allowed_mentions", "parse", "0"),
            "BASE_TYPE_CHOICES",
        ),
        (
            {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            ("allowed_mentions",),
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
        (
            {"content": "x", "allowed_mentions": {"roles": ["x"]}},
            ("allowed_mentions", "roles", "0"),
            "NUMBER_TYPE_COERCE",
        ),
        (
            {"content": "x", "allowed_mentions": {"users": ["1"] * 101}},
            ("allowed_mentions", "users"),
            "BASE_TYPE_MAX_LENGTH",
        ),
        ({"content": "x", "allowed_mentions": 1}, ("allowed_mentions",), "MODEL_TYPE_CONVERT"),
        ({"content": "x", "components": WORDS}, ("components", "0"), "UNION_TYPE_CHOICES"),
    ],
)
def test_each_fault_is_named_at_its_place(body, place, code):
    assert code_at(refused(check_new, body), *place) == code


@pytest.mark.parametrize("key", ["content", "embeds", "poll", "sticker_ids"])
def test_nothing_stands_beside_components_of_the_second_version(key):
    values = {"content": "x", "embeds": [{"title": "x"}], "poll": {"x": 1}, "sticker_ids": ["1"]}
    no = refused(check_new, {"flags": V2, "components": WORDS, key: values[key]})
    assert code_at(no, key) == "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
    assert f"The '{key}' field" in no.errors[key]["_errors"][0]["message"]


def test_the_place_within_the_body_is_told():
    no = refused(check_new, {"content": "x" * 2001}, place="data")
    assert code_at(no, "data", "content") == "BASE_TYPE_MAX_LENGTH"


def test_an_edit_changes_what_it_names_and_leaves_the_rest():
    check_edit({"embeds": []}, Before(content="words"))
    check_edit({"content": None}, Before(content="words", embeds=[{"title": "x"}]))
    no = refused(check_edit, {"content": ""}, Before(content="words"))
    assert no.code == 50006


def test_an_edit_never_takes_the_second_version_back():
    before = Before(flags=V2, components=WORDS)
    check_edit({"components": [{"type": 10, "content": "others"}]}, before)
    check_edit({"flags": V2 | 4}, before)
    no = refused(check_edit, {"flags": 0, "content": "plain"}, before)
    assert code_at(no, "flags") == "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG"
    assert code_at(no, "content") == "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"


def test_an_edit_to_the_second_version_clears_what_stood_there():
    before = Before(content="words", embeds=[{"title": "x"}])
    no = refused(check_edit, {"flags": V2, "components": WORDS, "content": None}, before)
    assert list(no.errors) == ["embeds"]
    check_edit({"flags": V2, "components": WORDS, "content": None, "embeds": []}, before)


def embed(**more):
    return {"title": "TKT-1", **more}


def test_a_whole_embed_is_taken():
    whole = embed(
        description="x" * 4096,
        url="https://desk.example",
        timestamp="2026-11-22T10:00:00+00:00",
        color=0xFFFFFF,
        footer={"text": "foot", "icon_url": "attachment://a.png"},
        image={"url": "https://x.example/a.png"},
        author={"name": "Ana"},
        fields=[{"name": "Who", "value": "Ana", "inline": True}] * 25,
    )
    check_new({"embeds": [whole]})
    assert length(whole) == 5 + 4096 + 4 + 3 + 25 * 6


@pytest.mark.parametrize(
    ("one", "place", "code"),
    [
        (embed(title="x" * 257), ("title",), "BASE_TYPE_MAX_LENGTH"),
        (embed(description="x" * 4097), ("description",), "BASE_TYPE_MAX_LENGTH"),
        (embed(color=-1), ("color",), "NUMBER_TYPE_MIN"),
        (embed(url="desk"), ("url",), "URL_TYPE_INVALID_URL"),
        (embed(timestamp="now"), ("timestamp",), "DATE_TIME_TYPE_PARSE"),
        (embed(footer={"text": "x" * 2049}), ("footer", "text"), "BASE_TYPE_BAD_LENGTH"),
        (embed(author={}), ("author", "name"), "BASE_TYPE_REQUIRED"),
        (embed(image={"url": "ftp://x"}), ("image", "url"), "URL_TYPE_INVALID_SCHEME"),
        (embed(fields=[{"name": "x"}]), ("fields", "0", "value"), "BASE_TYPE_REQUIRED"),
        (
            embed(fields=[{"name": "x", "value": ""}]),
            ("fields", "0", "value"),
            "BASE_TYPE_REQUIRED",
        ),
        (embed(fields=[{"name": "x", "value": "y"}] * 26), ("fields",), "BASE_TYPE_MAX_LENGTH"),
        ({}, ("description",), "BASE_TYPE_REQUIRED"),
    ],
)
def test_each_fault_of_an_embed_is_named(one, place, code):
    assert code_at(refused(check_new, {"embeds": [one]}), "embeds", "0", *place) == code


def test_embeds_are_ten_at_most_and_have_six_thousand_characters_together():
    no = refused(check_new, {"embeds": [embed()] * 11})
    assert code_at(no, "embeds") == "BASE_TYPE_MAX_LENGTH"
    check_new({"embeds": [{"description": "x" * 3000}] * 2})
    no = refused(check_new, {"embeds": [{"description": "x" * 3000}] * 2 + [{"title": "x"}]})
    assert code_at(no, "embeds", "2") == "MAX_EMBED_SIZE_EXCEEDED"
