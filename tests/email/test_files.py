"""What comes along with a mail: files and their names, and mails inside other formats."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.email import signed, tnef
from adapters.email.attachment import safe_name
from adapters.email.codec import decode
from adapters.email.mail import Mail


def part(*fields: str, body: str = "") -> str:
    return "\r\n".join([*fields, "", body])


def mixed(*parts: str, kind: str = "mixed", head: str = "") -> str:
    inner = "".join(f"--{kind}\r\n{each}\r\n" for each in parts)
    return f'Content-Type: multipart/{kind}; boundary="{kind}"{head}\r\n\r\n{inner}--{kind}--\r\n'


def read(body: str) -> Mail:
    return decode(f"From: ana@example.com\r\n{body}".encode())


WORDS = part("Content-Type: text/plain", body="It is jammed.")
PNG = "iVBORw0KGgo="


def picture(*fields: str) -> str:
    return part("Content-Type: image/png", "Content-Transfer-Encoding: base64", *fields, body=PNG)


def test_a_file_comes_with_its_bytes_type_and_name() -> None:
    found = read(mixed(WORDS, picture('Content-Disposition: attachment; filename="shot.png"')))
    assert found.text == "It is jammed."
    (file,) = found.attachments
    assert (file.name, file.content_type, file.inline) == ("shot.png", "image/png", False)
    assert file.content == b"\x89PNG\r\n\x1a\n"
    assert file.size == len(file.content)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("filename*=utf-8''a%C3%B1o.png", "año.png"),
        ("filename*0*=utf-8''a%C3; filename*1*=%B1o; filename*2=.png", "año.png"),
        ("filename*=x-bad''a%F1o.png", "año.png"),
        ('filename="=?utf-8?Q?a=C3=B1o.png?="', "año.png"),
        ("filename=my shot.png", "my shot.png"),
        ('filename="C:\\\\temp\\\\shot.png"', "shot.png"),
        ('filename="../../etc/passwd"', "passwd"),
        ('filename="shot\u202egnp.exe"', "shotgnp.exe"),
        ('filename=".."', "image.png"),
        ('filename=""', "image.png"),
        ('filename="' + "a" * 400 + '.png"', "a" * 146 + ".png"),
    ],
)
def test_e20_a_file_name_is_made_safe(said: str, name: str) -> None:
    found = read(mixed(WORDS, picture(f"Content-Disposition: attachment; {said}")))
    assert found.attachments[0].name == name


@given(st.text(), st.sampled_from(["image/png", "x/y", "", "message/rfc822"]))
def test_any_file_name_is_safe(given_name: str, kind: str) -> None:
    name = safe_name(given_name, kind)
    assert 0 < len(name) <= 150
    assert name not in (".", "..")
    assert name.isprintable() or " " in name or any(ord(each) > 0xA0 for each in name)
    assert not set(name) & set('/\\<>:"|?*\0\n\r\u202e')
    assert name.encode()


def test_e25_a_picture_is_inline_by_id_by_name_or_by_its_place() -> None:
    html = "<p>See <img src='cid:one@x'> <img src=\"two.png\"></p>"
    found = read(
        mixed(
            part("Content-Type: text/html", body=html),
            picture("Content-ID: <one@x>"),
            picture('Content-Disposition: inline; filename="two.png"'),
            picture("Content-ID: <three@x>"),
            picture('Content-Disposition: attachment; filename="four.png"'),
            kind="related",
        )
    )
    assert [each.inline for each in found.attachments] == [True, True, True, False]
    assert [each.content_id for each in found.attachments] == ["one@x", "two.png", "three@x", ""]


def test_of_two_wordings_the_one_with_marks_is_read_and_both_are_no_files() -> None:
    html = part("Content-Type: text/html", body="<p>It is <b>jammed</b>.</p>")
    found = read(mixed(WORDS, html, kind="alternative"))
    assert found.text == "It is jammed."
    assert found.markup == "<p>It is <b>jammed</b>.</p>"
    assert (found.attachments, found.remarks) == ((), ())
    assert read(html).remarks == ("html_only",)


def test_an_empty_html_wording_leaves_the_plain_one() -> None:
    html = part("Content-Type: text/html", body="<html><body></body></html>")
    assert read(mixed(WORDS, html, kind="alternative")).text == "It is jammed."


def test_words_around_a_picture_are_all_read() -> None:
    found = read(mixed(WORDS, picture(), part("Content-Type: text/plain", body="And loud.")))
    assert found.text == "It is jammed.\n\nAnd loud."


def test_a_text_file_is_a_file_and_no_words() -> None:
    log = part("Content-Type: text/plain; name=log.txt", body="error 5")
    found = read(mixed(WORDS, log))
    assert found.text == "It is jammed."
    assert found.attachments[0].name == "log.txt"


def test_a_mail_that_is_attached_is_a_file_called_by_its_subject() -> None:
    inner = part("Content-Type: message/rfc822", "", "Subject: Old/ case", "", body="Words")
    found = read(mixed(WORDS, inner))
    assert found.attachments[0].name == "Old case.eml"
    assert b"Words" in found.attachments[0].content


def test_soft_line_breaks_are_undone() -> None:
    body = part(
        "Content-Type: text/plain; format=flowed", body="It is \r\njammed.\r\n\r\n-- \r\nAna"
    )
    assert read(body).text == "It is jammed."


def test_uuencoded_and_broken_base64_are_read_as_far_as_they_go() -> None:
    coded = part("Content-Transfer-Encoding: base64", body="SXQgaXMgamFtbWVkLg=== junk!")
    assert read(coded).text.startswith("It is jammed.")
    uu = "begin 644 a.txt\r\n-270@:7,@:F%M;65D+@``\r\n`\r\nend"
    assert "It is jammed." in read(part("Content-Transfer-Encoding: x-uuencode", body=uu)).text


def test_a_boundary_that_is_not_declared_is_found() -> None:
    raw = "Content-Type: multipart/mixed\r\n\r\n--xyz\r\n\r\nIt is jammed.\r\n--xyz--\r\n"
    assert read(raw).text == "It is jammed."


def test_a_multipart_without_parts_shows_its_bytes() -> None:
    found = read("Content-Type: multipart/mixed; boundary=B\r\n\r\nIt is jammed.")
    assert (found.text, found.remarks) == ("It is jammed.", ("unreadable",))


INVITE = (
    "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nDTSTART:19700101T000000\r\nEND:VTIMEZONE\r\n"
    "BEGIN:VEVENT\r\nSUMMARY:Works\\, big\r\nDTSTART;TZID=Europe/Madrid:20251105T103000\r\n"
    "DTEND:20251105T103000Z\r\nLOCATION:Room\r\n  1\r\nDESCRIPTION:One\\nTwo\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)


def test_e24_an_invitation_is_told_when_nothing_else_is_there() -> None:
    alone = part("Content-Type: text/calendar; method=REQUEST", body=INVITE)
    found = read(mixed(alone, kind="alternative"))
    assert found.text.split("\n") == [
        "Works, big",
        "2025-11-05 10:30 Europe/Madrid – 2025-11-05 10:30 UTC",
        "Room 1",
        "One",
        "Two",
    ]
    assert found.remarks == ("calendar",)
    assert found.attachments[0].name == "attachment.ics"
    assert read(mixed(WORDS, alone, kind="alternative")).text == "It is jammed."


def test_e23_a_signed_mail_shows_its_text() -> None:
    seal = part("Content-Type: application/pkcs7-signature; name=smime.p7s", body="x")
    found = read(mixed(WORDS, seal, kind="signed"))
    assert (found.text, found.remarks) == ("It is jammed.", ("signed",))
    assert found.attachments[0].name == "smime.p7s"


def test_e23_an_encrypted_mail_says_so_and_keeps_its_bytes() -> None:
    version = part("Content-Type: application/pgp-encrypted", body="Version: 1")
    closed = part("Content-Type: application/octet-stream; name=encrypted.asc", body="secret")
    found = read(mixed(version, closed, kind="encrypted"))
    assert (found.text, found.remarks) == ("", ("encrypted",))
    assert found.attachments[1].content == b"secret"
    armoured = read("\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nabc\r\n-----END PGP MESSAGE-----")
    assert armoured.remarks == ("encrypted",)


OID_SIGNED, OID_DATA = "06092a864886f70d010702", "06092a864886f70d010701"
INNER = b"Content-Type: text/plain\r\n\r\nIt is jammed."


def der(tag: int, content: bytes) -> bytes:
    return bytes((tag, 0x82)) + len(content).to_bytes(2, "big") + content


def ber(tag: int, content: bytes) -> bytes:
    return bytes((tag, 0x80)) + content + b"\0\0"


def test_e23_an_opaque_signature_is_opened_and_an_envelope_is_not() -> None:
    strings = der(0x04, INNER[:10]) + der(0x04, INNER[10:])
    algorithms = b"\x02\x01\x01" + der(0x31, b"")
    data = bytes.fromhex(OID_DATA)
    for content in (
        der(0x30, data + der(0xA0, der(0x04, INNER))),
        ber(0x30, data + ber(0xA0, ber(0x24, strings))),
    ):
        inner = der(0x30, algorithms + content + b"seal")
        raw = der(0x30, bytes.fromhex(OID_SIGNED) + der(0xA0, inner))
        assert signed.wrapped(raw) == INNER
        found = decode(b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\n" + raw)
        assert (found.text, found.remarks) == ("It is jammed.", ("signed",))
        assert found.attachments[0].name == "smime.p7m"
    found = decode(b"Content-Type: application/pkcs7-mime\r\n\r\n0\x80closed")
    assert (found.text, found.remarks) == ("", ("encrypted",))
    broken = b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\n0\x80broken"
    assert decode(broken).remarks == ("signed", "unreadable")


@given(st.binary())
def test_any_bytes_are_no_danger_to_the_openers(content: bytes) -> None:
    oids = bytes.fromhex(OID_SIGNED + OID_DATA) + b"\xa0\x80"
    assert isinstance(signed.wrapped(oids + content), bytes)
    assert signed.wrapped(content) is None or OID_SIGNED in content.hex()
    assert isinstance(tnef.unpack(struct.pack("<IH", 0x223E9F78, 1) + content), tnef.Packet)


def attribute(name: int, value: bytes) -> bytes:
    return struct.pack("<BII", 1, name, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def text_property(tag: int, text: str) -> bytes:
    value = (text + "\0").encode("utf-16-le")
    padded = value + b"\0" * (-len(value) % 4)
    return struct.pack("<HHII", 0x1F, tag, 1, len(value)) + padded


def winmail() -> bytes:
    props = struct.pack("<I", 3)
    named = struct.pack("<HH", 0x03, 0x8001) + b"g" * 16 + struct.pack("<III", 0, 7, 9)
    props += named + struct.pack("<HHI", 0x03, 0x0E07, 1) + text_property(0x1000, "It is jammed.")
    file = struct.pack("<I", 2) + text_property(0x3707, "informe año.pdf")
    file += text_property(0x370E, "application/pdf")
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(0x00069007, struct.pack("<II", 1252, 0))
        + attribute(0x00069003, props)
        + attribute(0x00069002, b"\0" * 14)
        + attribute(0x00018010, b"INFORM~1.PDF\0")
        + attribute(0x0006800F, b"%PDF-1.4")
        + attribute(0x00069005, file)
    )


def test_e22_winmail_is_unpacked_and_kept() -> None:
    raw = b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n" + winmail()
    found = decode(raw)
    assert (found.text, found.remarks) == ("It is jammed.", ("tnef",))
    kept, file = found.attachments
    assert (kept.name, kept.content) == ("winmail.dat", winmail())
    assert (file.name, file.content_type, file.content) == (
        "informe año.pdf",
        "application/pdf",
        b"%PDF-1.4",
    )


def test_e22_a_winmail_that_breaks_off_gives_what_came_before() -> None:
    whole = winmail()
    for length in range(len(whole)):
        packet = tnef.unpack(whole[:length])
        assert "It is jammed.".startswith(packet.text)
    assert tnef.unpack(whole[:-20]).files[0].content == b"%PDF-1.4"
