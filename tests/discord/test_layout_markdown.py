"""Words as Discord's Markdown: they read the same, format nothing by accident, and part well."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.markdown import bold, escape, heading, line, plain, quotation, small
from adapters.discord.markdown_pieces import SHORTEST, pieces, shortened

steady = settings(derandomize=True, deadline=None)
BITS = [
    "a", "bc ", " ", "\n", "\n\n", "*", "_", "__", "~~", "||", "`", "```", "```\n", "```py\n", "\\",
    "<", ">", "> ", ">>> ", "# ", "-# ", "- ", "1. ", "[x](", ")", "<@12>", "@everyone", "é",
    "👍🏽", "🇪🇸", "https://x.example/a_b", ".", "x" * 30, "word " * 9,
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(BITS), max_size=40).map("".join) | st.text(max_size=60)
LIMITS = st.integers(SHORTEST, 200)


def bare(text: str) -> str:
    return "".join(text.split())


def letters(text: str) -> str:
    """What is no white space and no mark that may be written anew where a text is parted."""
    return re.sub(r"[\s`>#-]", "", text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2*3 *bold*", r"2\*3 \*bold\*"),
        ("_so_ snake_case __init__.py", r"\_so\_ snake_case \_\_init\_\_.py"),
        ("~out~ ~~gone~~ a|b ||psst||", r"~out~ \~\~gone\~\~ a|b \|\|psst\|\|"),
        (r"C:\temp\*", r"C:\\temp\\\*"),
        ("<@1> <@&2> <#3> <t:1> @here", r"\<@1> \<@&2> \<#3> \<t:1> @here"),
        ("# Big\n  ## too\n-# small\n#tag", "\\# Big\n  \\## too\n\\-# small\n#tag"),
        ("> no quote\n>>> nor this", "\\> no quote\n\\>>> nor this"),
        ("1. a\n7. b\n3.5", "1\\. a\n7\\. b\n3.5"),
        ("- one\n- # two", "- one\n- \\# two"),
        ("[here](https://x.example)", r"\[here](https://x.example)"),
        ("[IT-1] it", "[IT-1] it"),
        ("run `a *b*` now, ``no``", r"run `a *b*` now, \`\`no\`\`"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_nothing_is_formatted_by_accident(text, written):
    assert escape(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("see https://x.example/_a_*b.", r"see <https://x.example/_a_>\*b."),
        ("see https://x.example/_a_, then", "see https://x.example/_a_, then"),
        ("(https://x.example/a)", "(https://x.example/a)"),
        ("*https://x.example*", r"\*<https://x.example>\*"),
        ("<https://x.example/a_b>", r"\<<https://x.example/a_b>>"),
    ],
)
def test_an_address_ends_where_it_ends(text, written):
    assert escape(text) == written
    assert plain(written) == text


def test_quotes_stay_quotes_where_they_may():
    assert escape("> it *smokes*\n>\n>> no", quote=True) == "> it \\*smokes\\*\n> \n\\>> no"
    assert escape("> # no title", quote=True) == "> \\# no title"


def test_a_block_of_code_stays_as_it_is_on_lines_of_its_own():
    text = "Look: ```py\nif a_ < *b:\n    pass\n``` Right?\n\n- yes"
    assert escape(text, code=True) == ("Look:\n```py\nif a_ < *b:\n    pass\n```\n Right?\n\n- yes")
    assert escape("```Traceback```", code=True) == "```\nTraceback\n```"
    assert escape("```py\nx```") == "\\`\\`\\`py\nx\\`\\`\\`"
    assert escape("``` never closed", code=True) == r"\`\`\` never closed"
    assert escape("```\n \n```", code=True) == "\\`\\`\\`\n \n\\`\\`\\`"


def test_code_within_a_quote_is_no_block():
    assert "\n```" not in escape("> ```\n> x\n> ```", quote=True, code=True)


@steady
@given(TEXTS, st.booleans(), st.booleans())
def test_any_words_read_the_same(text, quote, code):
    read = plain(escape(text, quote=quote, code=code))
    assert bare(read) == bare(text)


@steady
@given(TEXTS)
def test_nothing_but_addresses_stands_between_angles(text):
    rest = re.sub(r"\\.|`[^`\n]+`|<https?://[^<>\s]+>", "x", escape(text), flags=re.DOTALL)
    assert "<" not in rest
    assert "**" not in rest
    assert not re.search(r"(?m)^\s*(>|#{1,3}|-#)\s", rest)


@steady
@given(TEXTS, LIMITS)
def test_any_text_is_parted_without_a_loss(text, limit):
    whole = escape(text, quote=True, code=True)
    parts = pieces(whole, limit)
    assert all(0 < len(each) <= limit for each in parts)
    assert letters("".join(plain(each) for each in parts)) == letters(text)


@steady
@given(TEXTS, LIMITS)
def test_each_part_closes_the_code_that_it_opens(text, limit):
    for part in pieces(escape(text, quote=True, code=True), limit):
        assert len(re.findall("(?m)^```", part)) % 2 == 0


@steady
@given(st.text(), LIMITS)
def test_any_markdown_is_parted_within_the_limit(text, limit):
    assert all(0 < len(each) <= limit for each in pieces(text * 20, limit))
    assert len(shortened(text * 20, limit)) <= limit


@steady
@given(TEXTS, LIMITS)
def test_what_is_shortened_begins_as_the_whole(text, limit):
    whole = escape(text * 3, code=True)
    short = shortened(whole, limit)
    assert len(short) <= limit
    if short != whole:
        assert short.endswith("…")
        assert letters(plain(whole)).startswith(letters(plain(short.removesuffix("…"))))


def test_parts_end_with_paragraphs_then_lines_then_words():
    text = "One two. " * 8 + "\n\n" + "Three four. " * 8 + "\n" + "Five six. " * 8
    first, second, third = pieces(text, 120)
    assert first == ("One two. " * 8).strip()
    assert second == ("Three four. " * 8).strip()
    assert third == ("Five six. " * 8).strip()


def test_a_block_of_code_is_kept_whole_or_opened_again():
    code = "```py\n" + "\n".join(f"    line_{number}()" for number in range(30)) + "\n```"
    head, tail = "word " * 30, "And then?"
    parts = pieces(f"{head}\n{code}\n{tail}", 200)
    assert parts[0] == head.strip()
    assert all(each.startswith("```py\n    line_") for each in parts[1:])
    assert all(each.endswith("\n```") for each in parts[1:-1])
    assert parts[-1].endswith("```\nAnd then?")
    small_code = "```\nx = 1\n```"
    assert pieces("word " * 38 + "\n" + small_code, 200)[1] == small_code


def test_a_quote_and_small_print_go_on_as_such():
    for text in (quotation("word " * 60), small("word " * 60)):
        parts = pieces(text, 120)
        assert len(parts) > 2
        assert {each[:2] for each in parts} == {text[:2]}


def test_no_escape_and_no_address_is_parted():
    for count in range(90, 100):
        text = escape("x" * count + "*" + "y" * 30)
        assert not pieces(text, 100)[0].removesuffix("\\\\").endswith("\\")
        address = "https://x.example/" + "a" * 40
        parts = pieces("y" * count + " " + address + " z", 100)
        assert any(each.startswith(address) for each in parts)


def test_lines_for_labels_are_plain_and_short():
    assert line(" a\n *b*  c ", 20) == "a *b* c"
    assert line("One two three four", 12) == "One two…"
    assert line("x" * 30, 12) == "x" * 11 + "…"
    assert line(" \n", 12) == ""


def test_our_own_emphasis_holds_whatever_stands_in_it():
    assert bold("Leo *the* <x>:") == r"**Leo \*the\* \<x>:**"
    assert heading("IT-1 · It\nsmokes") == "### IT-1 · It smokes"
    assert quotation("It *smokes*\n\n# now") == "> It \\*smokes\\*\n> \n> \\# now"
    assert small("Leo has it\n\nsince nine") == "-# Leo has it\n-# since nine"
    assert [each(" ") for each in (bold, heading, quotation, small)] == [""] * 4


def test_of_blank_text_nothing_is_left():
    assert pieces(" \n" * 400, 100) == []


@pytest.mark.parametrize("cut", [pieces, shortened])
def test_a_limit_without_room_for_words_is_refused(cut):
    with pytest.raises(ValueError, match="99 characters"):
        cut("Words", SHORTEST - 1)


@pytest.mark.parametrize(
    "bit", ["<", "`", "```", "```\n", "``` ", "*", " ", "\n", "> ", "https://", "\u0301", "\u200d"]
)
def test_hostile_text_is_written_in_time_proportional_to_its_length(bit):
    begun = time.perf_counter()
    whole = escape(bit * 30_000, quote=True, code=True)
    pieces(whole, 4000)
    shortened(whole, 4000)
    plain(whole)
    assert time.perf_counter() - begun < 2.0  # quadratic would be minutes
