"""Makes an upload of a part: a file name that is safe to show and to save, and its bytes."""

import re

from adapters.email import parts
from adapters.email.charset import one_line
from adapters.email.parts import Part
from bot.model.message import Upload

_LONGEST = 150  # characters of a name
_LONGEST_EXTENSION = 12
_PERILOUS = re.compile(r"[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff<>:\"|?*\x80-\x9f]")
_EXTENSIONS = {
    "application/gzip": "gz", "application/json": "json", "application/msword": "doc",
    "application/ms-tnef": "dat", "application/pdf": "pdf", "application/pgp-encrypted": "asc",
    "application/pgp-signature": "asc", "application/pkcs7-mime": "p7m",
    "application/pkcs7-signature": "p7s", "application/x-pkcs7-mime": "p7m",
    "application/x-pkcs7-signature": "p7s", "application/rtf": "rtf", "application/zip": "zip",
    "application/vnd.ms-excel": "xls", "application/xml": "xml", "audio/mpeg": "mp3",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "audio/mp4": "m4a", "audio/ogg": "ogg", "audio/wav": "wav", "image/bmp": "bmp",
    "image/gif": "gif", "image/heic": "heic", "image/jpeg": "jpg", "image/jpg": "jpg",
    "image/png": "png", "image/svg+xml": "svg", "image/tiff": "tif", "image/webp": "webp",
    "message/delivery-status": "txt", "message/rfc822": "eml", "message/global": "eml",
    "text/calendar": "ics", "text/csv": "csv", "text/html": "html", "text/markdown": "md",
    "text/plain": "txt", "text/rfc822-headers": "txt", "text/rtf": "rtf", "text/vcard": "vcf",
    "text/x-vcard": "vcf", "text/xml": "xml", "video/mp4": "mp4", "video/quicktime": "mov",
}  # fmt: skip


def upload(raw: bytes, part: Part, shown: frozenset[str]) -> Upload:
    """The part as a file; `shown` holds the content ids and names that the HTML shows in place."""
    given = part.given_name
    content_id = part.content_id
    bare = given if given in shown else ""
    image = part.main == "image"
    inline = image and (
        bool(bare)
        or content_id in shown
        or (part.disposition[0] != "attachment" and part.parent == "multipart/related")
    )
    name = safe_name(given or _name_inside(raw, part), part.content_type)
    content = parts.content(raw, part)
    return Upload(name, part.content_type, content, inline, one_line(content_id or bare))


def safe_name(given: str, content_type: str) -> str:
    """A name without path, control characters, direction overrides and undue length."""
    name = one_line(given).replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    name = one_line(_PERILOUS.sub("", name)).strip(". ") if name.strip(". ") else ""
    extension = _EXTENSIONS.get(content_type, "bin")
    if not name:
        return f"{_stem(content_type)}.{extension}"
    stem, dot, ending = name.rpartition(".")
    if len(name) > _LONGEST and dot and len(ending) <= _LONGEST_EXTENSION:
        return f"{stem[: _LONGEST - len(ending) - 1].rstrip()}.{ending}"
    return name[:_LONGEST].rstrip()


def _stem(content_type: str) -> str:
    main = content_type.partition("/")[0]
    return main if main in ("image", "audio", "video", "message") else "attachment"


def _name_inside(raw: bytes, part: Part) -> str:
    """A mail that is attached without a name is called by its subject."""
    if part.content_type not in ("message/rfc822", "message/global"):
        return ""
    inner, _ = parts.parse(parts.content(raw, part, parts.TEXT_BYTES))
    subject = inner.headers.text("subject")[:_LONGEST].replace("/", " ").replace("\\", " ")
    return f"{subject.strip('. ')}.eml" if subject.strip(". ") else ""
