"""The parts of a letter: texts of any script and files of any name come through unharmed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.email.letter import encode
from bot.model.message import Address, Outbound, Upload

LETTER = Outbound(
    row=5,
    to=Address("email", "help@desk.example"),
    recipient="sam@example.org",
    subject="Files",
    text="Here they are.",
    created_at=datetime(2026, 11, 24, 9, 5, tzinfo=UTC),
)
EVERY_OCTET = bytes(range(256)) * 20
PLAN = Upload("plan.png", "image/png", b"\x89PNG\r\n", inline=True, content_id="<plan@desk>")
REPORT = Upload("report.pdf", "application/pdf", EVERY_OCTET)


def sent(letter: Outbound) -> bytes:
    return encode(letter, sender="help@desk.example", sender_name="Desk", secret=b"key")


def read(letter: Outbound) -> EmailMessage:
    return message_from_bytes(sent(letter), policy=policy.default)


def text(letter: Outbound) -> str:
    part = read(letter).get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def tree(mail: MIMEPart) -> Iterator[str]:
    """Yield the types of the parts, indented as they lie within each other."""
    yield mail.get_content_type()
    if mail.is_multipart():
        for part in mail.iter_parts():
            yield from (f" {line}" for line in tree(part))


def files(*uploads: Upload) -> list[EmailMessage]:
    mail = read(replace(LETTER, uploads=uploads))
    return [p for p in mail.walk() if p.get_content_disposition()]


def test_a_letter_with_files_and_pictures_lies_as_mail_programs_expect() -> None:
    assert list(tree(read(replace(LETTER, uploads=(PLAN, REPORT))))) == [
        "multipart/mixed",
        " multipart/alternative",
        "  text/plain",
        "  multipart/related",
        "   text/html",
        "   image/png",
        " application/pdf",
    ]


def test_without_pictures_nothing_is_related_and_without_files_nothing_is_mixed() -> None:
    kinds = ["text/plain", "text/html"]
    assert list(tree(read(LETTER))) == ["multipart/alternative", *(f" {kind}" for kind in kinds)]
    assert " multipart/related" in tree(read(replace(LETTER, uploads=(PLAN,))))
    assert " application/pdf" in tree(read(replace(LETTER, uploads=(REPORT,))))


def test_a_file_comes_through_octet_by_octet() -> None:
    (report,) = files(REPORT)
    assert report.get_payload(decode=True) == EVERY_OCTET
    assert (report.get_content_type(), report.get_content_disposition(), report.get_filename()) == (
        "application/pdf", "attachment", "report.pdf",
    )  # fmt: skip


def test_a_picture_is_shown_by_its_id_and_the_same_id_only_once() -> None:
    shown, attached = files(PLAN, replace(PLAN, name="second.png"))
    assert (shown["Content-ID"], shown.get_content_disposition()) == ("<plan@desk>", "inline")
    assert (attached["Content-ID"], attached.get_content_disposition()) == (None, "attachment")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("informe año.pdf", "informe año.pdf"),
        ("报告 2026 (final).pdf", "报告 2026 (final).pdf"),
        ("\U0001f389" * 30 + ".png", "\U0001f389" * 30 + ".png"),
        ('a"b;c\\d.txt', "d.txt"),
        ('semi;colon\'s%20="quoted".txt', 'semi;colon\'s%20="quoted".txt'),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\plan.doc", "plan.doc"),
        ("x.txt\r\nBcc: thief@example.net", "x.txt Bcc: thief@example.net"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("half\ud83d.txt", "half\ufffd.txt"),
        ("n" * 300 + ".tar.gz", "n" * 113 + ".tar.gz"),
        ("\u4e2d" * 300 + ".docx", "\u4e2d" * 115 + ".docx"),
        ("", None),
        ("folder/", None),
    ],
)
def test_a_file_keeps_its_name_as_far_as_it_is_one(name: str, written: str | None) -> None:
    (part,) = files(replace(REPORT, name=name))
    assert part.get_filename() == written
    assert part.keys() == ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition"]
    assert not part.defects


@pytest.mark.parametrize(
    ("named", "written"),
    [
        ("Text/CSV; charset=latin-1", "text/csv"),
        ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
        ("message/rfc822", "application/octet-stream"),
        ("multipart/mixed; boundary=x", "application/octet-stream"),
        ("image/png\r\nBcc: thief@example.net", "application/octet-stream"),
        ("nonsense", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_a_type_that_would_do_harm_becomes_plain_octets(named: str, written: str) -> None:
    (part,) = files(replace(REPORT, content_type=named))
    assert part.get_content_type() == written
    assert part.get_payload(decode=True) == EVERY_OCTET


def test_a_letter_within_a_letter_arrives_as_a_file_and_whole() -> None:
    inner = sent(replace(LETTER, uploads=(REPORT,)))
    (part,) = files(Upload("original.eml", "message/rfc822", inner))
    assert part.get_payload(decode=True) == inner


@pytest.mark.parametrize(
    "said",
    [
        "From here\nFrom there\n.\n-- \nbye  \n" + "w" * 2000,
        "x\nFrom there",
        "x\n--=_5-letter\n--=_5-letter--\ny",
        "é\n--=_5-letter\n--=_5-letter--\ny",
    ],
)
def test_no_line_begins_as_a_mailbox_file_would_and_none_stands_for_a_boundary(said: str) -> None:
    letter = replace(LETTER, text=said)
    assert not re.search(rb"^From ", sent(letter), re.MULTILINE)
    assert text(letter) == said + "\n"


def test_short_ascii_goes_as_it_is() -> None:
    assert b"Content-Transfer-Encoding: 7bit\r\n\r\nHere they are.\r\n" in sent(LETTER)


@pytest.mark.parametrize(
    "said",
    [
        "Ο εκτυπωτής δεν τυπώνει. " * 40,
        "La impresora está rota; mañana llega el técnico. " * 40,
        "الطابعة لا تعمل\n" * 40,
        "\U0001f469\u200d\U0001f4bb\n" * 40,
        "tab\there, spaces  there, = and =20 too\n" * 40,
    ],
)
def test_any_script_comes_through_without_much_ado(said: str) -> None:
    letter = replace(LETTER, text=said)
    assert text(letter).rstrip("\n") == said.rstrip()
    plain = sent(letter).split(b"--=_5-letter")[1]
    assert len(plain) < 1.45 * len(said.encode()) + 200


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_break_is_one(line_break: str) -> None:
    assert text(replace(LETTER, text=f"a{line_break}b")) == "a\nb\n"


def test_what_no_mail_can_hold_is_replaced() -> None:
    assert text(replace(LETTER, text="a\0b\x1b[1mc\ud83dd")) == "a\ufffdb\ufffd[1mc\ufffdd\n"


def test_a_mail_program_is_told_how_its_reader_gets_no_more_of_these() -> None:
    assert "List-Unsubscribe" not in read(LETTER)
    mail = read(replace(LETTER, leave="/desuscribirme"))
    link = urlsplit(str(mail["List-Unsubscribe"]).strip("<>"))
    assert (link.scheme, link.path) == ("mailto", "help@desk.example")
    assert parse_qs(link.query) == {"subject": ["Files"], "body": ["/desuscribirme"]}
