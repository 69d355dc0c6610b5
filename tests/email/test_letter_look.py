"""Letters on the screen: the same words as in the plain text, well-formed, legible, at rest."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from adapters.email.letter import encode
from adapters.email.own_ids import proven_ticket
from bot.model.message import Address, Button, Outbound, Upload

SECRET = b"a secret of this desk"
DESK = "help@desk.example"
TEXT = """Thank you, we see the printer.
It is the one on floor 3.

Two things to try:
1. Switch it off & on.
2. Look at https://desk.example/guide?a=1&b=2 (or https://desk.example/Paper_(size)).
   The pictures help.

3. Print a page.

- blue <cable>
* red "cable"

> You wrote:
>> It blinks
> 1. orange

2026 is 5 > 4."""
LETTER = Outbound(
    row=9,
    to=Address("email", DESK),
    recipient="sam@example.org",
    subject="IT-7: The printer",
    greeting="Hello Sam,",
    text=TEXT,
    closing="Kind regards,\nJonas",
    reference="IT-7",
    ticket=7,
    language="en",
    created_at=datetime(2026, 11, 24, 9, 5, tzinfo=UTC),
    buttons=(
        Button("It prints again", "solved\nthank you", "If it prints, answer with “solved”."),
        Button("Talk to Jonas", "person", "To talk to somebody, answer with “person”."),
    ),
)
PICTURE = Upload("floor.png", "image/png", b"\x89PNG", inline=True, content_id="<plan 1@desk>")

steady = settings(derandomize=True, deadline=None)


def bodies(letter: Outbound) -> tuple[str, str]:
    raw = encode(letter, sender=DESK, sender_name="Desk", secret=SECRET)
    mail = message_from_bytes(raw, policy=policy.default)
    parts = [mail.get_body((kind,)) for kind in ("plain", "html")]
    plain, look = (part.get_content().replace("\r\n", "\n") for part in parts if part)
    return plain, look


def page(letter: Outbound) -> LexborHTMLParser:
    return LexborHTMLParser(bodies(letter)[1])


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def read_aloud(tree: LexborHTMLParser) -> list[str]:
    """Return the words that a reader sees: without the preview and the buttons' labels."""
    for hidden in tree.css("[aria-hidden], td a"):
        hidden.decompose()
    assert tree.body is not None
    return tree.body.text(separator=" ").split()


def test_both_bodies_say_the_same_words() -> None:
    plain, _ = bodies(LETTER)
    unmarked = re.sub(r"^(>+ ?)*(\d\. |[-*] )?", "", plain, flags=re.MULTILINE)
    # A separator stands around links too, so that punctuation after one stands alone.
    joined = "".join(unmarked.split())
    assert "".join(read_aloud(page(LETTER))) == joined
    assert joined.endswith("Kindregards,JonasIT-7")


WORD = st.text(st.characters(categories=["L", "N", "S"]) | st.sampled_from("<&>'\"/\\"), min_size=1)
MARKED = st.sampled_from(["", "", "- ", "* ", "1. ", "2) ", "> ", ">> ", "    "])


@steady
@given(st.lists(st.tuples(MARKED, st.lists(WORD, max_size=5)), max_size=12))
def test_nothing_that_is_written_gets_lost(lines: list[tuple[str, list[str]]]) -> None:
    text = "\n".join(mark + " ".join(["w", *said]) if said else "" for mark, said in lines)
    expected = [word for _, said in lines if said for word in ["w", *said]]
    letter = replace(LETTER, text=text, greeting="", closing="", reference="", buttons=())
    assert read_aloud(page(letter)) == expected


