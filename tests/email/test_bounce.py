"""Bounces, automatic answers and loops, each told by what its header and report say."""

import pytest

from adapters.email.codec import decode
from bot.model.message import Nature

DESK = "desk@example.org"
OURS = "<desk.5.42.0123456789abcdef@example.org>"


def kind(*fields: str, sender: str = "ana@example.com") -> Nature:
    raw = "\r\n".join([f"From: {sender}", *fields, "", "Hello"]).encode()
    return decode(raw, own_addresses=[DESK]).kind


def report(*fields: str, returned: str = "message/rfc822", kind: str = "delivery-status") -> bytes:
    lines = [
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.com>",
        "Return-Path: <>",
        "Auto-Submitted: auto-replied",
        "Subject: Undelivered Mail Returned to Sender",
        f'Content-Type: multipart/report; report-type={kind}; boundary="B"',
        "", "--B", "", "Sorry.", "--B", f"Content-Type: message/{kind}", "",
        "Reporting-MTA: dns; mx.example.com", "", *fields, "",
        "--B", f"Content-Type: {returned}", "",
        f"Message-ID: {OURS}", f"From: {DESK}", "X-Deskmate-Loop: desk", "Subject: Re: Printer",
        "", "Hello", "--B--",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_e9_a_bounce_names_the_message_the_recipient_and_the_reason(returned: str) -> None:
    raw = report(
        "Final-Recipient: rfc822; Ana@Example.com",
        "Action: failed",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 No such user",
        returned=returned,
    )
    found = decode(raw, own_addresses=[DESK])
    assert found.kind is Nature.BOUNCE
    assert found.failure is not None
    assert found.failure.recipient == "Ana@example.com"
    assert found.failure.external_id == OURS
    assert found.failure.permanent
    assert found.failure.reason == "5.1.1 550 5.1.1 No such user"


@pytest.mark.parametrize(
    "fields",
    [
        ("Action: delayed", "Status: 4.4.1"),
        ("Action: failed", "Status: 4.4.7"),
        ("Action: delayed", "Status: 5.0.0"),
    ],
)
def test_e9_a_delay_is_no_permanent_failure(fields: tuple[str, ...]) -> None:
    found = decode(report("Final-Recipient: rfc822;ana@example.com", *fields))
    assert found.kind is Nature.BOUNCE
    assert found.failure is not None
    assert not found.failure.permanent


def test_e9_the_recipient_that_failed_is_the_one_named() -> None:
    found = decode(
        report(
            "Final-Recipient: rfc822; bob@example.com",
            "Action: delivered",
            "",
            "Final-Recipient: rfc822; ana@example.com",
            "Action: failed",
            "Status: 5.2.2",
        )
    )
    assert found.failure is not None
    assert found.failure.recipient == "ana@example.com"


def test_e9_a_report_of_success_is_no_bounce() -> None:
    found = decode(report("Final-Recipient: rfc822; ana@example.com", "Action: relayed"))
    assert (found.kind, found.failure) == (Nature.AUTO_REPLY, None)


def test_a_read_receipt_is_automatic_and_no_bounce() -> None:
    raw = report("Final-Recipient: rfc822;ana@x.org", kind="disposition-notification")
    found = decode(raw.replace(b"Undelivered Mail Returned to Sender", b"Read: Printer"))
    assert (found.kind, found.failure) == (Nature.AUTO_REPLY, None)


def test_e9_a_bounce_without_a_report_is_read_from_its_words() -> None:
    raw = (
        b"From: MAILER-DAEMON@mx.example.com\r\nReturn-Path: <>\r\nSubject: failure notice\r\n\r\n"
        b"Hi. I could not deliver your message.\r\n\r\n<ana@example.com>:\r\n"
        b"550 5.1.1 no such user\r\n\r\n--- Below is a copy.\r\n\r\nMessage-ID: " + OURS.encode()
    )
    failure = decode(raw).failure
    assert failure is not None
    assert (failure.recipient, failure.external_id) == ("ana@example.com", OURS)
    assert failure.reason == "550 5.1.1 no such user"


def test_e9_exim_names_the_recipient_in_its_header() -> None:
    raw = b"From: x@mx.example\r\nX-Failed-Recipients: ana@example.com\r\n\r\nNo.\r\n"
    failure = decode(raw).failure
    assert failure is not None
    assert failure.recipient == "ana@example.com"
    assert failure.external_id is None


def test_a_person_who_writes_about_a_bounce_sends_none() -> None:
    assert kind("Subject: Undelivered Mail Returned to Sender") is Nature.MESSAGE
    assert kind("Subject: New disk", sender="postmaster@example.com") is Nature.MESSAGE


@pytest.mark.parametrize(
    "fields",
    [
        ("X-Deskmate-Loop: anything",),
        ("X-Deskmate-Loop:",),
        ("Auto-Submitted: auto-generated", f"Message-ID: {OURS}"),
    ],
)
def test_e7_our_own_words_that_come_back_are_a_loop(fields: tuple[str, ...]) -> None:
    assert kind(*fields) is Nature.LOOP


@pytest.mark.parametrize("sender", [DESK, DESK.upper(), "desk+t.42@example.org"])
def test_e7_mail_from_one_of_our_addresses_is_a_loop(sender: str) -> None:
    assert kind(sender=sender) is Nature.LOOP
    assert kind("X-Deskmate-Loop: desk", "Reply-To: ana@x.org", sender=sender) is Nature.LOOP


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: AUTO-GENERATED; owner=x",
        "Precedence: auto_reply",
        "Precedence: bulk",
        "X-Autoreply: yes",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "Return-Path: <>",
    ],
)
def test_e8_an_automatic_answer_is_one(field: str) -> None:
    assert kind(field, "Subject: Out of office") is Nature.AUTO_REPLY


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: no",
        "Auto-Submitted: No (a person)",
        "Subject: Out of office: how do I set it?",
        "Subject: Automatic reply",
        "Precedence: list",
        "Return-Path: <ana@example.com>",
        "X-Auto-Response-Suppress: DR, RN",
        "List-Id: <support.example.com>",
        f"In-Reply-To: {OURS}",
    ],
)
def test_e8_what_a_person_wrote_is_no_automatic_answer(field: str) -> None:
    assert kind(field) is Nature.MESSAGE


def test_e7_an_address_that_takes_no_answer_gets_none() -> None:
    assert kind(sender="no-reply@example.com") is Nature.AUTO_REPLY
    assert kind("Reply-To: ana@x.org", sender="no-reply@example.com") is Nature.MESSAGE


def test_e9_a_report_that_is_no_report_is_read_as_far_as_it_goes() -> None:
    raw = report("Final-Recipient: rfc822; ana@example.com", "Action: failed")
    for junk in (b"no field here\r\n", b"\r\n\r\n\r\n", b"\xff\xfe"):
        found = decode(raw.replace(b"Reporting-MTA: dns; mx.example.com", junk))
        assert found.kind is Nature.BOUNCE
        assert found.remarks == ()


def test_e8_a_mail_program_that_answers_us_without_saying_so_is_known_by_its_prefix() -> None:
    for subject in ("Automatic reply: Printer", "Respuesta automática: [IT-42] Impresora"):
        assert kind(f"Subject: {subject}", f"In-Reply-To: {OURS}") is Nature.AUTO_REPLY
        assert kind(f"Subject: {subject}", "In-Reply-To: <other@x>") is Nature.MESSAGE
        assert kind(f"Subject: Re: {subject}", f"In-Reply-To: {OURS}") is Nature.MESSAGE
