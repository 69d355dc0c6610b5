"""A calendar's entry on the wire (RFC 5545, 5546): programs put it in, change it, take it out."""

from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress, vText

from bot.model.message import Invitation

PRODUCT = "-//Deskmate//Notices//EN"


def calendar(
    entry: Invitation, *, desk: str, desk_name: str, recipient: str, written_at: datetime
) -> bytes:
    """The entry as an invitation that asks for no answer; the same bytes for the same entry.

    Mail programs of today take over a REQUEST, and later ones with a higher SEQUENCE in its place,
    by themselves; what is only published has to be put in by hand each time.
    """
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", method(entry))
    found.add_component(_event(entry, desk, desk_name, recipient, written_at))
    content: bytes = found.to_ical()
    return content


def method(entry: Invitation) -> str:
    """What is to be done with it."""
    return "CANCEL" if entry.cancelled else "REQUEST"


def _event(
    entry: Invitation, desk: str, desk_name: str, recipient: str, written_at: datetime
) -> Event:
    event = Event()
    event.add("uid", f"{entry.name}@{desk.rpartition('@')[2]}")
    event.add("sequence", entry.revision)
    event.add("dtstamp", written_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.title)
    if entry.text:
        event.add("description", entry.text)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # nobody is busy with it
    organizer = vCalAddress(f"mailto:{desk}")
    organizer.params["CN"] = vText(desk_name)
    event["organizer"] = organizer
    attendee = vCalAddress(f"mailto:{recipient}")
    attendee.params["RSVP"] = vText("FALSE")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    event.add("attendee", attendee, encode=False)
    return event