class Balance(HTMLParser):
    """Follows the tags, and fails at the first that closes what isn't open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs))
        if tag not in {"meta", "br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@steady
@given(st.text(st.characters() | st.sampled_from("<>\"'&\n -1.")))
def test_every_tag_that_opens_closes(text: str) -> None:
    balance = Balance()
    button = Button(text, text, text)
    upload = replace(PICTURE, name=text, content_id="plan@desk")
    letter = replace(
        LETTER, text=TEXT + text, greeting=text, closing=text, subject=text, buttons=(button,),
        language=text, reference=text, uploads=(upload,),
    )  # fmt: skip
    balance.feed(bodies(letter)[1])
    balance.close()
    assert balance.open == []


def test_lists_quotations_and_links_become_real_ones() -> None:
    tree = page(LETTER)
    assert texts(tree, "ol[start='1'] > li")[0::2] == ["Switch it off & on.", "Print a page."]
    assert texts(tree, "ul > li") == ["blue <cable>", 'red "cable"']
    assert texts(tree, "blockquote blockquote") == ["It blinks"]
    assert texts(tree, "blockquote > ol > li") == ["orange"]
    assert [link.attributes["href"] for link in tree.css("li a")] == [
        "https://desk.example/guide?a=1&b=2",
        "https://desk.example/Paper_(size)",
    ]
    assert "2026 is 5 > 4." in texts(tree, "p")
    first = tree.css_first("p + p")
    assert first is not None
    assert len(first.css("br")) == 1


def test_only_web_addresses_become_links() -> None:
    text = 'see HTTPS://x.example. javascript:alert(1) https://y.example/"onclick="x'
    tree = page(replace(LETTER, text=text, buttons=()))
    assert [link.attributes["href"] for link in tree.css("a")] == [
        "HTTPS://x.example",
        "https://y.example/",
    ]


def test_a_button_writes_the_answer_with_its_reference_and_its_proof() -> None:
    links = [link.attributes["href"] or "" for link in page(LETTER).css("td a")]
    assert texts(page(LETTER), "td a") == ["It prints again", "Talk to Jonas"]
    mail = urlsplit(links[0])
    fields = parse_qs(mail.query, strict_parsing=True)
    assert (mail.scheme, unquote(mail.path)) == ("mailto", DESK)
    assert fields["subject"] == ["Re: IT-7: The printer"]
    assert fields["body"] == ["solved\r\nthank you"]
    assert proven_ticket(fields["In-Reply-To"], SECRET) == 7
    assert "+" not in links[0]  # a mail program would show it instead of a space


@pytest.mark.parametrize(
    ("subject", "answered"),
    [
        ("The printer", "Re: The printer [IT-7]"),
        ("RE: IT-7: The printer", "RE: IT-7: The printer"),
        ("", "Re: IT-7"),
    ],
)
def test_the_answer_to_a_letter_keeps_its_reference(subject: str, answered: str) -> None:
    link = page(replace(LETTER, subject=subject)).css_first("td a")
    assert link is not None
    assert parse_qs(urlsplit(link.attributes["href"] or "").query)["subject"] == [answered]


def test_a_letter_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    _, look = bodies(
        replace(LETTER, text="<script>x</script><img src=http://x>", uploads=(PICTURE,))
    )
    tree = LexborHTMLParser(look)
    assert not tree.css("script, link, iframe, form, svg, object, [onclick], [background]")
    assert all((i.attributes["src"] or "").startswith("cid:") for i in tree.css("img"))
    assert not re.search(r"url\(|@import|display:\s*(flex|grid)|expression\(", look)
    assert all(t.attributes.get("role") == "presentation" for t in tree.css("table"))


def test_a_picture_within_the_letter_is_named_and_needs_an_id_that_works() -> None:
    fit, unfit = replace(PICTURE, content_id="<plan1@desk>"), PICTURE
    tree = page(replace(LETTER, uploads=(fit, unfit, replace(fit, content_type="image/svg+xml"))))
    assert [(i.attributes["src"], i.attributes["alt"]) for i in tree.css("img")] == [
        ("cid:plan1@desk", "floor.png")
    ]
    tree = page(replace(LETTER, uploads=(replace(fit, told="Where “Ana” sits"),)))
    assert [i.attributes["alt"] for i in tree.css("img")] == ["Where “Ana” sits"]


@pytest.mark.parametrize(
    ("language", "tag", "direction"),
    [("es", "es", "ltr"), ("pt_BR", "pt-BR", "ltr"), ("ar", "ar", "rtl"), ('"><b>', None, "ltr")],
)
def test_a_letter_names_its_language(language: str, tag: str | None, direction: str) -> None:
    html = page(replace(LETTER, language=language)).css_first("html")
    assert html is not None
    assert (html.attributes.get("lang"), html.attributes["dir"]) == (tag, direction)


def test_the_preview_is_the_first_sentence() -> None:
    text = "\nVersion 1.5 is here! More of it."
    assert texts(page(replace(LETTER, text=text)), "[aria-hidden]") == ["Version 1.5 is here!"]


def painted(
    tree: LexborHTMLParser, dark: dict[str, dict[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """Yield each stretch of text in sight with its colour and the colour behind it."""
    overrides: dict[int, dict[str, str]] = {}
    for selector, rules in dark.items():
        nodes = tree.css(selector)
        assert nodes, f"{selector} colours nothing"
        for node in nodes:
            overrides.setdefault(node.mem_id, {}).update(rules)

    def walk(node: LexborNode, ink: str, paper: str) -> Iterator[tuple[str, str, str]]:
        if "aria-hidden" in node.attributes:
            return
        style = declarations(node.attributes.get("style") or "") | overrides.get(node.mem_id, {})
        ink, paper = style.get("color", ink), style.get("background-color", paper)
        said = node.text(deep=False).strip()
        if said:
            yield said, ink, paper
        for child in node.iter():
            yield from walk(child, ink, paper)

    assert tree.body is not None
    yield from walk(tree.body, "#000000", "#ffffff")


def declarations(style: str) -> dict[str, str]:
    pairs = (d.partition(":") for d in style.replace("!important", "").split(";") if ":" in d)
    return {name.strip(): value.strip() for name, _, value in pairs}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_all_text_stands_out_from_what_is_behind_it(mode: str) -> None:
    _, look = bodies(LETTER)
    media = look.partition("@media (prefers-color-scheme: dark) {")[2].partition("</style>")[0]
    rules = {s.strip(): declarations(d) for s, d in re.findall(r"([^{}]+)\{([^{}]*)\}", media)}
    found = list(painted(LexborHTMLParser(look), rules if mode == "dark" else {}))
    assert {"It blinks", "Talk to Jonas", "It prints again", "IT-7"} <= {
        said for said, _, _ in found
    }
    for said, ink, paper in found:
        light, shade = sorted((luminance(ink), luminance(paper)), reverse=True)
        assert (light + 0.05) / (shade + 0.05) >= 4.5, (said, ink, paper)
    assert (luminance(found[0][1]) > luminance(found[0][2])) == (mode == "dark")


@pytest.mark.parametrize(
    "piece",
    [">", "> ", "> > ", "> a\n>> b\n", "1. a\n", "- ", "\n", "  \n", "https://x", "(", "x. ", "=",
     "\0", "-\n\n", "\U0001f389", "a" * 99],
)  # fmt: skip
def test_a_text_of_any_kind_is_written_in_no_time(piece: str) -> None:
    letter = replace(LETTER, text=piece * (100_000 // len(piece)))
    start = time.thread_time()
    assert encode(letter, sender=DESK, sender_name="Desk", secret=SECRET)
    assert time.thread_time() - start < 2
