"""Entries for calendars on the wire, as calendars read them, and the answers they give."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.email.codec import decode, to_inbound
from adapters.email.letter import encode
from bot.model.message import Address, Invitation, Nature, Outbound

STARTS = datetime(2026, 11, 24, 20, tzinfo=UTC)
ENTRY = Invitation("notice-7", 2, STARTS, STARTS.replace(hour=22), "Mail, server [N-7]", "Chat.")
LETTER = Outbound(
    row=5,
    to=Address("email", "help@desk.example"),
    recipient="lucía@example.org".replace("í", "i"),
    text="We replace the mail server",
    created_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
    subject="Mail [N-7]",
    invitation=ENTRY,
)


def sent(letter: Outbound) -> bytes:
    return encode(letter, sender="help@desk.example", sender_name="Mesa; de ayuda", secret=b"key")


def inbound(raw: bytes) -> Nature:
    kept = {"channel": "email", "mailbox": "help@desk.example", "graded": True, "ticket": None}
    return to_inbound(decode(raw), raw, **kept).nature


def entry(letter: Outbound) -> tuple[icalendar.Calendar, icalendar.Event, str]:
    mail = message_from_bytes(sent(letter), policy=policy.default)
    (part,) = (each for each in mail.walk() if each.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    return calendar, event, str(part["Content-Type"])


def test_a_letter_bears_an_entry_that_programs_take_over_by_themselves() -> None:
    calendar, event, kind = entry(LETTER)
    assert "method=REQUEST" in kind.replace('"', "")
    assert calendar["METHOD"] == "REQUEST"
    assert (event["UID"], event["SEQUENCE"]) == ("notice-7@desk.example", 2)
    assert (event.start, event.end) == (ENTRY.starts_at, ENTRY.ends_at)
    assert event["ATTENDEE"] == "mailto:lucia@example.org"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert event["TRANSP"] == "TRANSPARENT"


def test_it_is_an_alternative_of_the_words_so_that_every_program_shows_one_or_the_other() -> None:
    mail = message_from_bytes(sent(LETTER), policy=policy.default)
    kinds = [each.get_content_type() for each in mail.iter_parts()]
    assert mail.get_content_type() == "multipart/alternative"
    assert kinds == ["text/plain", "text/html", "text/calendar"]


def test_what_is_called_off_leaves_the_calendar() -> None:
    calendar, event, kind = entry(replace(LETTER, invitation=replace(ENTRY, cancelled=True)))
    assert "method=CANCEL" in kind.replace('"', "")
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")


def test_the_bytes_are_the_same_at_every_attempt() -> None:
    assert sent(LETTER) == sent(replace(LETTER, again=True))


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=300))
def test_any_words_come_out_as_they_went_in(words: str) -> None:
    _, event, _ = entry(replace(LETTER, invitation=replace(ENTRY, title=words, text=words)))
    assert str(event["SUMMARY"]) == str(event["DESCRIPTION"]) == words


def test_a_calendar_s_answer_is_nobody_s_message() -> None:
    answer = (
        b"From: Lucia <lucia@example.org>\r\nTo: help@desk.example\r\nSubject: Accepted: Mail\r\n"
        b"Message-ID: <a@example.org>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/alternative; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/plain\r\n\r\nLucia has accepted this invitation.\r\n"
        b'--x\r\nContent-Type: text/calendar; charset="UTF-8"; method=REPLY\r\n\r\n'
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:notice-7@desk.example\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n--x--\r\n"
    )
    assert inbound(answer) is Nature.AUTO_REPLY
    asked = answer.replace(b"METHOD:REPLY", b"METHOD:REQUEST").replace(b"=REPLY", b"=REQUEST")
    assert inbound(asked) is Nature.MESSAGE
