"""Unpacks winmail.dat (TNEF): the names and bytes of its files, and its words."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from adapters.email.attachment import safe_name
from adapters.email.charset import one_line, to_text
from bot.model.message import Upload

_HEAD = struct.Struct("<IH")  # signature, key
_SIGNATURE = 0x223E9F78
_ATTRIBUTE = struct.Struct("<BII")  # level, id, length
_NUMBER = struct.Struct("<I")
_KIND = struct.Struct("<HH")  # type and id of a property
_CHECKSUM = 2
_MOST_ATTRIBUTES = 5_000
_MOST_PROPERTIES = 2_000
_MOST_FILES = 200
_MOST_TEXT = 4_000_000  # bytes

# Attributes, MS-OXTNEF 2.1.3.
_BODY = 0x0002800C
_MESSAGE_PROPS = 0x00069003
_CODEPAGE = 0x00069007
_RENDER = 0x00069002  # begins a file
_TITLE = 0x00018010
_DATA = 0x0006800F
_FILE_PROPS = 0x00069005
# Properties, MS-OXPROPS.
_P_BODY, _P_HTML = 0x1000, 0x1013
_P_DATA, _P_LONG_NAME, _P_TYPE, _P_CONTENT_ID = 0x3701, 0x3707, 0x370E, 0x3712
# Property types, MS-OXCDATA 2.11.1: the bytes of the fixed ones, and those that bear a length.
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_OBJECT, _TEXT, _UNICODE, _BINARY = 0x0D, 0x1E, 0x1F, 0x102
_SIZED = (_OBJECT, _TEXT, _UNICODE, _BINARY)
_MULTIPLE = 0x1000
_NAMED = 0x8000
_OBJECT_KIND = 16  # bytes of the identifier before an object


@dataclass(frozen=True, slots=True)
class Packet:
    """What was inside; all empty when it couldn't be read."""

    text: str = ""
    markup: str = ""
    files: tuple[Upload, ...] = ()


@dataclass(slots=True)
class _File:
    name: str = ""
    content: bytes = b""
    content_type: str = ""
    content_id: str = ""


@dataclass(slots=True)
class _Open:
    codepage: str = "cp1252"
    text: str = ""
    markup: str = ""
    files: list[_File] = field(default_factory=list)


def unpack(content: bytes) -> Packet:
    """Read as much as is well-made; never raises, and yields no more bytes than it was given."""
    found = _Open()
    try:
        for name, value in _attributes(content):
            _take(name, value, found)
    except struct.error:
        pass  # broken off: what came before counts
    return Packet(found.text, found.markup, tuple(_upload(each) for each in found.files))


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    if len(content) < _HEAD.size or _HEAD.unpack_from(content)[0] != _SIGNATURE:
        return
    at = _HEAD.size
    for _ in range(_MOST_ATTRIBUTES):
        if at + _ATTRIBUTE.size > len(content):
            return
        _, name, length = _ATTRIBUTE.unpack_from(content, at)
        at += _ATTRIBUTE.size
        yield name, content[at : at + length]
        at += length + _CHECKSUM


def _take(name: int, value: bytes, found: _Open) -> None:
    if name == _CODEPAGE:
        found.codepage = f"cp{_NUMBER.unpack_from(value)[0]}"
    elif name == _BODY:
        found.text = found.text or _text(_TEXT, value, found)
    elif name == _MESSAGE_PROPS:
        for tag, kind, content in _properties(value):
            if tag == _P_BODY:
                found.text = found.text or _text(kind, content, found)
            elif tag == _P_HTML:
                found.markup = found.markup or _text(kind, content, found)
    elif name == _RENDER and len(found.files) < _MOST_FILES:
        found.files.append(_File())
    elif found.files:
        _take_of_file(name, value, found.files[-1], found)


def _take_of_file(name: int, value: bytes, file: _File, found: _Open) -> None:
    if name == _TITLE:
        file.name = file.name or _text(_TEXT, value, found)
    elif name == _DATA:
        file.content = value
    elif name == _FILE_PROPS:
        for tag, kind, content in _properties(value):
            if tag == _P_LONG_NAME:
                file.name = _text(kind, content, found) or file.name
            elif tag == _P_DATA and not file.content:
                file.content = content[_OBJECT_KIND:] if kind == _OBJECT else content
            elif tag == _P_TYPE:
                file.content_type = _text(kind, content, found)
            elif tag == _P_CONTENT_ID:
                file.content_id = _text(kind, content, found)


def _properties(value: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Id, type and bytes of each property; stops at a type that isn't known."""
    (count,) = _NUMBER.unpack_from(value)
    at = _NUMBER.size
    for _ in range(min(count, _MOST_PROPERTIES)):
        kind, tag = _KIND.unpack_from(value, at)
        at += _KIND.size
        if tag >= _NAMED:
            at = _behind_name(value, at)
        values = 1
        base = kind & ~_MULTIPLE
        if base in _SIZED or kind != base:
            (values,) = _NUMBER.unpack_from(value, at)
            at += _NUMBER.size
        if base not in _SIZED and base not in _FIXED:
            return
        for _ in range(min(values, _MOST_PROPERTIES)):
            size = _FIXED.get(base)
            if size is None:
                (size,) = _NUMBER.unpack_from(value, at)
                at += _NUMBER.size
            yield tag, base, value[at : at + size]
            at += _padded(size)


def _behind_name(value: bytes, at: int) -> int:
    """A named property bears a GUID, and a number or a name."""
    (by_name,) = _NUMBER.unpack_from(value, at + 16)
    if not by_name:
        return at + 24
    (length,) = _NUMBER.unpack_from(value, at + 20)
    return at + 24 + _padded(length)


def _padded(size: int) -> int:
    return (size + 3) & ~3


def _text(kind: int, content: bytes, found: _Open) -> str:
    declared = "utf-16-le" if kind == _UNICODE else found.codepage
    return to_text(content[:_MOST_TEXT], declared).rstrip("\0")


def _upload(file: _File) -> Upload:
    kind = one_line(file.content_type).lower() or "application/octet-stream"
    name = safe_name(file.name, kind)
    return Upload(name, kind, file.content, content_id=one_line(file.content_id))
