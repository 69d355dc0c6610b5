"""The words of a message as it came, its encodings undone, so that a name is found in them."""

import json
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from functools import partial
from html import unescape
from typing import TypeVar
from unicodedata import normalize

_T = TypeVar("_T")


def readings(raw: bytes) -> Iterator[str]:
    """All that its bytes may say: as they are, as JSON, and as the heads and parts of a mail.

    Each is `plain`. What can't be read is left out; nothing is raised.
    """
    yield plain(raw.decode(errors="replace"))
    try:
        yield plain(json.dumps(json.loads(raw), ensure_ascii=False).replace("\\n", " "))
    except (ValueError, RecursionError):
        yield from _of_a_mail(raw)


def plain(words: str) -> str:
    """In small letters, each accent with its letter, on one line."""
    return " ".join(normalize("NFC", words).lower().split())


def _of_a_mail(raw: bytes) -> Iterator[str]:
    for part in _safely(lambda: list(message_from_bytes(raw).walk())) or ():
        for read in (_heads, _body):
            yield plain(_safely(partial(read, part)) or "")


def _safely(read: Callable[[], _T]) -> _T | None:
    """What is read; None where the parser stumbles over it."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - anybody may send anything, and the parser raises anything
        return None


def _heads(part: Message) -> str:
    return "\n".join(_undone(str(value)) for value in part.values())


def _undone(value: str) -> str:
    try:
        pieces = decode_header(value)
    except ValueError:  # of base64 that is none
        return value
    return "".join(
        piece if isinstance(piece, str) else _decoded(piece, charset) for piece, charset in pieces
    )


def _body(part: Message) -> str:
    if part.get_content_maintype() != "text":
        return ""
    content = part.get_payload(decode=True)
    words = _decoded(content, part.get_content_charset()) if isinstance(content, bytes) else ""
    return unescape(words) if part.get_content_subtype() == "html" else words


def _decoded(content: bytes, charset: str | None) -> str:
    try:
        return content.decode(charset or "utf-8", errors="replace")
    except LookupError:  # a charset that nobody knows
        return content.decode(errors="replace")
