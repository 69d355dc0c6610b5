"""What a modal must know when it comes back, packed into its custom_id where that holds it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from adapters.discord.ids import FORM, is_id, parted
from adapters.discord.layout_parts import LONGEST_ID

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_BETWEEN = "|"
_PARTS = 5
_LONGEST_NUMBER = 11  # digits of a snowflake
_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOMENT, _AS_IS = "@", "="  # what a mark is packed as
_IN_ROOM, _IN_THREAD = "+", "-"  # where the message stands


@dataclass(frozen=True, slots=True)
class Origin:
    """What a form belongs to: its command and mark, and the place where it was opened.

    `room` and `thread` are those of the address, "" for none; `message` is the name of the message
    with the button, "<channel>:<id>", "" for none.
    """

    command: str
    mark: str = ""
    room: str = ""
    thread: str = ""
    message: str = ""


def custom_id(key: str, origin: Origin) -> str:
    """The custom_id of a modal: its key, and its origin behind that where Discord holds both.

    ValueError for a key that is empty, too long, or of anything but letters and digits.
    """
    if not (key.isascii() and key.isalnum() and len(FORM) + len(key) <= LONGEST_ID):
        raise ValueError(f"{key!r} is no key of a form")
    short = f"{FORM}{key}"
    whole = f"{short}{_BETWEEN}{_packed(origin)}"
    return whole if len(whole) <= LONGEST_ID and opened(whole) == (key, origin) else short


def opened(custom_id: str) -> tuple[str, Origin | None]:
    """The key of a modal, and its origin where that is told; ("", None) for what is no form."""
    if not custom_id.startswith(FORM):
        return "", None
    key, _, rest = custom_id.removeprefix(FORM).partition(_BETWEEN)
    parts = rest.split(_BETWEEN, _PARTS - 1)
    if len(parts) < _PARTS:
        return key, None
    mark, room, thread, message, command = parts
    try:
        place = _unpacked_id(room), _unpacked_id(thread)
        return key, Origin(command, _unpacked_mark(mark), *place, _unpacked_name(message, *place))
    except (KeyError, ValueError, OverflowError):
        return key, None


def _packed(origin: Origin) -> str:
    return _BETWEEN.join(
        (
            _packed_mark(origin.mark),
            _packed_id(origin.room),
            _packed_id(origin.thread),
            _packed_name(origin),
            origin.command,
        )
    )


def _packed_mark(mark: str) -> str:
    """The desk's marks tell a moment; others stay as they are."""
    try:
        since = (datetime.fromisoformat(mark) - _EPOCH) // _MICROSECOND
    except (ValueError, TypeError):
        return f"{_AS_IS}{mark}"
    packed = f"{_MOMENT}{_packed_number(since)}" if since > 0 else ""
    return packed if packed and _unpacked_mark(packed) == mark else f"{_AS_IS}{mark}"


def _unpacked_mark(packed: str) -> str:
    if packed.startswith(_AS_IS):
        return packed.removeprefix(_AS_IS)
    since = _unpacked_number(packed.removeprefix(_MOMENT))
    return (_EPOCH + since * _MICROSECOND).isoformat()


def _packed_name(origin: Origin) -> str:
    if not origin.message:
        return ""
    channel, message = parted(origin.message)
    if channel == origin.room:
        return f"{_IN_ROOM}{_packed_id(message)}"
    if channel == origin.thread:
        return f"{_IN_THREAD}{_packed_id(message)}"
    return f"{_packed_id(channel)}:{_packed_id(message)}"


def _unpacked_name(packed: str, room: str, thread: str) -> str:
    if not packed:
        return ""
    if packed[0] in (_IN_ROOM, _IN_THREAD):
        channel = room if packed[0] == _IN_ROOM else thread
        return f"{channel}:{_unpacked_id(packed[1:])}"
    channel, _, message = packed.partition(":")
    return f"{_unpacked_id(channel)}:{_unpacked_id(message)}"


def _packed_id(snowflake: str) -> str:
    return _packed_number(int(snowflake)) if is_id(snowflake) else ""


def _unpacked_id(packed: str) -> str:
    return str(_unpacked_number(packed)) if packed else ""


def _packed_number(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def _unpacked_number(packed: str) -> int:
    if not 0 < len(packed) <= _LONGEST_NUMBER:
        raise ValueError(f"{packed!r} is no number")
    number = 0
    for digit in packed:
        number = number * len(_DIGITS) + _VALUES[digit]
    return number
