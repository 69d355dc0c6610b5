"""How Discord's things are named: by snowflakes, which tell when each was made."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.model.message import ExternalId

SAY = "say:"  # begins the custom_id of a button that says words
OPEN = "open:"  # of the button that makes a ticket of a message after all: "open:<channel>:<id>"
PAGE = "page:"  # of a button that shows somebody's own page: "page:<number>:…"
FORM = "form:"  # of a form
FIELD = "field:"  # of a form's field, with the parameter's name behind it

_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)  # from which snowflakes count
_TIME_BITS = 22  # below these stands who made it
_LAST = 1 << 64


def name(channel: str, message: str) -> ExternalId:
    """The name of a message: "<channel it stands in>:<its id>", whichever way it came."""
    return ExternalId(f"{channel}:{message}")


def parted(external_id: str) -> tuple[str, str]:
    """The channel and the id of a message by its name; ("", "") when it names none.

    An edit's or a reaction's name begins with that of its message, so it gives that one's.
    """
    channel, _, rest = external_id.partition(":")
    message = rest.partition(":")[0]
    return (channel, message) if is_id(channel) and is_id(message) else ("", "")


def in_channel(ids: Iterable[str], channel: str) -> str | None:
    """The id of the first of these messages that stands in the channel."""
    for each in ids:
        there, message = parted(each)
        if there and there == channel:
            return message
    return None


def interaction(own: str) -> ExternalId:
    """The name of what somebody pressed, typed behind a slash or sent off."""
    return ExternalId(f"interaction:{own}")


def is_id(text: str) -> bool:
    """Whether it is a snowflake as Discord writes it, "1442806870123450368"."""
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(_LAST))
    return digits and text[0] != "0" and int(text) < _LAST


def made_at(snowflake: str) -> datetime | None:
    """When something was made, by its id; None where that is no id."""
    if not is_id(snowflake):
        return None
    return _EPOCH + timedelta(milliseconds=int(snowflake) >> _TIME_BITS)


def since(moment: datetime) -> str:
    """The first snowflake of a moment: what came later has a greater one."""
    milliseconds = max(0, (moment - _EPOCH) // timedelta(milliseconds=1))
    return str(milliseconds << _TIME_BITS)
