"""The words of Slack's rich text, of other apps' blocks, and of messages that are handed on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.mrkdwn_rich import of_rich, shared

NAMES = {"U1": "Ana Ruiz", "C1": "help", "S1": "team", "T1": "Example"}


def name(member):
    return NAMES.get(member, "")


def words(text="Words", **style):
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def part(kind, *elements, **more):
    return {"type": f"rich_text_{kind}", "elements": list(elements), **more}


def rich(*parts):
    return [{"type": "rich_text", "elements": list(parts)}]


@pytest.mark.parametrize(
    ("element", "read"),
    [
        (words("R&D <3 &amp;"), "R&D <3 &amp;"),
        (words("bold", bold=True), "*bold*"),
        (words(" it ", italic=True), " _it_ "),
        (words("gone", strike=True), "~gone~"),
        (words("ls -l", code=True), "`ls -l`"),
        (words("both", bold=True, italic=True), "*_both_*"),
        (words("under", underline=True), "under"),
        (words("  ", bold=True), "  "),
        ({"type": "user", "user_id": "U1"}, "@Ana Ruiz"),
        ({"type": "user", "user_id": "U404"}, "@U404"),
        ({"type": "usergroup", "usergroup_id": "S1"}, "@team"),
        ({"type": "channel", "channel_id": "C1"}, "#help"),
        ({"type": "team", "team_id": "T1"}, "Example"),
        ({"type": "broadcast", "range": "here"}, "@here"),
        ({"type": "emoji", "name": "+1", "unicode": "1f44d"}, ":+1:"),
        ({"type": "emoji", "name": "wave", "skin_tone": 3}, ":wave::skin-tone-3:"),
        ({"type": "link", "url": "https://x.example"}, "https://x.example"),
        ({"type": "link", "url": "https://x.example", "text": "page"}, "page (https://x.example)"),
        ({"type": "link", "url": "mailto:a@x.example", "text": "a@x.example"}, "a@x.example"),
        ({"type": "date", "timestamp": 1763802000, "fallback": "22 Nov"}, "22 Nov"),
        ({"type": "date", "timestamp": 1763802000}, "2025-11-22 09:00 UTC"),
        ({"type": "date", "timestamp": 10**20}, ""),
        ({"type": "color", "value": "#ff8800"}, "#ff8800"),
        ({"type": "hologram"}, ""),
    ],
)
def test_each_element_of_rich_text_has_its_words(element, read):
    assert of_rich(rich(part("section", element)), name) == read


def test_a_message_as_slacks_clients_send_it():
    item = part("section", words("one"))
    blocks = rich(
        part("section", words("Hello "), {"type": "user", "user_id": "U1"}, words(",\n\n")),
        part("list", item, part("section", words("two\nlines")), style="ordered"),
        part("list", item, style="bullet", indent=1),
        part("list", item, style="ordered", offset=2),
        part("quote", words("said\n\nbefore")),
        part("preformatted", words("x = 1\ny = 2", bold=True)),
        part("section", words("Thanks\n")),
    )
    assert of_rich(blocks, name).split("\n") == [
        "Hello @Ana Ruiz,",
        "",
        "1. one",
        "2. two",
        "  lines",
        "    • one",
        "3. one",
        "> said",
        ">",
        "> before",
        "```",
        "x = 1",
        "y = 2",
        "```",
        "Thanks",
    ]


def test_a_list_in_a_quote_is_quoted():
    quoted = part("list", part("section", words("one")), style="bullet", border=1)
    assert of_rich(rich(quoted), name) == "> • one"


def test_other_apps_blocks_are_read_without_their_buttons():
    mrkdwn = {"type": "mrkdwn", "text": "*CPU* &gt; 90 % on <https://x.example|web1>"}
    plain = {"type": "plain_text", "text": "1 &lt; 2"}
    blocks = [
        {"type": "header", "text": plain},
        {"type": "section", "text": mrkdwn, "fields": [plain, mrkdwn]},
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "image", "alt_text": "logo"}, plain, plain]},
        {"type": "actions", "elements": [{"type": "button", "text": plain}]},
        {"type": "markdown", "text": "# Seen"},
        {
            "type": "table",
            "rows": [[{"type": "raw_text", "text": "a &amp; b"}, rich(part("section"))[0]]],
        },
        {"type": "image", "alt_text": "A graph"},
    ]
    assert of_rich(blocks, name).split("\n") == [
        "1 < 2",
        "*CPU* > 90 % on web1 (https://x.example)",
        "1 < 2",
        "*CPU* > 90 % on web1 (https://x.example)",
        "1 < 2 1 < 2",
        "# Seen",
        "a & b | ",
        "A graph",
    ]


FORWARD = {"is_share": True, "is_msg_unfurl": True, "author_name": "Ana Ruiz", "author_id": "U1"}
BLOCKS = rich(part("section", words("It is down\nsince five")))
QUOTED = "Ana Ruiz:\n> It is down\n> since five"


@pytest.mark.parametrize(
    "attachment",
    [
        FORWARD | {"text": "It is down\nsince five"},
        FORWARD | {"text": "It is down\nsince five", "blocks": BLOCKS, "fallback": "no"},
        FORWARD | {"text": "", "message_blocks": [{"team": "T1", "message": {"blocks": BLOCKS}}]},
        FORWARD | {"blocks": BLOCKS},
        FORWARD | {"fallback": "It is down\nsince five"},
        {"is_share": True, "author_id": "U1", "text": "It is down\r\nsince five"},
        {"is_msg_unfurl": True, "author_id": "U1", "blocks": BLOCKS, "from_url": "https://x/p1"},
    ],
)
def test_a_message_that_is_handed_on_is_quoted_with_its_author(attachment):
    assert shared({"text": "", "attachments": [attachment]}, name) == QUOTED


def test_a_message_without_an_author_is_quoted_all_the_same():
    assert shared({"attachments": [{"is_share": True, "text": "<@U1>?"}]}, name) == "> @Ana Ruiz?"


def test_what_another_app_says_is_read():
    attachment = {
        "pretext": "Alert &amp; more",
        "title": "web1",
        "title_link": "https://x.example/web1",
        "text": "CPU at <https://x.example|99 %>",
        "fields": [{"title": "Since", "value": "09:00"}, {"value": "<@U1>"}],
        "fallback": "web1: CPU",
        "footer": "Monitor",
    }
    assert shared({"attachments": [attachment, {"fallback": "web2: disk"}]}, name).split("\n") == [
        "Alert & more",
        "web1 (https://x.example/web1)",
        "CPU at 99 % (https://x.example)",
        "Since: 09:00",
        "@Ana Ruiz",
        "",
        "web2: disk",
    ]


@pytest.mark.parametrize("more", [{"from_url": "https://x.example"}, {"is_app_unfurl": True}])
def test_previews_of_links_are_nobodys_words(more):
    attachment = {"title": "A page", "text": "About a page", **more}
    assert shared({"attachments": [attachment]}, name) == ""


def test_where_nothing_is_said_nothing_is_read():
    assert of_rich(None, name) == of_rich([], name) == of_rich(rich(), name) == ""
    assert shared({}, name) == shared({"attachments": None}, name) == ""
    assert shared({"attachments": [FORWARD | {"text": ""}]}, name) == ""


KEYS = ["type", "text", "elements", "style", "indent", "rows", "is_share", "fields", "blocks"]
KINDS = ["rich_text", "rich_text_list", "rich_text_section", "text", "date", "emoji", "table"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(KINDS),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
def test_nothing_that_json_can_say_brings_the_reading_down(value):
    blocks = [value, {"type": "rich_text", "elements": [value, {"elements": [value]}]}]
    assert isinstance(of_rich(blocks, name), str)
    assert isinstance(shared({"attachments": [value, {"blocks": value}]}, name), str)
