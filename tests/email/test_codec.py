"""What the desk understands of a mail's header, and what it takes in of it."""

from datetime import UTC, datetime

import pytest

from adapters.email.codec import decode, to_inbound
from bot.model.message import Address, Nature

DESK = "desk@example.org"


def mail(*fields: str, body: str = "The printer is jammed.", charset: str = "utf-8") -> bytes:
    return "\r\n".join([*fields, "", body]).encode(charset)


def test_a_plain_mail_is_read_whole() -> None:
    raw = mail(
        'From: "López, Ana" <Ana.Lopez@Example.COM>',
        f"To: {DESK}, Bob <bob@example.com>",
        "Cc: team:carl@example.com,dora@example.com;",
        "Subject: Printer",
        "Date: Wed, 5 Nov 2025 10:32:00 +0100",
        "Message-ID: <one@example.com>",
        "Accept-Language: es-ES, en-US",
    )
    found = decode(raw, own_addresses=[DESK])
    assert (found.from_name, found.from_address) == ("López, Ana", "Ana.Lopez@example.com")
    assert found.to == (DESK, "bob@example.com")
    assert found.cc == ("carl@example.com", "dora@example.com")
    assert found.subject == "Printer"
    assert found.date == datetime(2025, 11, 5, 9, 32, tzinfo=UTC)
    assert found.message_id == "<one@example.com>"
    assert found.text == found.full_text == "The printer is jammed."
    assert found.language == "es"
    assert found.vouchable
    assert found.kind == "message"
    assert found.remarks == ()


def test_a_bad_date_is_no_date() -> None:
    for said in ("yesterday", "Wed, 45 Nov 2025 99:99:99", "", "Mon, 1 Jan 99999 00:00:00 +9999"):
        assert decode(mail(f"Date: {said}")).date is None
    assert decode(mail("Date: 5 Nov 2025 10:00:00 -0000")).date == datetime(
        2025, 11, 5, 10, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("=?utf-8?Q?Contrase=C3=B1a_caducada?=", "Contraseña caducada"),
        ("=?utf-8?B?Q29udHJhc2XDsWE=?= =?utf-8?Q?_rota?=", "Contraseña rota"),
        ("=?utf-8?Q?Contrase=C3?= =?utf-8?Q?=B1a?=", "Contraseña"),
        ("=?iso-8859-1?q?Contrase=F1a?=", "Contraseña"),
        ("=?x-unknown?q?Contrase=F1a?=", "Contraseña"),
        ("=?utf-8?B?Q29udHJhc2XDsW?=", "Contraseñ"),
        ("=?utf-8*es?q?Contrase=C3=B1a?=", "Contraseña"),
        ("[=?utf-8?q?IT-4]_=C3=A1?=", "[IT-4] á"),
        ("a\r\n b\r\n\tc", "a b c"),
        ("=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x"),
    ],
)
def test_a_subject_becomes_one_clean_line(said: str, meant: str) -> None:
    assert decode(mail(f"Subject: {said}")).subject == meant


def test_e1_a_mail_without_any_header_is_its_own_text() -> None:
    found = decode(b"just words, no header: none\xff")
    assert "just words" in found.text


def test_e1_a_header_folded_without_its_blank_does_not_end_the_header() -> None:
    raw = mail(
        "From: ana@example.com",
        "Content-Type: multipart/mixed;",
        'boundary="B"',
        "Subject: Printer",
        body="--B\r\n\r\nIt is jammed.\r\n--B--",
    )
    found = decode(raw)
    assert (found.subject, found.text) == ("Printer", "It is jammed.")


def test_e1_a_body_that_follows_the_header_without_a_blank_line_is_kept() -> None:
    found = decode(b"From: ana@example.com\r\nSubject: Printer\r\nIt is jammed.\r\nReally.")
    assert (found.subject, found.text) == ("Printer", "It is jammed.\nReally.")


def test_e4_a_mail_without_a_message_id_has_an_identity_of_its_own() -> None:
    same_second = [mail("From: ana@example.com", "Subject: Hi", body=said) for said in "ab"]
    first, second = (decode(raw) for raw in same_second)
    assert first.identity
    assert first.identity != second.identity
    assert decode(same_second[0]).identity == first.identity
    for empty in ("Message-ID:", "Message-ID: <>", "Message-ID: < >"):
        assert decode(mail(empty)).message_id == ""


def test_e5_another_content_under_the_same_message_id_is_another_message() -> None:
    one, other = (decode(mail("Message-ID: <same@x>", body=said)) for said in ("one", "two"))
    assert one.message_id == other.message_id
    assert one.identity != other.identity


