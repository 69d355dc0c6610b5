"""Puts a mail's parts together: its words, plain or HTML, and its files."""

import re
from dataclasses import dataclass, field

from adapters.email import flowed, hypertext, invite, parts, signed, tnef
from adapters.email.attachment import upload
from adapters.email.hypertext import Line
from adapters.email.parts import Part
from bot.model.message import Upload

MOST_TEXT = 1_000_000  # characters
MOST_LINES = 20_000
_SHOWN = re.compile(
    r"(?:src|background)\s*+=\s*+[\"']?+(?:cid:)?+([^\"'\s>]{1,300})", re.IGNORECASE
)
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_PKCS7 = ("application/pkcs7-mime", "application/x-pkcs7-mime")


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a mail by line, its HTML as it came, its files, and what to know of it."""

    lines: list[Line]
    markup: str = ""
    files: tuple[Upload, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    """What a walk of the tree gathers: (plain, html) of each stretch of words, and files."""

    words: list[tuple[str, str]] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    opened: list[Upload] = field(default_factory=list)  # files out of a file
    calendars: list[str] = field(default_factory=list)
    remarks: dict[str, None] = field(default_factory=dict)


def read(raw: bytes, root: Part) -> Body:
    """Read the body of a mail whose tree is `root`."""
    found = _Found()
    _walk(raw, root, found)
    markup = "\n".join(html for _, html in found.words if html)
    shown = frozenset(_SHOWN.findall(markup[: hypertext.MOST_MARKUP]))
    lines = _lines(found)
    if not any(line.text.strip() for line in lines):
        lines = [Line(text) for each in found.calendars for text in invite.told(each).split("\n")]
    if any(html and not plain.strip() for plain, html in found.words):
        found.remarks["html_only"] = None
    _armoured(lines, found)
    files = (*(upload(raw, part, shown) for part in found.files), *found.opened)
    return Body(_bounded(lines, found), markup, files, tuple(found.remarks))


def _walk(raw: bytes, part: Part, found: _Found) -> None:
    kind = part.content_type
    if kind == "multipart/alternative":
        _choose(raw, part, found)
    elif part.children:
        if kind == "multipart/signed":
            found.remarks["signed"] = None
        if kind == "multipart/encrypted":
            found.remarks["encrypted"] = None
        for child in part.children:
            _walk(raw, child, found)
    elif _is_words(part):
        text, cut = parts.text(raw, part)
        if cut:
            found.remarks["truncated"] = None
        html = kind == "text/html"
        found.words.append(("", text) if html else (flowed.unwrapped(text, part.params), ""))
    else:
        _file(raw, part, found)


def _is_words(part: Part) -> bool:
    if part.content_type not in ("text/plain", "text/html", "text/enriched", "text/markdown"):
        return False
    return part.disposition[0] != "attachment" and not part.given_name


def _choose(raw: bytes, part: Part, found: _Found) -> None:
    """Alternatives say the same: keep one plain and one HTML wording, and all files."""
    plain = html = ""
    for child in part.children:
        sub = _Found(remarks=found.remarks, calendars=found.calendars)
        _walk(raw, child, sub)
        marked = "\n".join(each or _as_html(text) for text, each in sub.words)
        if any(each for _, each in sub.words):
            html = marked
            plain = plain or "\n".join(text for text, _ in sub.words if text)
        else:
            plain = plain or "\n".join(text for text, _ in sub.words)
        found.files += sub.files
        found.opened += sub.opened
    found.words.append((plain, html))


def _as_html(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<pre>{escaped}</pre>" if text.strip() else ""


def _file(raw: bytes, part: Part, found: _Found) -> None:
    kind = part.content_type
    found.files.append(part)
    if kind == "text/calendar":
        found.remarks["calendar"] = None
        found.calendars.append(parts.text(raw, part)[0])
        if invite.answers(found.calendars[-1]):
            found.remarks["calendar_answer"] = None
    elif kind in _TNEF or part.given_name.lower() == "winmail.dat":
        found.remarks["tnef"] = None
        _open_tnef(parts.content(raw, part), found)
    elif kind in _PKCS7:
        _open_signed(parts.content(raw, part), part, found)


def _open_tnef(content: bytes, found: _Found) -> None:
    packet = tnef.unpack(content)
    found.opened += packet.files
    if (packet.text or packet.markup) and not any(p.strip() or h for p, h in found.words):
        found.words.append((packet.text, packet.markup))


def _open_signed(content: bytes, part: Part, found: _Found) -> None:
    """An opaque signature wraps the whole mail; an envelope can't be opened."""
    inner = signed.wrapped(content)
    told = part.params.get("smime-type", "").lower().startswith("signed")
    found.remarks["signed" if told or inner is not None else "encrypted"] = None
    if told and inner is None:
        found.remarks["unreadable"] = None
    if inner is not None:
        root, _ = parts.parse(inner)
        sub = _Found(remarks=found.remarks, calendars=found.calendars)
        _walk_once(inner, root, sub)
        found.words += sub.words
        found.opened += [*(upload(inner, each, frozenset()) for each in sub.files), *sub.opened]


def _walk_once(inner: bytes, root: Part, sub: _Found) -> None:
    """Like `_walk`, but a signed mail inside a signed mail stays a file: nesting has an end."""
    for leaf in parts.leaves(root):
        if leaf.content_type in _PKCS7:
            sub.files.append(leaf)
            return
    _walk(inner, root, sub)


def _lines(found: _Found) -> list[Line]:
    """The HTML's lines where there is HTML, for it knows what is quoted; else the plain text's."""
    lines: list[Line] = []
    for plain, html in found.words:
        marked, cut = hypertext.lines(html) if html else ([], False)
        if cut:
            found.remarks["truncated"] = None
        if not any(line.text.strip() for line in marked) or (cut and plain.strip()):
            marked = [Line(_stripped(text)) for text in _head(plain, found)]
        if lines and marked:
            lines.append(Line(""))
        lines += marked
        if len(lines) > MOST_LINES:
            break
    return lines


def _head(plain: str, found: _Found) -> list[str]:
    if len(plain) > MOST_TEXT:
        found.remarks["truncated"] = None
    return plain[:MOST_TEXT].split("\n", MOST_LINES + 1)[: MOST_LINES + 1]


def _stripped(text: str) -> str:
    """Without blanks at its end, but a signature's delimiter keeps its own."""
    return text if text == "-- " else text.rstrip()


def _bounded(lines: list[Line], found: _Found) -> list[Line]:
    left = MOST_TEXT
    for number, line in enumerate(lines):
        left -= len(line.text) + 1
        if left < 0 or number >= MOST_LINES:
            found.remarks["truncated"] = None
            last = Line(line.text[: len(line.text) + left], line.mark) if left < 0 else line
            return [*lines[:number], last]
    return lines


def _armoured(lines: list[Line], found: _Found) -> None:
    """PGP inside the text."""
    for line in lines:
        if line.text.startswith("-----BEGIN PGP "):
            if line.text.startswith("-----BEGIN PGP MESSAGE"):
                found.remarks["encrypted"] = None
            elif line.text.startswith("-----BEGIN PGP SIGNED"):
                found.remarks["signed"] = None
