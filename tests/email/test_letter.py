"""Letters on the wire: what any mail program reads out of the bytes that the desk writes."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.email.letter import encode
from adapters.email.own_ids import loop_id, message_id, proven_ticket
from bot.model.message import Address, Button, ExternalId, Outbound, Tone, Upload

SECRET = b"a secret of this desk"
DESK = "soporte@desk.example"
UNWANTED = "DR, RN, NRN, OOF, AutoReply"  # but not NDR: bounces we want
LETTER = Outbound(
    row=123,
    to=Address("email", DESK),
    recipient="lucia@example.org",
    recipient_name="Lucía Peña",
    subject="IT-42: La impresora de la 3ª planta no imprime",
    greeting="Hola, Lucía:",
    text="Tu caso ya está con Marta.\n\nTe escribimos hoy, martes, antes de las 11:30.",
    closing="Un saludo,\nMarta",
    reference="IT-42",
    ticket=42,
    language="es",
    created_at=datetime(2026, 11, 24, 9, 5, tzinfo=UTC),
    buttons=(Button("Ya funciona", "resuelto", "Si ya funciona, responde «resuelto»."),),
    replies_to=(ExternalId("<first@example.org>"), ExternalId("<last@example.org>")),
)
IN_ORDER = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
    "X-Deskmate-Loop", "Content-Language", "MIME-Version", "In-Reply-To", "References",
    "Content-Type",
]  # fmt: skip

steady = settings(derandomize=True, deadline=None, max_examples=120)
anything = st.text(st.characters() | st.sampled_from('\r\n\0 \t"<>@,;:=?\\\u2028\x85\x1c\ud83d'))


def sent(message: Outbound, sender_name: str = "Soporte", sender: str = DESK) -> bytes:
    return encode(message, sender=sender, sender_name=sender_name, secret=SECRET)


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def words(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def header_block(raw: bytes) -> bytes:
    return raw.partition(b"\r\n\r\n")[0]


def test_a_letter_reads_back_as_it_was_meant() -> None:
    mail = read(sent(LETTER))
    assert mail.keys() == IN_ORDER
    assert str(mail["From"]) == f"Soporte <{DESK}>"
    assert str(mail["To"]) == "Lucía Peña <lucia@example.org>"
    assert mail["Subject"] == LETTER.subject
    assert mail["Date"].datetime == LETTER.created_at
    assert mail["Message-ID"] == message_id(123, 42, domain="desk.example", secret=SECRET)
    assert mail["In-Reply-To"] == "<last@example.org>"
    assert mail["References"].split() == ["<first@example.org>", "<last@example.org>"]
    assert mail["Content-Language"] == "es"
    assert mail["X-Deskmate-Loop"] == loop_id(SECRET)
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip


def test_the_plain_text_greets_says_offers_closes_and_ends_on_the_reference() -> None:
    assert words(read(sent(LETTER))) == (
        "Hola, Lucía:\n\n"
        "Tu caso ya está con Marta.\n\nTe escribimos hoy, martes, antes de las 11:30.\n\n"
        "Si ya funciona, responde «resuelto».\n\n"
        "Un saludo,\nMarta\n\n"
        "IT-42\n"
    )


def test_a_button_without_a_sentence_still_says_what_to_answer() -> None:
    letter = replace(LETTER, buttons=(Button("Ya funciona", "resuelto"),))
    assert "\n\nYa funciona: resuelto\n\n" in words(read(sent(letter)))


@pytest.mark.parametrize(
    ("tone", "submitted"),
    [(Tone.PERSONAL, None), (Tone.AUTOMATIC, "auto-replied"), (Tone.NOTICE, "auto-generated")],
)
def test_automatic_words_are_marked_and_an_agents_own_are_not(
    tone: Tone, submitted: str | None
) -> None:
    mail = read(sent(replace(LETTER, tone=tone)))
    assert mail["Auto-Submitted"] == submitted
    assert mail["X-Auto-Response-Suppress"] == (UNWANTED if submitted else None)
    assert mail["X-Deskmate-Loop"] == loop_id(SECRET)


def test_an_agent_who_speaks_is_named_before_the_desk() -> None:
    assert read(sent(replace(LETTER, sender_name="Marta Gil")))["From"].addresses[
        0
    ].display_name == ("Marta Gil · Soporte")


def test_a_second_attempt_sends_the_same_bytes_and_another_row_another_id() -> None:
    again, other = replace(LETTER), replace(LETTER, row=124)
    assert sent(again) == sent(LETTER)
    assert read(sent(other))["Message-ID"] != read(sent(LETTER))["Message-ID"]


def test_a_letter_without_a_subject_goes_by_its_reference() -> None:
    assert read(sent(replace(LETTER, subject="")))["Subject"] == "IT-42"


def any_letters() -> st.SearchStrategy[Outbound]:
    uploads = st.builds(
        Upload, anything, anything | st.just("image/png"), st.binary(), st.booleans(), anything
    )
    fields: dict[str, Any] = dict.fromkeys(
        [
            "recipient_name",
            "subject",
            "greeting",
            "closing",
            "reference",
            "sender_name",
            "language",
        ],
        anything,
    )
    return st.builds(
        replace,
        st.just(LETTER),
        row=st.integers(1, 2**63 - 1),
        ticket=st.none() | st.integers(1, 2**63 - 1),
        recipient=anything | anything.map(lambda local: f"{local}@example.org"),
        text=anything,
        buttons=st.lists(st.builds(Button, anything, anything, anything), max_size=2).map(tuple),
        uploads=st.lists(uploads, max_size=3).map(tuple),
        replies_to=st.lists(anything | st.just("<a@b>"), max_size=3).map(tuple),
        tone=st.sampled_from(Tone),
        **fields,
    )


@steady
@given(any_letters(), anything)
@example(replace(LETTER, subject="\U0001f389" * 400, recipient_name="\u05d0" * 400), "é" * 400)
def test_whatever_is_put_in_nothing_breaks_the_wire(letter: Outbound, sender_name: str) -> None:
    raw = sent(letter, sender_name)
    head = header_block(raw)
    assert len(head) < 4096
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\0" not in raw
    elsewhere = re.sub(rb"\r\nTo:[^\r]*(\r\n [^\r]*)*", b"", head)
    assert elsewhere.isascii()  # an address may need SMTPUTF8
    fields = [line.partition(b":")[0].decode() for line in head.split(b"\r\n") if line[:1] != b" "]
    assert fields == [name for name in IN_ORDER if name in fields]
    mail = read(raw)
    assert all(not part.defects for part in mail.walk())
    assert squeezed(letter.text) in squeezed(words(mail))
    files = [
        part.get_payload(decode=True) for part in mail.walk() if part.get_content_disposition()
    ]
    assert sorted(map(bytes, files)) == sorted(upload.content for upload in letter.uploads)


def squeezed(text: str) -> str:
    """What can be read of it: without spaces, line breaks and what can't be written."""
    return re.sub("[\\s\ufffd\x00-\x1f\x7f-\x9f\ud800-\udfff]", "", text)


