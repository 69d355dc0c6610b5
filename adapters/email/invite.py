"""The words of a calendar invitation, for a mail that has no others."""

from adapters.email.charset import tidy

_TOLD = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "ORGANIZER", "DESCRIPTION")
_MOST = 2_000  # lines of a calendar that are read


def told(calendar: str) -> str:
    """What the first event says, a line each: title, begin – end, place, organiser, description.

    Moments stay as the calendar writes them, with their zone; "" when there is no event.
    """
    said: dict[str, str] = {}
    for line in _event(_unfolded(calendar)):
        head, colon, value = line.partition(":")
        name, _, options = head.partition(";")
        if colon and name.upper() in _TOLD:
            said.setdefault(name.upper(), _moment(value, options) if name[:2] == "DT" else value)
    when = " – ".join(said[name] for name in ("DTSTART", "DTEND") if name in said)
    organiser = said.get("ORGANIZER", "").removeprefix("mailto:").removeprefix("MAILTO:")
    rest = (said.get("LOCATION", ""), organiser, said.get("DESCRIPTION", ""))
    found = (said.get("SUMMARY", ""), when, *rest)
    return tidy("\n".join(_unescaped(each) for each in found if each.strip()))


def answers(calendar: str) -> bool:
    """Whether it tells that somebody comes or doesn't, as programs do when an entry is seen to."""
    said = (line.strip().upper() for line in _unfolded(calendar))
    return "METHOD:REPLY" in said


def _unfolded(calendar: str) -> list[str]:
    return calendar.replace("\n ", "").replace("\n\t", "").split("\n", _MOST)[:_MOST]


def _event(lines: list[str]) -> list[str]:
    """The lines of the first event or task, without its alarms."""
    found: list[str] = []
    within: list[str] = []
    for line in lines:
        word, _, name = line.strip().upper().partition(":")
        if word == "BEGIN":
            within.append(name)
        elif word == "END" and within:
            if within.pop() in ("VEVENT", "VTODO"):
                break
        elif within[-1:] in (["VEVENT"], ["VTODO"]):
            found.append(line)
    return found


def _moment(value: str, options: str) -> str:
    """ "20251105T103000" with a zone as "2025-11-05 10:30 Europe/Madrid"."""
    value = value.strip()
    date, _, time = value.rstrip("Z").partition("T")
    if not (date.isdigit() and len(date) == len("20251105")):
        return value
    zone = "UTC" if value.endswith("Z") else _zone(options)
    clock = f"{time[:2]}:{time[2:4]}" if len(time) >= len("1030") else ""
    return " ".join(each for each in (f"{date[:4]}-{date[4:6]}-{date[6:]}", clock, zone) if each)


def _zone(options: str) -> str:
    named = (option.partition("=") for option in options.split(";"))
    return next((zone.strip('"') for name, _, zone in named if name.upper() == "TZID"), "")


def _unescaped(value: str) -> str:
    """Undo RFC 5545's backslashes."""
    kept = value.replace("\\\\", "\0")
    for written, meant in (("\\n", "\n"), ("\\N", "\n"), ("\\,", ","), ("\\;", ";")):
        kept = kept.replace(written, meant)
    return kept.replace("\0", "\\")
