"""Header fields on the wire: seven-bit, folded, and closed to injection whatever is put in."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from email.base64mime import header_encode as encode_base64
from email.quoprimime import header_encode as encode_quoted
from email.quoprimime import header_length as quoted_length

_LINE = 78  # characters that a line should keep to (RFC 5322, 2.1.1)
_LONGEST_ID = 500  # characters: one alone must leave the header block under 4 KiB
_LONGEST_ADDRESS = 320  # characters: 64 for the local part, 255 for the domain (RFC 5321, 4.5.3.1)
_WORD = 64  # characters of one encoded word, so that "Subject: " and the first share a line
_PAYLOAD = _WORD - len("=?utf-8?q??=")

_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~ -]+", re.ASCII)
_DOT_ATOM = re.compile(r"[^\s\"(),.:;<>@\[\\\]]+(?:\.[^\s\"(),.:;<>@\[\\\]]+)*")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_DOMAIN = re.compile(r"[\w.-]+|\[[\w.:-]+\]", re.ASCII)
_ID = re.compile(r"<[!-;=?-~]+>")
_LANGUAGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)


def one_line(words: str, most: int) -> str:
    """Return the words on one line, at most `most` octets of UTF-8, fit to be written anywhere."""
    line = _UNSPEAKABLE.sub("\ufffd", " ".join(words.split()))
    octets = line.encode()
    if len(octets) <= most:
        return line
    return octets[: most - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def text_field(name: str, line: str) -> str:
    """Write a field of free text, such as the subject; `line` comes from `one_line`."""
    if _plain(line):
        return _folded(name, line.split(" "))
    return _folded(name, _encoded(line))


def address_field(name: str, display: str, address: str) -> str:
    """Write a field with one address from `sendable`; `display` comes from `one_line`."""
    if not display:
        return _folded(name, [address])
    return _folded(name, [*_phrase(display), f"<{address}>"])


def id_field(name: str, ids: Iterable[str]) -> str:
    """Write a field of message ids, one a line and never encoded: an encoded id threads nothing."""
    return f"{name}: " + "\r\n ".join(ids) + "\r\n"


def sendable(address: str) -> str | None:
    """Return the address as a header may hold it, or None when it can't stand in one.

    An odd local part is quoted and an international domain becomes ASCII. An international local
    part stays as it is, and with it the mail needs a server that speaks SMTPUTF8.
    """
    local, _, domain = address.rpartition("@")
    if not local or len(address) > _LONGEST_ADDRESS or address != one_line(address, sys.maxsize):
        return None
    try:
        host = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not _DOMAIN.fullmatch(host):
        return None
    if not _DOT_ATOM.fullmatch(local) and not _QUOTED.fullmatch(local):
        local = _quoted(local)
    return f"{local}@{host}"


def sendable_ids(ids: Iterable[str]) -> list[str]:
    """Return those of the ids that can be sent back as they came, each in angle brackets."""
    bare = ("".join(foreign.split()) for foreign in ids)
    bracketed = (i if i.startswith("<") or "@" not in i else f"<{i}>" for i in bare)
    return [i for i in bracketed if len(i) <= _LONGEST_ID and _ID.fullmatch(i)]


def language_tag(language: str) -> str:
    """Return a language as a tag ("es", "pt-BR"), or "" when it isn't one."""
    tag = language.replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""


def _folded(name: str, words: Iterable[str]) -> str:
    lines = [f"{name}:"]
    for word in words:
        # The first word stays beside the name: a line that holds the name alone confuses some.
        if len(lines[-1]) + 1 + len(word) > _LINE and not lines[-1].endswith(":"):
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines) + "\r\n"


def _plain(line: str) -> bool:
    return line.isascii() and "=?" not in line and all(len(w) <= _WORD for w in line.split(" "))


def _phrase(display: str) -> Iterable[str]:
    if not display.isascii() or "=?" in display:
        return _encoded(display)
    return display.split(" ") if _ATOMS.fullmatch(display) else [_quoted(display)]


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _encoded(line: str) -> Iterator[str]:
    """Write words of RFC 2047, none of which cuts a character in two."""
    octets = line.encode()
    if quoted_length(octets) <= len(octets) * 4 / 3:  # Latin scripts stay readable in the source
        return (encode_quoted(c, "utf-8") for c in _chunks(line, quoted_length, _PAYLOAD))
    return (encode_base64(c, "utf-8") for c in _chunks(line, len, _PAYLOAD * 3 // 4))


def _chunks(line: str, size: Callable[[bytes], int], room: int) -> Iterator[bytes]:
    chunk, used = bytearray(), 0
    for octets in map(str.encode, line):
        cost = size(octets)
        if used + cost > room:
            yield bytes(chunk)
            chunk, used = bytearray(), 0
        chunk += octets
        used += cost
    yield bytes(chunk)