def test_e6_two_deliveries_of_one_mail_have_one_identity() -> None:
    fields = ("From: ana@example.com", "Subject: Hi", "Message-ID: <a@x>", "Date: 1 Nov 2025 1:00")
    first = mail("Return-Path: <ana@example.com>", "Delivered-To: one@example.org", *fields)
    other = mail("Received: by mx", "X-Spam: no", "Authentication-Results: mx; none", *fields)
    assert decode(first).identity == decode(other.replace(b"\r\n", b"\n") + b"\n").identity
    assert decode(first).delivered_to == ("one@example.org",)


def test_e11_references_are_read_however_they_are_broken() -> None:
    raw = mail(
        "In-Reply-To: Message of Tuesday <b@x> <c@x>",
        "References: <a@x>\r\n <b@\r\n x><cut@y <d@x> =?us-ascii?Q?=3Ce=40x=3E?= <d@x>",
    )
    found = decode(raw)
    assert found.in_reply_to == "<b@x>"
    assert found.references == ("<a@x>", "<b@x>", "<d@x>", "<e@x>", "<c@x>")


def test_e11_references_of_a_hundred_kilobytes_keep_both_ends() -> None:
    ids = [f"<{number:030}@example.org>" for number in range(5_000)]
    found = decode(mail("References: " + "\r\n ".join(ids)))
    assert found.references[0] == ids[0]
    assert found.references[-1] == ids[-1]


def test_e16_a_sender_that_a_list_replaced_is_recovered_but_never_vouched_for() -> None:
    raw = mail(
        "From: \"'Ana López' via Support\" <support@lists.example.org>",
        "Reply-To: Ana López <ana@example.com>",
        "List-Id: <support.lists.example.org>",
    )
    found = decode(raw)
    assert (found.from_name, found.from_address) == ("Ana López", "ana@example.com")
    assert not found.vouchable


def test_e16_a_form_that_writes_as_the_desk_speaks_for_who_gets_the_answer() -> None:
    raw = mail(f"From: Web form <{DESK}>", "Reply-To: ana@example.com")
    found = decode(raw, own_addresses=[DESK])
    assert found.from_address == "ana@example.com"
    assert found.kind is Nature.MESSAGE


def test_e16_reply_to_never_replaces_a_sender_who_is_no_list() -> None:
    raw = mail(
        "From: mallory@example.net", "Reply-To: boss@example.org", "X-Original-From: boss@x.org"
    )
    assert decode(raw, own_addresses=[DESK]).from_address == "mallory@example.net"


def test_a_comment_stands_for_a_name() -> None:
    assert decode(mail("From: ana@example.com (Ana (IT) López)")).from_name == "Ana IT López"


def test_two_senders_are_vouched_for_by_nobody() -> None:
    assert not decode(mail("From: a@example.com, b@example.com")).vouchable
    assert not decode(mail("From: a@example.com", "From: b@example.com")).vouchable


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("ana@example.com (Ana)", "ana@example.com"),
        ("Ana ana@example.com", "ana@example.com"),
        ("=?utf-8?Q?L=C3=B3pez,_Ana?= <ana@example.com>", "ana@example.com"),
        ("=?utf-8?Q?Ana_=3Cana=40example.com=3E?=", "ana@example.com"),
        ('"Ana <ana@example.com>', "ana@example.com"),
        ("<mailto:ana@example.com>", "ana@example.com"),
        ("<@relay.example,@two.example:ana@example.com>", "ana@example.com"),
        ("bounce+ana=example.com@lists.example.org", "bounce+ana=example.com@lists.example.org"),
        ('"x@bad.example" <ana@example.com>', "ana@example.com"),
        ("Ana", ""),
        ("", ""),
        ("<>", ""),
    ],
)
def test_addresses_are_found_as_the_world_writes_them(said: str, address: str) -> None:
    assert decode(mail(f"From: {said}")).from_address == address


@pytest.mark.parametrize("charset", ["latin-1", "cp1252", "utf-8"])
def test_e20_eight_bit_headers_are_read(charset: str) -> None:
    raw = mail("From: Ana Muñoz <ana@example.com>", "Subject: ¿Qué tal?", charset=charset)
    found = decode(raw)
    assert (found.from_name, found.subject) == ("Ana Muñoz", "¿Qué tal?")


