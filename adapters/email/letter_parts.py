"""MIME parts on the wire: text, files, and parts that hold parts, the same bytes every time."""

import re
import sys
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Iterable
from urllib.parse import quote

from adapters.email.letter_fields import one_line
from bot.model.message import Upload

_LINE = 76  # characters of an encoded line (RFC 2045, 6.7 and 6.8)
_LONGEST_NAME = 120  # characters of a file name
_PIECE = 40  # characters of a file name on a line; percent-encoded they are twelve times as many

# A letter or a bundle may not be encoded when it is a part, so as a file it goes by no such name.
_CONTENT_TYPE = re.compile(
    r"(?:application|audio|font|image|model|text|video)/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}"
)
_SIMPLE_NAME = re.compile(r"[\w .,()+-]+", re.ASCII)
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # "gpj.exe" would read "exe.jpg"


def text_part(subtype: str, words: str) -> bytes:
    """Return a text part; lines of `words` end in a newline alone."""
    octets = words.encode()
    encoding, body = _encoded(octets)
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}'
    return head.encode() + b"\r\n\r\n" + body.replace(b"\n", b"\r\n")


def file_part(upload: Upload, content_id: str = "") -> bytes:
    """Return a part with a file: attached, or shown within the letter when it has a content id."""
    disposition = "inline" if content_id else "attachment"
    head = [
        f"Content-Type: {content_type(upload.content_type)}",
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: {disposition}{_file_name(upload.name)}",
    ]
    if content_id:
        head.append(f"Content-ID: <{content_id}>")
    return (
        "\r\n".join(head).encode() + b"\r\n\r\n" + _base64(upload.content).replace(b"\n", b"\r\n")
    )


def content_type(named: str) -> str:
    """Return the type that a file goes by, without parameters."""
    kind = named.partition(";")[0].strip().lower()
    return kind if _CONTENT_TYPE.fullmatch(kind) else "application/octet-stream"


def bundle(subtype: str, boundary: str, parts: Iterable[bytes]) -> bytes:
    """Return a multipart of parts, each from here; bundles within have another boundary."""
    fence = b"--=_" + boundary.encode()
    head = f'Content-Type: multipart/{subtype}; boundary="=_{boundary}"\r\n\r\n'.encode()
    inside = b"".join(fence + b"\r\n" + part + b"\r\n" for part in parts)
    return head + inside + fence + b"--\r\n"


def _encoded(octets: bytes) -> tuple[str, bytes]:
    # "=_" can't stand in encoded text, which is what makes a boundary with it safe.
    safe = octets.isascii() and b"=_" not in octets and b"\nFrom " not in b"\n" + octets
    if safe and all(len(line) <= _LINE for line in octets.split(b"\n")):
        return "7bit", octets
    # Old mailboxes mark a letter's begin by "From " and would write ">From " here.
    quoted = (b"\n" + b2a_qp(octets)).replace(b"\nFrom ", b"\n=46rom ")[1:]
    if len(quoted) <= len(octets) * 1.4:
        return "quoted-printable", quoted
    # Line breaks of encoded text are part of the text, and mail has two octets for each.
    return "base64", _base64(octets.replace(b"\n", b"\r\n"))


def _base64(octets: bytes) -> bytes:
    encoded = b64encode(octets)
    return b"\n".join(encoded[i : i + _LINE] for i in range(0, len(encoded), _LINE))


def _file_name(name: str) -> str:
    """Return the parameter for a name without its folders, or "" when there is none."""
    bare = one_line(_TURNING.sub("", name), sys.maxsize).replace("\\", "/").rpartition("/")[2]
    if len(bare) > _LONGEST_NAME:
        bare = bare[: _LONGEST_NAME - 20] + bare[-20:]  # the end tells what kind of file it is
    if not bare or _SIMPLE_NAME.fullmatch(bare):
        return f';\r\n filename="{bare}"' if bare else ""
    pieces = [bare[i : i + _PIECE] for i in range(0, len(bare), _PIECE)]
    names = ["filename*"] if len(pieces) == 1 else [f"filename*{n}*" for n in range(len(pieces))]
    charset = ["utf-8''", *[""] * len(pieces)]
    return "".join(
        f";\r\n {name}={start}{quote(piece, safe='')}"
        for name, start, piece in zip(names, charset, pieces, strict=False)
    )