@steady
@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=78))
@example("IT-1: =?utf-8?q?not_encoded?= by us")
@example('Peña "the boss", (IT) <x@y>; a\\b')
def test_a_subject_and_a_name_come_back_to_the_letter(words_of_a_line: str) -> None:
    line = " ".join(words_of_a_line.split()) or "x"
    raw = sent(replace(LETTER, subject=line, recipient_name=line))
    assert read(raw)["Subject"] == line
    # The new parser of Python 3.11 puts a space between two encoded words of a name.
    to = message_from_bytes(raw)["To"].replace("\r\n", "")
    name, address = parseaddr(to)
    assert (str(make_header(decode_header(name))), address) == (line, "lucia@example.org")


@steady
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200))
def test_encoded_words_keep_to_their_length_and_cut_no_character(text: str) -> None:
    head = header_block(sent(replace(LETTER, subject=text))).decode()
    encoded = re.findall(r"=\?utf-8\?[qb]\?[^ ?]*\?=", head)
    assert all(len(word) <= 75 for word in encoded)
    for word in encoded:
        assert "\ufffd" not in str(read(f"Subject: {word}\r\n\r\n".encode())["Subject"]) or (
            "\ufffd" in text
        )


@pytest.mark.parametrize("field", ["subject", "recipient_name", "sender_name", "reference"])
def test_no_field_can_smuggle_in_another(field: str) -> None:
    evil: dict[str, Any] = {field: "x\r\nBcc: thief@example.net\r\n\r\n<b>hi</b>"}
    mail = read(sent(replace(LETTER, **evil)))
    assert mail["Bcc"] is None
    assert mail.keys() == IN_ORDER


