"""What Slack's clients make of typed words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.slack.rich_text import typed
from sandbox.slack.words import plain, visible


def known(line):
    return ("U1", "Ana Ruiz") if line.startswith("Ana Ruiz") else None


def name(id_):
    return {"U1": "Ana Ruiz"}.get(id_, "")


def section(*elements):
    return {"type": "rich_text_section", "elements": list(elements)}


def text(words, **style):
    return {"type": "text", "text": words, **({"style": style} if style else {})}


@pytest.mark.parametrize(
    ("words", "wire", "elements"),
    [
        ("a < b & c", "a &lt; b &amp; c", [section(text("a < b & c"))]),
        (
            "Hi @Ana Ruiz!",
            "Hi <@U1>!",
            [section(text("Hi "), {"type": "user", "user_id": "U1"}, text("!"))],
        ),
        ("@nobody here", "@nobody here", [section(text("@nobody here"))]),
        (
            "see https://x.example/a?b=1&c=2.",
            "see <https://x.example/a?b=1&amp;c=2>.",
            [
                section(
                    text("see "), {"type": "link", "url": "https://x.example/a?b=1&c=2"}, text(".")
                )
            ],
        ),
        (
            "ana@example.org",
            "<mailto:ana@example.org|ana@example.org>",
            [section({"type": "link", "url": "mailto:ana@example.org", "text": "ana@example.org"})],
        ),
        ("ok :+1:", "ok :+1:", [section(text("ok "), {"type": "emoji", "name": "+1"})]),
        ("at 12:30:45", "at 12:30:45", [section(text("at 12:30:45"))]),
        ("run `a<b`", "run `a&lt;b`", [section(text("run "), text("a<b", code=True))]),
        (
            "*now* and _then_",
            "*now* and _then_",
            [section(text("now", bold=True), text(" and "), text("then", italic=True))],
        ),
        (
            "snake_case_name 2*3*4",
            "snake_case_name 2*3*4",
            [section(text("snake_case_name 2*3*4"))],
        ),
        (
            "> it broke\n> twice",
            "&gt; it broke\n&gt; twice",
            [{"type": "rich_text_quote", "elements": [text("it broke\ntwice")]}],
        ),
        (
            "```\na <b>\n```",
            "```a &lt;b&gt;```",
            [{"type": "rich_text_preformatted", "elements": [text("a <b>")], "border": 0}],
        ),
    ],
)
def test_typed_words_become_escaped_text_and_rich_blocks(words, wire, elements):
    found, (block,) = typed(words, known)
    assert found == wire
    assert block["elements"] == elements


def test_lists_have_a_style_and_an_indent():
    found, (block,) = typed("Twice:\n1. one\n2. two\n    - deep", known)
    assert found == "Twice:\n1. one\n2. two\n    • deep"
    shapes = [(each["type"], each.get("style"), each.get("indent")) for each in block["elements"]]
    assert shapes == [
        ("rich_text_section", None, None),
        ("rich_text_list", "ordered", 0),
        ("rich_text_list", "bullet", 1),
    ]
    assert block["elements"][1]["elements"] == [section(text("one")), section(text("two"))]


@given(st.text(alphabet=st.sampled_from("ab *_~`@:<>&-1.)\n•https://x.yA")))
def test_text_and_blocks_read_the_same_but_for_the_marks(words):
    found, blocks = typed(words, known)
    marks = str.maketrans("", "", "*_~`•> \n1234567890.)-@")
    of_blocks = visible({"blocks": blocks}, name).translate(marks)
    assert plain(found, name).translate(marks) == of_blocks


@pytest.mark.parametrize("sign", ["<", "*a ", "`", ":a", "@", "> ", "http://", "a@a."])
def test_hostile_words_take_no_longer(sign):
    began = time.perf_counter()
    typed(sign * 20_000, known)
    assert time.perf_counter() - began < 1
