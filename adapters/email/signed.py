"""Takes the mail out of an opaque S/MIME signature; what is encrypted stays closed."""

from collections.abc import Iterator

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_CONSTRUCTED = 0x20
_OCTETS = 0x04
_SEQUENCE = 0x30
_CONTEXT = 0xA0
_LONG = 0x80
_HEAD = 64  # bytes in which the outermost object says what it is
_WINDOW = 400  # bytes between it and the content: version and digest algorithms
_DEEPEST = 8
_MOST = 200_000  # pieces of the content
_LENGTH_BYTES = 4


def wrapped(content: bytes) -> bytes | None:
    """The mail inside CMS SignedData (RFC 5652), DER or BER; None if it isn't signed data."""
    outer = content.find(_SIGNED_DATA, 0, _HEAD)
    if outer < 0:
        return None
    inner = content.find(_DATA, outer, outer + _WINDOW)
    if inner < 0:
        return None
    at = inner + len(_DATA)
    if content[at : at + 1] != bytes((_CONTEXT,)):
        return None  # a detached signature wraps nothing
    return b"".join(_octets(content, at, len(content), 0))


def _octets(content: bytes, at: int, end: int, depth: int) -> Iterator[bytes]:
    """The octet strings from here on, through constructed ones, until their end is marked."""
    for _ in range(_MOST):
        head = _head(content, at, end)
        if head is None:
            return
        tag, start, length = head
        stop = end if length is None else min(end, start + length)
        if tag == _OCTETS:
            yield content[start:stop]
        elif tag in (_CONTEXT, _OCTETS | _CONSTRUCTED) and depth < _DEEPEST:
            yield from _octets(content, start, stop, depth + 1)
            if depth == 0 or length is None:
                return
        else:
            return  # an end mark, or the signature that follows the content
        at = stop


def _head(content: bytes, at: int, end: int) -> tuple[int, int, int | None] | None:
    """Tag, start of the value, and its length (None: until an end mark)."""
    if at + 2 > end:
        return None
    tag, size = content[at], content[at + 1]
    if size < _LONG:
        return tag, at + 2, size
    count = size - _LONG
    if not count:
        return tag, at + 2, None
    if count > _LENGTH_BYTES:
        return None
    return tag, at + 2 + count, int.from_bytes(content[at + 2 : at + 2 + count], "big")
