"""The MIME tree of a mail, found by position so that nothing is copied, within fixed bounds."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from adapters.email.charset import to_text
from adapters.email.headers import Headers, base64_bytes, parameters, split

DEEPEST = 30  # multiparts inside each other
MOST_PARTS = 300
TEXT_BYTES = 4_000_000  # of one text part that are decoded
_GUESSED = (4, 80)  # bytes of a line that is taken for an undeclared boundary
_PADDING = 200  # bytes of white space behind a boundary
_TRIES = 20_000  # lines that begin like a boundary
_MAIL_HEADER = (4_000_000, 150_000)  # bytes, lines
_PART_HEADER = (16_000, 400)
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf or a multipart: `raw[start:end]` is its body, still transfer-encoded."""

    headers: Headers
    content_type: str  # lower case, always type/subtype
    params: dict[str, str]
    start: int
    end: int
    parent: str = ""  # content type of the multipart it stands in
    children: tuple["Part", ...] = ()

    @property
    def main(self) -> str:
        """The first half of the content type."""
        return self.content_type.partition("/")[0]

    @property
    def content_id(self) -> str:
        """The Content-ID without its brackets."""
        return self.headers.text("content-id").strip("<> ")

    @property
    def disposition(self) -> tuple[str, dict[str, str]]:
        """Content-Disposition's word and parameters; "" when there is none."""
        return parameters(self.headers.raw("content-disposition"))

    @property
    def given_name(self) -> str:
        """The file name as the sender wrote it, not yet safe; "" when there is none."""
        return self.disposition[1].get("filename", "") or self.params.get("name", "")


@dataclass(slots=True)
class Bounds:
    """How much of one mail was walked, and what was left out."""

    parts: int = 0
    remarks: dict[str, None] = field(default_factory=dict)  # a set that keeps its order


def parse(raw: bytes) -> tuple[Part, tuple[str, ...]]:
    """The tree of a whole mail, and what was left out: "truncated", "too_many_parts"."""
    bounds = Bounds()
    start = len(raw) - len(raw.lstrip(b"\r\n \t")) if raw[:1] in (b"\r", b"\n") else 0
    size, lines = _MAIL_HEADER
    headers, body, cut = split(raw, start, len(raw), size=size, lines=lines)
    if cut:
        bounds.remarks["truncated"] = None
    return _part(raw, headers, body, len(raw), "", 0, bounds), tuple(bounds.remarks)


def content(raw: bytes, part: Part, most: int | None = None) -> bytes:
    """The bytes of a part with its transfer encoding undone; `most` bounds the encoded length."""
    end = part.end if most is None else min(part.end, part.start + most)
    data = raw[part.start : end]
    match part.headers.raw("content-transfer-encoding").strip(" \"';").lower():
        case "base64":
            return base64_bytes(data)
        case "quoted-printable":
            return binascii.a2b_qp(data)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            return b"".join(_uudecoded(data))
    return data


def text(raw: bytes, part: Part) -> tuple[str, bool]:
    """The text of a part, and whether it was cut."""
    data = content(raw, part, TEXT_BYTES)
    charset = part.params.get("charset", "").split("(")[0]
    return to_text(data, charset), part.end - part.start > TEXT_BYTES


def leaves(part: Part) -> Iterator[Part]:
    """Every part that is no multipart, from the top."""
    if not part.children:
        yield part
    for child in part.children:
        yield from leaves(child)


def _part(
    raw: bytes, headers: Headers, start: int, end: int, parent: str, depth: int, bounds: Bounds
) -> Part:
    bounds.parts += 1
    kind, params = parameters(headers.raw("content-type"))
    if not _TYPE.fullmatch(kind):
        kind = "message/rfc822" if parent == "multipart/digest" else _nearest(kind)
    children: tuple[Part, ...] = ()
    if kind.startswith("multipart/"):
        children = _children(raw, (kind, params), start, end, depth, bounds)
        if not children:
            kind = "text/plain"
            bounds.remarks["unreadable"] = None  # no boundary, or too deep: its bytes are shown
    return Part(headers, kind, params, start, end, parent, children)


def _nearest(kind: str) -> str:
    return "text/html" if kind in ("html", "text/html charset") else "text/plain"


def _children(
    raw: bytes, kind: tuple[str, dict[str, str]], start: int, end: int, depth: int, bounds: Bounds
) -> tuple[Part, ...]:
    if depth >= DEEPEST:
        bounds.remarks["too_many_parts"] = None
        return ()
    found = []
    size, lines = _PART_HEADER
    for first, last in _spans(raw, _boundary(raw, kind[1], start, end), start, end):
        if bounds.parts >= MOST_PARTS:
            bounds.remarks["too_many_parts"] = None
            break
        headers, body, cut = split(raw, first, last, size=size, lines=lines)
        if cut:
            bounds.remarks["truncated"] = None
        found.append(_part(raw, headers, min(body, last), last, kind[0], depth + 1, bounds))
    return tuple(found)


def _boundary(raw: bytes, params: dict[str, str], start: int, end: int) -> bytes:
    """The declared boundary if it occurs, else the first line that looks like one."""
    declared = params.get("boundary", "").encode("utf-8", "replace")[:200]
    if declared and raw.find(b"--" + declared, start, end) >= 0:
        return declared
    line = raw[start : min(end, start + 2_000)].lstrip().partition(b"\n")[0].rstrip()
    return line[2:] if line.startswith(b"--") and _GUESSED[0] < len(line) < _GUESSED[1] else b""


def _spans(raw: bytes, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between the lines of a boundary; the last may lack its end."""
    if not boundary:
        return
    delimiter, open_at, tries = b"--" + boundary, -1, 0
    at = raw.find(delimiter, start, end)
    while at >= 0 and tries < _TRIES:
        tries += 1
        after = at + len(delimiter)
        closing = raw.startswith(b"--", after, end)
        line_end = raw.find(b"\n", after, end)
        line_end = end if line_end < 0 else line_end
        if _whole_line(raw, at, start, after + 2 * closing, line_end):
            if open_at >= 0:
                yield open_at, max(open_at, _before_newline(raw, at))
            open_at = -1 if closing else min(line_end + 1, end)
            if closing:
                return
        at = raw.find(b"\n" + delimiter, after, end)
        at += at >= 0
    if open_at >= 0:
        yield open_at, end


def _whole_line(raw: bytes, at: int, start: int, after: int, line_end: int) -> bool:
    begins = at == start or raw[at - 1 : at] == b"\n"
    return begins and line_end - after < _PADDING and not raw[after:line_end].strip()


def _before_newline(raw: bytes, at: int) -> int:
    """The newline before a boundary belongs to the boundary."""
    if raw[at - 2 : at] == b"\r\n":
        return at - 2
    return at - 1 if raw[at - 1 : at] == b"\n" else at


def _uudecoded(data: bytes) -> Iterator[bytes]:
    for line in data.split(b"\n"):
        if line.startswith((b"begin ", b"end")) or not line.strip():
            continue
        try:
            yield binascii.a2b_uu(line)
        except binascii.Error:
            continue
