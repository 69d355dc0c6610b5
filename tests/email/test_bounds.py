"""No mail takes long, none raises, and every text is fit to be stored, whatever the bytes."""

import time
from collections.abc import Callable, Iterator
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.email.charset import to_text
from adapters.email.codec import decode, to_inbound
from adapters.email.harmless import clean
from adapters.email.hypertext import lines
from adapters.email.mail import Mail

HEAD = b"From: ana@example.com\r\nSubject: Hi\r\n"
HTML = HEAD + b"Content-Type: text/html\r\n\r\n"
MULTI = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
PKCS7 = bytes.fromhex("06092a864886f70d01070206092a864886f70d010701a080")
NESTED = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(10_000)
)
HOSTILE: dict[str, Callable[[], bytes]] = {  # made when their turn comes: they are big
    "25 MB in one line": lambda: HEAD + b"\r\n" + b"a" * 25_000_000,
    "no header, 25 MB of colons": lambda: b":" * 25_000_000,
    "a 12 MB field": lambda: b"References: " + b"<a@b> " * 2_000_000 + HEAD + b"\r\nhi",
    "encoded words": lambda: b"Subject: " + b"=?utf-8?q?a?= " * 300_000 + b"\n" + HEAD + b"\nhi",
    "half encoded words": lambda: b"Subject: " + b"=?a?q?" * 1_000_000 + b"\r\n" + HEAD + b"\r\nhi",
    "open brackets": lambda: b'From: ,(<"' * 1_000_000 + b"\r\n" + HEAD + b"\r\nhi",
    "folded": lambda: b"References:" + b"\r\n <a@b>" * 1_000_000 + b"\r\n" + HEAD + b"\r\nhi",
    "100,000 fields": lambda: HEAD
    + b"".join(b"X-%d: v\r\n" % n for n in range(100_000)) + b"\r\nhi",
    "lines that are no field": lambda: (b"junk\n" * 99 + b"To: x\n") * 8_000 + b"\nhi",
    "parameters": lambda: HEAD + b"Content-Type: a/b; " + b'a*0*=x;a="' * 500_000 + b"\n\nhi",
    "10,000 deep": lambda: HEAD + NESTED + b"\nhi",
    "30 deep and long": lambda: HEAD + NESTED[: 50 * 30] + b"\n--b\n" * 2_000_000,
    "2,000,000 parts": lambda: MULTI + b"--b\n\nhi\n" * 2_000_000,
    "almost boundaries": lambda: MULTI + b"--bx\n" * 2_000_000,
    "parts with long headers": lambda: MULTI + (b"--b\n" + b"X:\n" * 30_000 + b"\n\n") * 300,
    "50 MB of quote marks": lambda: HEAD + b"\r\n" + b">" * 50_000_000,
    "12,500,000 quoted lines": lambda: HEAD + b"\r\n" + b"> a\n" * 12_500_000,
    "quotes and answers": lambda: HEAD + b"\r\n" + b"> a\nb\n" * 1_000_000,
    "attributions": lambda: HEAD + b"\r\n" + "El 5/11/25 10:00 a@b escribió:\n".encode() * 300_000,
    "labels": lambda: HEAD + b"\r\n" + b"From:\n" * 1_000_000,
    "labels apart": lambda: HEAD + b"\r\n" + b"To: x\nDate: x\nCc: x\n\n" * 300_000,
    "signatures": lambda: HEAD + b"\r\n" + b"-- \n\n" * 1_000_000,
    "blanks": lambda: HEAD + b"\r\n" + b" " * 25_000_000 + b"a",
    "1,000,000 tags": lambda: HTML + b"<div>" * 1_000_000,
    "quoting tags": lambda: HTML + b"<blockquote>" * 300_000 + b"x<br>" * 100_000,
    "angles": lambda: HTML + b"<" * 10_000_000,
    "tags without end": lambda: HTML + b"<a " * 3_000_000,
    "quotes in tags": lambda: HTML + b'<a ="<b =">' * 1_000_000,
    "comments": lambda: HTML + b"<!--" * 2_000_000,
    "styles": lambda: HTML + b"<STYLE></STYLE>" * 500_000,
    "wrong ends": lambda: HTML + b"<ul><div></blockquote>" * 300_000,
    "links": lambda: HTML + b"<a href=http://x/y>l</a> " * 300_000,
    "attributes": lambda: HTML + b"<div " + b"a=" * 3_000_000 + b">",
    "list items": lambda: HTML + b"<ol>" + b"<li>a" * 500_000,
    "entities": lambda: HTML + b"&amp&#" * 2_000_000,
    "calendar": lambda: HEAD + b"Content-Type: text/calendar\n\n" + b"BEGIN:VEVENT\n" * 1_000_000,
    "flowed": lambda: HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 3_000_000,
    "report": lambda: HEAD
    + b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\n"
    + b"Content-Type: message/delivery-status\n\n"
    + b"Final-Recipient: rfc822; a@b\nStatus: 5.1.1\n\n" * 300_000,
    "signed pieces": lambda: HEAD + b"Content-Type: application/pkcs7-mime\r\n\r\n" + PKCS7
    + b"\x04\x01a" * 3_000_000,
    "signed nesting": lambda: HEAD + b"Content-Type: application/pkcs7-mime\r\n\r\n" + PKCS7
    + b"\x24\x80" * 3_000_000,
    "winmail": lambda: HEAD + b"Content-Type: application/ms-tnef\r\n\r\n\x78\x9f\x3e\x22\x01\x00"
    + b"\x01\x02\x90\x06\x00\x00\x00\x00\x00\x00\x00" * 500_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_e2_no_mail_takes_two_seconds(name: str) -> None:
    raw = HOSTILE[name]()
    begun = time.thread_time()
    found = decode(raw)
    assert time.thread_time() - begun < 2
    assert len(found.text) <= len(found.full_text) <= 1_000_000
    assert found.identity
    fit(found)


BOMBS = {
    "deep": "<b id=1>" * 100_000,
    "deep and misnested": "<p><b a=1><i>" * 50_000,
    "wide under open elements": "<b>" * 40 + "<p>x" * 60_000,
    "angles": "<" * 500_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_e2_html_is_cleaned_in_time(name: str) -> None:
    begun = time.thread_time()
    assert isinstance(clean(BOMBS[name]), str)
    assert time.thread_time() - begun < 2


def test_an_ordinary_mail_takes_a_fraction_of_the_bound() -> None:
    quoted = "".join(f"<p>line {number} <b>of</b> the quote</p>" for number in range(20))
    raw = HTML + (f"<div>Still jammed.</div><blockquote type=cite>{quoted}</blockquote>").encode()
    decode(raw)
    best = min(_seconds(raw) for _ in range(20))
    assert best < 0.01


def _seconds(raw: bytes) -> float:
    begun = time.perf_counter()
    decode(raw)
    return time.perf_counter() - begun


def test_e1_the_mail_after_an_inner_fault_keeps_its_header(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("adapters.email.body.read", broken)
    found = decode(HEAD + b"\r\nIt is jammed.")
    assert (found.from_address, found.text) == ("ana@example.com", "It is jammed.")
    assert found.remarks == ("unreadable",)
    monkeypatch.setattr("adapters.email.parts.parse", broken)
    found = decode(HEAD + b"\r\nIt is jammed.")
    assert "It is jammed." in found.text
    assert found.remarks == ("unreadable",)
    assert found.identity


def texts(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, tuple):
        for each in found:
            yield from texts(each)
    elif hasattr(found, "__dataclass_fields__"):
        for field in fields(found):  # type: ignore[arg-type] # an instance: it has fields
            yield from texts(getattr(found, field.name))


def fit(found: Mail) -> None:
    """Fit to be stored, whatever came."""
    for text in texts(found):
        assert "\0" not in text
        text.encode()
    assert "\n" not in found.subject + found.from_name + found.from_address + found.message_id
    assert found.date is None or found.date.utcoffset() is not None
    rest = iter(found.full_text.split("\n"))
    assert all(line in rest for line in found.text.split("\n"))


REAL = (
    "Return-Path: <ana@example.com>\r\nFrom: =?utf-8?Q?L=C3=B3pez?= <ana@example.com>\r\n"
    "To: Desk <desk@example.org>\r\nSubject: Re: Impresora\r\nMessage-ID: <a@x>\r\n"
    "In-Reply-To: <desk.1.2.3@example.org>\r\nDate: Wed, 5 Nov 2025 10:32:00 +0100\r\n"
    'Content-Type: multipart/mixed; boundary="A"\r\n\r\n--A\r\n'
    'Content-Type: multipart/alternative; boundary="B"\r\n\r\n--B\r\n'
    "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nHola \r\nsí\r\n\r\nEl mar, 4 nov"
    " 2025 a las 10:32, Soporte <desk@example.org> escribió:\r\n> ¿Papel?\r\n-- \r\nAna\r\n--B\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "<div>Hola s=C3=AD</div><div class=3Dgmail_quote><blockquote type=3Dcite>=C2=BFPapel?"
    '</blockquote></div><img src=3D"cid:1">\r\n--B--\r\n--A\r\nContent-Type: image/png; '
    "name*=utf-8''a%20b.png\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "iVBORw0KGgo=\r\n--A\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nx\r\n--A\r\n"
    "Content-Type: message/delivery-status\r\n\r\nX: y\r\n\r\nFinal-Recipient: rfc822; a@b.org\r\n"
    "Action: failed\r\nStatus: 5.1.1\r\n\r\n--A\r\nContent-Type: text/calendar\r\n\r\n"
    "BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n--A--\r\n"
).encode()
CHANGES = st.lists(
    st.tuples(
        st.integers(0, len(REAL)),
        st.integers(0, 40),
        st.one_of(
            st.binary(max_size=8),
            st.sampled_from([b"\r\n", b"\r\n\r\n", b"--A", b"--B--", b"\0", b"\xff", b"=?", b'"']),
        ),
    ),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(CHANGES)
def test_e1_a_damaged_mail_is_still_a_mail(changes: list[tuple[int, int, bytes]]) -> None:
    raw = REAL
    for at, length, put in changes:
        raw = raw[:at] + put + raw[at + length :]
    found = decode(raw, own_addresses=["desk@example.org"])
    fit(found)
    taken = to_inbound(found, raw, channel="email", mailbox="d@x", graded=True, ticket=None)
    assert taken.external_id
    body = b"multipart" not in raw or b"\n--A" not in raw or b"\n--B" not in raw
    assert body or "unreadable" not in found.remarks or found.full_text


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_e1_any_bytes_are_a_mail(raw: bytes) -> None:
    found = decode(raw)
    fit(found)
    assert found.identity
    assert "unreadable" not in found.remarks or b"multipart" in raw.lower()


@given(st.binary(max_size=60), st.sampled_from(["utf-7", "utf-16", "iso-2022-jp", "big5", "x", ""]))
def test_e20_any_bytes_in_any_charset_are_clean_text(content: bytes, charset: str) -> None:
    text = to_text(content, charset)
    assert not set(text) & set("\0\r\x07\ud800")
    text.encode()


@given(st.text(st.sampled_from("<>/ab!-=\"' &;#xdivpreulo\n"), max_size=200))
def test_any_markup_is_read_and_cleaned(markup: str) -> None:
    found, _ = lines(markup)
    assert all("\n" not in line.text for line in found)
    assert "<script" not in clean(markup)
