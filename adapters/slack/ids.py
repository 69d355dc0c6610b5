"""How Slack's messages are named: by the room and the moment at which they were posted."""

from collections.abc import Iterable

from bot.model.message import ExternalId

OPEN = "open"  # the command of the button that makes a ticket of a message after all


def name(room: str, ts: str) -> ExternalId:
    """The name of a message: "C0123:1763802000.000100", whichever way it came."""
    return ExternalId(f"{room}:{ts}")


def parted(external_id: str) -> tuple[str, str]:
    """The room and the ts of a message by its name; ("", "") when it names none.

    An edit's or a reaction's name begins with that of its message, so it gives that one's.
    """
    room, _, rest = external_id.partition(":")
    ts = rest.partition(":")[0]
    return (room, ts) if is_ts(ts) else ("", "")


def in_room(ids: Iterable[str], room: str) -> str | None:
    """The ts of the first of these messages that stands in the room."""
    for each in ids:
        there, ts = parted(each)
        if room and there == room:
            return ts
    return None


def is_ts(text: str) -> bool:
    """Whether it is a moment as Slack writes it, "1763802000.000100"."""
    seconds, point, fraction = text.partition(".")
    return bool(point) and text.isascii() and seconds.isdigit() and fraction.isdigit()
