"""Reading a plain text for its shape: what is a list, a quotation, a link, a first sentence."""

import pytest

from adapters.email.letter_text import (
    Block,
    Listing,
    Paragraph,
    Quotation,
    blocks,
    first_sentence,
    spans,
    tidy,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\nb\n\n\nc", [Paragraph(["a", "b"]), Paragraph(["c"])]),
        ("do:\n1. a\n2) b", [Paragraph(["do:"]), Listing(1, [["a"], ["b"]])]),
        ("1. a\n\n2. b\n\nc", [Listing(1, [["a"], ["b"]]), Paragraph(["c"])]),
        ("3. a\n5. b", [Listing(3, [["a"]]), Listing(5, [["b"]])]),
        ("- a\n  more\n• b\nc", [Listing(0, [["a", "more"], ["b"]]), Paragraph(["c"])]),
        ("- a\n\n  b", [Listing(0, [["a"]]), Paragraph(["  b"])]),
        ("- a\n1. b", [Listing(0, [["a"]]), Listing(1, [["b"]])]),
        ("> a\n>\n>b\n> c", [Quotation(1, ["a", ""]), Paragraph([">b"]), Quotation(1, ["c"])]),
        ("> a\n>> b\n> > c", [Quotation(1, ["a"]), Quotation(2, ["b", "c"])]),
        ("> a\n\n> b", [Quotation(1, ["a"]), Quotation(1, ["b"])]),
        ("-a\n1.5 b\n0. c\n-\n--", [Paragraph(["-a", "1.5 b", "0. c", "-", "--"])]),
        ("2026. a", [Paragraph(["2026. a"])]),
        ("", []),
        (" \n\t\n", []),
    ],
)  # fmt: skip
def test_lines_fall_into_the_blocks_that_a_reader_sees(text: str, found: list[Block]) -> None:
    assert blocks(text) == found


def test_a_quotation_is_read_like_any_text() -> None:
    (quotation,) = blocks("> look:\n> - a\n>\n> b")
    assert isinstance(quotation, Quotation)
    assert quotation.blocks == [Paragraph(["look:"]), Listing(0, [["a"]]), Paragraph(["b"])]


@pytest.mark.parametrize(
    ("line", "urls"),
    [
        ("see HTTPS://x.example.", ["HTTPS://x.example"]),
        ("«http://x.example/a», (https://x.example/b)", ["http://x.example/a", "https://x.example/b"]),
        ("(https://x.example/Paper_(size))", ["https://x.example/Paper_(size)"]),
        ("https://x.example/?q=1&amp;r#f!", ["https://x.example/?q=1&amp;r#f"]),
        ("https://x.example/año https://[::1]/ https://. http://", ["https://x.example/año"]),
        ("javascript:alert(1) data:text/html,x ftp://x.example mailto:a@x.example", []),
        ('<https://x.example/"onclick="x>', ["https://x.example/"]),
    ],
)  # fmt: skip
def test_only_web_addresses_lead_somewhere(line: str, urls: list[str]) -> None:
    found = spans(line)
    assert [span.url for span in found if span.url] == urls
    assert all(span.words == span.url for span in found if span.url)
    assert "".join(span.words for span in found) == line


def test_the_spaces_of_a_pasted_listing_are_kept() -> None:
    said = [span.words for span in spans("    File  https://x.example \tx")]
    assert said == ["\u00a0 \u00a0 File\u00a0 ", "https://x.example", "\u00a0 \u00a0 x"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\n1.5 GB is enough! More", "1.5 GB is enough!"),
        ("Wait… there", "Wait…"),
        ("No end\nNext line.", "No end"),
        ("x" * 300, "x" * 139 + "…"),
        ("", ""),
    ],
)
def test_the_first_sentence_ends_where_it_ends(text: str, sentence: str) -> None:
    assert first_sentence(text, 140) == sentence


def test_a_tidy_text_has_newlines_alone_and_no_empty_ends() -> None:
    assert tidy("\r\n\n  a\r\nb\rc\u2028d\x1ee \n\n ") == "  a\nb\nc\nd\ne"
    assert tidy("a\0\ud800\x9f\tb") == "a\ufffd\ufffd\ufffd\tb"
