"""The header block of a mail or a part: its fields, and their encoded words and parameters."""

import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from adapters.email.charset import one_line, to_text

_VALUE = 128_000  # bytes of one field that are read: its first half and its last
_NEAR = 100  # lines between a line that is no field and the field after it
_DIGITS = 3  # of the number of a parameter's piece
_QUOTES = 2  # around the language of a parameter
_BLANK = re.compile(rb"\r?\n\r?\n")
_NAME = re.compile(rb"([!-9;-~]++)[ \t]*+:")
_KNOWN = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|mime-version|content-[a-z-]++|in-reply-to|references"
    rb"|received|return-path|x-[a-z0-9-]++|auto-submitted|reply-to|dkim-signature"
    rb"|authentication-results|list-[a-z]++)[ \t]*+:",
    re.IGNORECASE,
)
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*+)\?=")
_PARAMETER = re.compile(r'(?:[^;"]++|"(?:[^"\\]++|\\.)*+"?+)++', re.DOTALL)


class Headers:
    """Fields by lower-case name, each value decoded when it is asked for."""

    __slots__ = ("_lines", "_values")

    def __init__(self, values: dict[str, list[bytes]]) -> None:
        self._values = values
        self._lines: dict[str, str] = {}  # first values that were asked for: most are, twice

    def raw(self, name: str) -> str:
        """The first value on one line, its encoded words as they are; "" when there is none."""
        if name not in self._values:
            return ""
        if name not in self._lines:
            self._lines[name] = _line(self._values[name][0])
        return self._lines[name]

    def text(self, name: str) -> str:
        """The first value on one line, decoded; "" when there is none."""
        return words(self.raw(name))

    def every(self, name: str) -> tuple[str, ...]:
        """All values of this name, topmost first, each on one line, undecoded."""
        return tuple(_line(value) for value in self._values.get(name, ()))

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __bool__(self) -> bool:
        return bool(self._values)


def split(raw: bytes, start: int, end: int, *, size: int, lines: int) -> tuple[Headers, int, bool]:
    """Read the block that begins at `start`: its fields, where the body begins, was it cut.

    No more than `size` bytes and `lines` lines of the block are looked at.
    """
    for empty in (b"\n", b"\r\n"):
        if raw.startswith(empty, start, end):
            return Headers({}), start + len(empty), False
    blank = _BLANK.search(raw, start, end)
    stop = blank.start() if blank else end
    block = raw[start : min(stop, start + size)].split(b"\n", lines)
    cut = stop > start + size or len(block) > lines
    values, body = _fields(block[:lines])
    if body is not None:
        return Headers(values), start + body, False
    return Headers(values), blank.end() if blank else stop, cut


def words(text: str) -> str:
    """Decode RFC 2047's encoded words, also where they stand against the rules."""
    return one_line("".join(_decoded(text))) if "=?" in text else one_line(text)


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """A field like Content-Type as its lower-case main word and its parameters (RFC 2231)."""
    first, *rest = _PARAMETER.findall(value)[:200] or [""]
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for item in rest:
        name, equals, content = item.partition("=")
        name, content = name.strip().lower(), _unquoted(content.strip())
        if "*" in name:
            _put_piece(pieces, name, content)
        elif equals:
            plain.setdefault(name, words(content))
    return first.strip().lower(), plain | {name: _joined(found) for name, found in pieces.items()}


def _line(value: bytes) -> str:
    if len(value) > _VALUE:
        value = value[: _VALUE // 2] + b" " + value[-_VALUE // 2 :]
    return one_line(to_text(value))


def _fields(lines: list[bytes]) -> tuple[dict[str, list[bytes]], int | None]:
    """The fields, and the offset where a body without a blank line before it begins."""
    gathered: list[tuple[str, list[bytes]]] = []
    offset = known = 0
    for number, line in enumerate(lines):
        if line[:1] in (b" ", b"\t"):
            if gathered:
                gathered[-1][1].append(line)
        elif match := _NAME.match(line):
            name = match[1].decode("ascii").lower()
            gathered.append((name, [line[match.end() :]]))
        else:
            known = known if known > number else _next_known(lines, number + 1)
            envelope = line.startswith((b"From ", b">From "))
            if not known and not (envelope and number == 0):
                return _named(gathered), offset
            if gathered and not envelope:
                gathered[-1][1].append(line)  # folded without the blank that says so
        offset += len(line) + 1
    return _named(gathered), None


def _next_known(lines: list[bytes], start: int) -> int:
    """Where a well-known field comes soon after a line that is none; 0 if none does."""
    near = range(start, min(len(lines), start + _NEAR))
    return next((number for number in near if _KNOWN.match(lines[number])), 0)


def _named(gathered: list[tuple[str, list[bytes]]]) -> dict[str, list[bytes]]:
    values: dict[str, list[bytes]] = {}
    for name, pieces in gathered:
        values.setdefault(name, []).append(pieces[0] if len(pieces) == 1 else b" ".join(pieces))
    return values


def _decoded(text: str) -> Iterator[str]:
    """Plain stretches and decoded words; words in a row share their bytes, as Outlook splits."""
    at, charset, held = 0, "", b""
    for match in _WORD.finditer(text):
        between = text[at : match.start()]
        apart = bool(between.strip())
        if held and (apart or match[1].lower() != charset):
            yield to_text(held, charset)
            held = b""
        if apart or not at:
            yield between
        charset, held = match[1].lower(), held + _word_bytes(match[2], match[3])
        at = match.end()
    yield to_text(held, charset)
    yield text[at:]


def _word_bytes(encoding: str, content: str) -> bytes:
    data = content.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data, header=True)
    return base64_bytes(data)


def base64_bytes(data: bytes) -> bytes:
    """Decode base64 with whatever stands in it; a broken end loses no more than that end."""
    for padded in (data, data.rstrip(b"=\r\n \t") + b"==", data.rstrip(b"=\r\n \t")[:-1] + b"=="):
        try:
            return binascii.a2b_base64(padded)
        except binascii.Error:
            continue
    return b""


def _unquoted(content: str) -> str:
    if not content.startswith('"'):
        return content
    content = content[1:].removesuffix('"')
    return re.sub(r"\\(.)", r"\1", content, flags=re.DOTALL) if "\\" in content else content


def _put_piece(pieces: dict[str, dict[int, tuple[bool, str]]], name: str, content: str) -> None:
    stem, _, rest = name.partition("*")
    number = rest.removesuffix("*")
    if number.isascii() and number.isdigit() and len(number) <= _DIGITS:
        pieces.setdefault(stem, {})[int(number)] = (rest.endswith("*"), content)
    elif not number:
        pieces.setdefault(stem, {})[0] = (True, content)


def _joined(found: dict[int, tuple[bool, str]]) -> str:
    charset, data = "", b""
    for place, number in enumerate(sorted(found)):
        encoded, content = found[number]
        if encoded and place == 0 and content.count("'") >= _QUOTES:
            charset, _, content = content.split("'", 2)
        data += unquote_to_bytes(content) if encoded else content.encode("utf-8", "replace")
    return words(to_text(data, charset))