@pytest.mark.parametrize(
    ("recipient", "to"),
    [
        ("o'neil+x@example.org", ["o'neil+x@example.org"]),
        ("two words@example.org", ['"two words"@example.org']),
        ("a@x.org, b@example.org", ['"a@x.org, b"@example.org']),
        ("ana@bücher.example", ["ana@xn--bcher-kva.example"]),
        ("ana@example.org\r\nBcc: thief@example.net", []),
        ("ana@example.org>, <thief@example.net", ['"ana@example.org>, <thief"@example.net']),
        ("nobody", []),
        ("x" * 400 + "@example.org", []),
        ("", []),
    ],
)
def test_an_odd_address_reaches_one_reader_or_none(recipient: str, to: list[str]) -> None:
    mail = read(sent(replace(LETTER, recipient=recipient, recipient_name="")))
    assert [address.addr_spec for address in mail["To"].addresses] == to
    assert mail.keys() == IN_ORDER


def test_an_international_local_part_is_written_as_it_is() -> None:
    raw = sent(replace(LETTER, recipient="josé@example.org", recipient_name="José"))
    assert "To: =?utf-8?b?Sm9zw6k=?= <josé@example.org>\r\n".encode() in raw


def test_an_international_domain_signs_with_its_ascii_name() -> None:
    raw = sent(LETTER, sender="ayuda@BÜCHER.example")
    own = message_id(123, 42, domain="BÜCHER.example", secret=SECRET)
    assert read(raw)["Message-ID"] == own == own.lower()
    assert own.endswith("@xn--bcher-kva.example>")


def test_a_sender_that_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="no address"):
        sent(LETTER, sender="desk")


def test_of_a_long_conversation_the_first_and_the_last_ten_are_named() -> None:
    ids = tuple(ExternalId(f"<{n}@example.org>") for n in range(40))
    mail = read(sent(replace(LETTER, replies_to=ids)))
    assert mail["References"].split() == [ids[0], *ids[-10:]]
    assert mail["In-Reply-To"] == ids[-1]


def test_long_ids_of_outlook_go_back_unencoded_and_within_4_kib() -> None:
    odd = "!&!AAAAAAAAAAAYAAAAAAAAA{}|~=?`^%$#*+/'"
    ids = tuple(
        ExternalId(f"<{n:03}{odd}{'Q' * 160}[x]@EUR05.prod.outlook.com>") for n in range(30)
    )
    long = sent(replace(LETTER, replies_to=ids))
    assert b"=?" not in header_block(long).partition(b"In-Reply-To:")[2].replace(odd.encode(), b"")
    assert read(long)["References"].split() == [ids[0], *ids[-10:]]
    longest = tuple(ExternalId(f"<{n:03}{'Q' * 480}@example.org>") for n in range(30))
    raw = sent(replace(LETTER, replies_to=longest))
    named = read(raw)["References"].split()
    assert len(header_block(raw)) < 4096
    assert named[0] == longest[0]
    assert named[1:] == list(longest[-len(named) + 1 :])
    assert len(named) > 4


def test_an_id_that_no_header_can_hold_is_left_out_and_a_bare_one_gets_its_brackets() -> None:
    ids = ["bare@example.org", "<folded\r\n @example.org>", "<é@example.org>", "sha256:ab", "<>",
           "<a> <b>", f"<{'x' * 600}@example.org>", "", "<[odd]@example.org>"]  # fmt: skip
    letter = replace(LETTER, replies_to=tuple(map(ExternalId, ids)))
    assert header_block(sent(letter)).decode().split("References: ")[1].split("\r\n ") == [
        "<bare@example.org>", "<folded@example.org>",
        "<[odd]@example.org>\r\nContent-Type: multipart/alternative; boundary=\"=_123-letter\"",
    ]  # fmt: skip
    assert read(sent(replace(LETTER, replies_to=(ExternalId("sha256:ab"),))))["References"] is None


def test_a_reply_to_the_letter_proves_its_ticket() -> None:
    assert proven_ticket([str(read(sent(LETTER))["Message-ID"])], SECRET) == 42