@pytest.mark.parametrize(
    ("declared", "content", "meant"),
    [
        ("iso-8859-15", "40 €".encode("iso-8859-15"), "40 €"),
        ("iso-8859-1", "“40 €”".encode("cp1252"), "“40 €”"),
        ("us-ascii", "año".encode(), "año"),
        ("iso-8859-1", "año".encode(), "año"),
        ("utf-8", "año".encode("latin-1"), "a\ufffdo"),
        ("utf-16", "αβγ".encode("utf-16"), "αβγ"),
        ("x-unknown", "año".encode("latin-1"), "año"),
        ("hex", "año".encode(), "año"),
        ("punycode", b"a-b", "a-b"),
        ("", "año".encode("latin-1"), "año"),
        ("", "プリンタ".encode("iso-2022-jp"), "プリンタ"),
        ("iso-2022-jp", b"\x1b(I\x4c\x5f\x1b(B ok", "ﾌﾟ ok"),
        ("gb2312", "朱镕".encode("gbk"), "朱镕"),
        ("utf-7", b"+2AA-x", "x"),
        ("utf-8", b"a\x00b\x07c", "abc"),
    ],
)
def test_e20_any_charset_becomes_clean_text(declared: str, content: bytes, meant: str) -> None:
    head = f'Content-Type: text/plain; charset="{declared}"\r\n\r\n'.encode()
    assert decode(head + content).text == meant


def test_e21_an_exchange_message_id_in_brackets_is_one() -> None:
    assert decode(mail("Message-ID: <[0a1b]@x>")).message_id == "<[0a1b]@x>"
    assert decode(mail("Message-ID: 0a1b@x")).message_id == "<0a1b@x>"


def test_the_topmost_authentication_results_come_first() -> None:
    raw = mail("Authentication-Results: ours; none", "Authentication-Results: forged; dmarc=pass")
    assert decode(raw).authentication_results == ("ours; none", "forged; dmarc=pass")


def test_the_desk_takes_in_all_that_a_mail_says() -> None:
    raw = mail(
        "From: Ana <Ana@example.com>",
        "To: Desk <desk+x.1@example.org>, Bob <bob@example.com>",
        "Reply-To: ana@example.com, carl@example.com",
        "Message-ID: <c@x>",
        "In-Reply-To: <b@x>",
        "References: <a@x> <b@x>",
        "Content-Language: es",
    )
    found = decode(raw, own_addresses=[DESK])
    taken = to_inbound(
        found, raw, channel="email", mailbox=DESK, team="it", language="en", graded=True, ticket=7
    )
    assert taken.external_id == found.identity
    assert taken.known_as == "<c@x>"
    assert taken.address == Address("email", DESK)
    assert taken.replies_to == ("<b@x>", "<a@x>")
    assert (taken.speaker.external_id, taken.speaker.name) == ("ana@example.com", "Ana")
    assert taken.speaker.verified
    assert taken.speaker.language == "es"
    assert [(each.external_id, each.name) for each in taken.others] == [
        ("bob@example.com", "Bob"),
        ("carl@example.com", ""),
    ]
    assert (taken.team, taken.language, taken.ticket, taken.raw) == ("it", "en", 7, raw)


def test_a_grade_counts_only_for_the_address_in_from() -> None:
    raw = mail(f"From: {DESK}", "Reply-To: boss@example.org")
    found = decode(raw, own_addresses=[DESK])
    taken = to_inbound(found, raw, channel="email", mailbox=DESK, graded=True, ticket=None)
    assert taken.speaker.external_id == "boss@example.org"
    assert not taken.speaker.verified


def test_a_mail_without_an_id_is_named_by_its_identity() -> None:
    raw = mail("From: ana@example.com")
    found = decode(raw)
    taken = to_inbound(found, raw, channel="email", mailbox=DESK, graded=False, ticket=None)
    assert taken.name == found.identity


def test_a_programs_report_is_told_from_an_automatic_answer() -> None:
    report = mail("From: no-reply@backup.example", "Subject: Job 7 failed")
    answer = mail("From: ana@example.com", "Auto-Submitted: auto-replied", "Subject: Away")
    letter = mail("From: no-reply@shop.example", "List-Unsubscribe: <https://shop.example/u>")
    assert "program" in decode(report).remarks
    assert "program" not in decode(answer).remarks
    assert "program" not in decode(letter).remarks


def test_the_first_writer_of_a_forward_is_handed_on() -> None:
    raw = mail(
        "From: leo@desk.example",
        "Subject: Fwd: Screen",
        body="---------- Forwarded message ---------\nFrom: Ana <ana@example.com>\n"
        "Date: Mon, 23 Nov 2026 at 09:00\nSubject: Screen\nTo: leo@desk.example\n\nIt is black.\n",
    )
    found = decode(raw)
    taken = to_inbound(found, raw, channel="email", mailbox=DESK, graded=True, ticket=None)
    assert taken.forwarded is not None
    assert taken.forwarded.external_id == "ana@example.com"
