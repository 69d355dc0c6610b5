"""Puts mails together byte by byte, with no library to mend what is meant to be broken."""

import base64
import struct
import zlib

ANA = b"Ana Prieto <ana.prieto@example.org>"


def text(body: bytes, charset: str) -> bytes:
    """A mail of plain text in base64, which any byte survives."""
    coded = base64.encodebytes(body).replace(b"\n", b"\r\n")
    kind = f"text/plain; charset={charset.removesuffix('-sig')}".encode()
    return mail(b"Text", coded, {"Content-Type": kind, "Content-Transfer-Encoding": b"base64"})


def mail(
    subject: bytes, body: bytes, extra: dict[str, bytes] | None = None, *, sender: bytes = ANA
) -> bytes:
    """A mail of one part; without `extra` it is plain text in UTF-8."""
    headers = {"Content-Type": b"text/plain; charset=utf-8"} if extra is None else extra
    mark = zlib.crc32(subject + body + repr(headers).encode())
    top = {"From": sender, "To": b"soporte@desk.example", "Subject": subject}
    top |= {"Message-ID": b"<made.%08x@example.org>" % mark, "MIME-Version": b"1.0"}
    top |= headers if "Date" in headers else {"Date": b"Tue, 3 Nov 2026 10:12:44 +0100", **headers}
    return b"".join(b"%s: %s\r\n" % (k.encode(), v) for k, v in top.items()) + b"\r\n" + body


def multipart(*parts: bytes, kind: bytes = b"mixed") -> bytes:
    """A mail of several parts under the boundary "made"."""
    body = b"".join(b"--made\r\n" + each + b"\r\n" for each in parts) + b"--made--\r\n"
    return mail(b"Parts", body, {"Content-Type": b'multipart/%s; boundary="made"' % kind})


def part(body: bytes, content_type: bytes) -> bytes:
    """One part as it stands between two boundaries."""
    return b"Content-Type: %s; charset=utf-8\r\n\r\n%s\r\n" % (content_type, body)


def winmail(stream: bytes) -> bytes:
    """The part in which Outlook sends a TNEF stream."""
    head = b'Content-Type: application/ms-tnef; name="winmail.dat"\r\n'
    head += b"Content-Transfer-Encoding: base64\r\n"
    head += b'Content-Disposition: attachment; filename="winmail.dat"\r\n\r\n'
    return head + base64.encodebytes(stream).replace(b"\n", b"\r\n")


def tnef(*attributes: bytes) -> bytes:
    """A TNEF stream: signature, key, version and code page, then the attributes."""
    version = attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
    code_page = attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
    return struct.pack("<IH", 0x223E9F78, 1) + version + code_page + b"".join(attributes)


def tnef_file(title: bytes, content: bytes) -> list[bytes]:
    """The attributes that make one attached file."""
    return [
        attribute(2, 0x00069002, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 0, 0, 0)),
        attribute(2, 0x00018010, title),
        attribute(2, 0x0006800F, content),
    ]


def attribute(level: int, number: int, data: bytes) -> bytes:
    """One TNEF attribute with its checksum; level 1 is the message's, 2 an attachment's."""
    return (
        struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    )


def properties(*values: tuple[int, bytes]) -> bytes:
    """MAPI properties of Unicode text, each padded to four bytes."""
    out = struct.pack("<I", len(values))
    for number, data in values:
        padding = b"\x00" * (-len(data) % 4)
        out += struct.pack("<HHII", 0x001F, number, 1, len(data)) + data + padding
    return out
