"""A planned work by mail: its entry in the reader's calendar comes, changes and goes with it."""

import icalendar
import pytest
from mail_people import Mail


def entry(mail: Mail) -> icalendar.Event:
    """The one entry of a letter, and what is to be done with it."""
    (part,) = (x for x in mail.message.walk() if x.get_content_type() == "text/calendar")
    (event,) = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")
    return event


@pytest.mark.promise("T4", channels=("email",), languages=("en",))
async def test_the_entry_of_a_calendar_comes_changes_and_goes(stage, tom, sara):
    await tom.writes("My screen is black", subject="Screen")
    await tom.reads()
    await sara.catches_up()
    line = "/maintenance tomorrow 20:00, 2 h, everybody: We replace the mail server"
    await sara.writes(line)
    first = entry(await tom.reads())
    assert (first["UID"], first["SEQUENCE"]) == ("notice-1@desk.example", 0)
    assert (first.end - first.start).total_seconds() == 2 * 3600
    await sara.writes("/notice-extend N-1 1 h")
    second = entry(await tom.reads())
    assert (second["UID"], second["SEQUENCE"]) == (first["UID"], 1)
    assert (second.start, second.end) == (first.start, first.end + (first.end - first.start) / 2)
    await sara.writes("/notice-cancel N-1")
    last = entry(await tom.reads())
    assert (last["UID"], last["SEQUENCE"], last["STATUS"]) == (first["UID"], 2, "CANCELLED")


async def test_what_a_calendar_answers_opens_no_ticket(stage, tom, sara):
    await tom.writes("My screen is black", subject="Screen")
    await tom.reads()
    await sara.writes("/maintenance tomorrow 20:00, 2 h, everybody: We replace the mail server")
    uid = entry(await tom.reads())["UID"]
    answer = (
        f"From: Tom Baker <{tom.address}>\r\nTo: help@desk.example\r\nSubject: Accepted: Mail\r\n"
        "Message-ID: <accepted@example.org>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: text/calendar; charset="UTF-8"; method=REPLY\r\n\r\n'
        f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    await tom.posts(answer.encode())
    await stage.settles()
    assert await stage.ticket(2) is None
