"""Makes the mechanical mails of the corpus: charsets, TNEF, damaged and overgrown ones.

Run `python tests/corpus/make.py` to write them anew; the mails that people wrote are not touched.
What is expected of each stands in the `.toml` beside it.
"""

import struct
import zlib
from pathlib import Path

from wire import attribute, mail, multipart, part, properties, text, tnef, tnef_file, winmail

FOLDER = Path(__file__).parent / "mail"
SIGNS = "¿Qué tal, señor Muñoz? La contraseña caducó."
RIGHT = {
    "latin1-es": ("iso-8859-1", SIGNS),
    "latin9-euro-es": ("iso-8859-15", "El recambio cuesta 40 € y tarda dos días."),
    "windows-1252-es": ("windows-1252", "Dice “acceso denegado” – cuesta 3 €…"),
    "utf-16-en": ("utf-16", "The keyboard types Greek: αβγ."),
    "utf-7-es": ("utf-7", "La sesión caduca a los diez minutos."),
    "cp850-es": ("cp850", SIGNS),
    "iso-2022-jp": ("iso-2022-jp", "プリンターが動きません。"),
    "shift-jis": ("shift_jis", "パスワードを忘れました。"),
    "gb2312": ("gb2312", "打印机坏了。"),
    "big5": ("big5", "無法登入系統。"),
    "euc-kr": ("euc-kr", "프린터가 고장났어요."),
    "koi8-r": ("koi8-r", "Принтер не печатает."),
    "windows-1251": ("windows-1251", "Забыл пароль от почты."),
    "windows-1256": ("windows-1256", "الطابعة لا تعمل"),
    "utf-8-emoji-en": ("utf-8", "It works 🎉 thanks 👩‍💻 – really."),
    "utf-8-bom-fr": ("utf-8-sig", "L'écran est éteint."),
}
KANA = b"\x1b$B%W%j%s%?!<\x1b(B (\x1b(I\x4c\x5f\x31\x1b(B) is broken"
WRONG = {
    "windows-1252-as-latin1-es": (
        "Dice “acceso denegado” – 3 €…".encode("cp1252"),
        "iso-8859-1",
    ),
    "windows-1252-as-ascii-en": ("It’s the “new” one".encode("cp1252"), "us-ascii"),
    "utf-8-as-ascii-fr": (
        "La clé USB n'est pas reconnue, l'écran est noir.".encode(),
        "us-ascii",
    ),
    "latin1-as-utf-8-es": (SIGNS.encode("latin-1"), "utf-8"),
    "half-width-kana-en": (KANA, "iso-2022-jp"),
    "gbk-as-gb2312": ("朱镕的打印机坏了。".encode("gbk"), "gb2312"),
    "unknown-en": (b"The charset of this mail does not exist.", "x-unknown"),
    "unknown-8bit-es": (SIGNS.encode("latin-1"), "unknown-8bit"),
    "mac-name-en": ("The café’s router is down".encode("mac-roman"), "x-mac-roman"),
    "quoted-twice-es": (SIGNS.encode(), "\"'utf-8'\""),
    "empty-name-es": (SIGNS.encode(), '""'),
    "not-a-charset-en": (b"Outlook put a rope here.", "rot_13"),
    "base64-as-charset-en": (b"And a codec of bytes here.", "base64"),
    "surrogates-en": (b"Before \xed\xa0\xbd\xed\xb8\x80 after.", "utf-8"),
    "nul-bytes-en": (b"The scr\x00een is \x00\x00black.", "utf-8"),
    "control-bytes-en": (b"Bell\x07 and escape\x1b[31m stay readable.", "utf-8"),
}
SUBJECTS = {
    "subject-raw-utf-8-es": "Contraseña caducada".encode(),
    "subject-raw-latin1-es": "Contraseña caducada".encode("latin-1"),
    "subject-unterminated-word-es": b"=?utf-8?Q?Impresora_rota_en_el_pasillo",
    "subject-split-character-es": b"=?utf-8?Q?Se=C3?= =?utf-8?Q?=B1al_perdida?=",
    "subject-unknown-charset-en": b"=?x-unknown?Q?Projector_lamp?=",
    "subject-words-glued-fr": b"=?utf-8?Q?Cl=C3=A9?==?utf-8?Q?_perdue?=",
    "subject-blank-inside-word-es": b"=?utf-8?q?Cable de red ca=C3=ADdo?=",
    "subject-bad-base64-en": b"=?utf-8?B?UHJpbnRlcg?=",
    "subject-nul-en": b"Screen\x00 is black",
    "subject-empty-en": b"",
    "subject-folded-oddly-en": b"One\r\n \r\n\ttwo\r\n   three",
    "subject-100-kilobytes-en": b"Very " * 20_000 + b"long",
    "subject-tag-characters-en": b"<b>Bold</b> & 'quoted' \"subject\"",
}
TRAPS = {
    "on-and-on-en": b"On " * 20_000 + b"\r\nEnd of it.\r\n",
    "quote-marks-en": b"Top line.\r\n\r\n" + b">" * 80_000 + b"\r\nEnd of it.\r\n",
    "signature-marks-en": b"Top line.\r\n" + b"-- \r\n" * 10_000 + b"End of it.\r\n",
    "from-lines-en": b"Top line.\r\n" + b"From: a\r\n" * 8_000 + b"End of it.\r\n",
    "wrote-lines-en": b"Top line.\r\n" + b"On Tue, Nov 3, 2026\r\n" * 4_000 + b"End of it.\r\n",
    "dashes-en": b"Top line.\r\n" + b"-" * 80_000 + b"\r\nEnd of it.\r\n",
    "underscores-es": b"Arriba.\r\n" + b"_" * 80_000 + b"\r\nFinal.\r\n",
    "angle-brackets-en": b"Top line.\r\n" + b"<" * 50_000 + b"\r\nEnd of it.\r\n",
}


def main() -> None:
    """Write every made mail beside its expectation."""
    for name, raw in mails().items():
        path = FOLDER / f"{name}.eml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def mails() -> dict[str, bytes]:
    """Every made mail by its name, folder included; the same bytes at every call."""
    return {**charsets(), **odd_headers(), **tnef_mails(), **damaged(), **overgrown(), **traps()}


def charsets() -> dict[str, bytes]:
    """Bodies in many charsets: declared rightly, wrongly, or not at all."""
    made = {f"charsets/{n}": text(body.encode(cs), cs) for n, (cs, body) in RIGHT.items()}
    made |= {f"charsets/{n}": text(body, cs) for n, (body, cs) in WRONG.items()}
    meta = '<html><head><meta charset="iso-8859-1"></head><p>Año nuevo, clave nueva.</p></html>'
    bare = {"Content-Type": b"text/plain"}
    return made | {
        "charsets/utf-8-unlabelled-es": mail(b"Clave", SIGNS.encode(), bare),
        "charsets/latin1-unlabelled-es": mail(b"Clave", SIGNS.encode("latin-1"), bare),
        "charsets/no-content-type-de": mail(
            b"Bild", "Das Bild ist grün, bitte prüfen.".encode(), {}
        ),
        "charsets/html-meta-es": mail(
            b"Clave", meta.encode("latin-1"), {"Content-Type": b"text/html"}
        ),
    }


def odd_headers() -> dict[str, bytes]:
    """Headers with raw bytes, broken encoded words and bytes that have no place there."""
    made = {f"headers/{n}": mail(s, b"See the subject.\r\n") for n, s in SUBJECTS.items()}
    name = b"Mu\xf1oz, Ram\xf3n <ramon.munoz@example.org>"
    png = b"Content-Type: image/png; name*=x-unknown''foto%20nueva.png\r\n"
    return made | {
        "headers/name-raw-latin1-es": mail(b"Nombre", b"Hola.\r\n", sender=name),
        "headers/file-name-unknown-charset-es": multipart(
            part(b"Una foto.", b"text/plain"), png + b"\r\nx"
        ),
        "headers/nul-in-address-en": mail(b"NUL", b"Hello.\r\n", sender=b"ana\x00@example.org"),
        "headers/two-subjects-en": mail(b"First", b"Hello.\r\n", {"subject": b"Second"}),
        "headers/date-nonsense-en": mail(
            b"Date", b"Hello.\r\n", {"Date": b"the day before yesterday"}
        ),
        "headers/content-type-nonsense-en": mail(
            b"Type", b"Still words.\r\n", {"Content-Type": b"text"}
        ),
        "headers/content-type-empty-en": mail(b"Type", b"Still words.\r\n", {"Content-Type": b""}),
        "headers/content-type-semicolons-en": mail(
            b"Type", b"Still words.\r\n", {"Content-Type": b"text/plain;; charset;=;*0=x; =utf-8"}
        ),
        "headers/encoding-unknown-en": mail(
            b"8-bit", b"Still words.\r\n", {"Content-Transfer-Encoding": b"8-bit"}
        ),
    }


def tnef_mails() -> dict[str, bytes]:
    """Mails with a winmail.dat: whole, cut off, lying about its size, and none at all."""
    plain = tnef(
        attribute(1, 0x0002800C, b"The keys are in the drawer.\x00"),
        *tnef_file(b"KEYS~1.TXT\x00", b"drawer 3\r\n"),
    )
    body = properties((0x1000, "El informe está dentro.\x00".encode("utf-16-le")))
    long_name = properties((0x3707, "informe técnico.txt\x00".encode("utf-16-le")))
    modern = tnef(
        attribute(1, 0x00069003, body),
        *tnef_file(b"INFORM~1.TXT\x00", b"todo bien\r\n"),
        attribute(2, 0x00069005, long_name),
    )
    liar = tnef() + struct.pack("<BII", 1, 0x0002800C, 0xFFFFFFF0) + b"short"
    words = b"See the attachment."
    return {
        "tnef/body-and-file-en": multipart(winmail(plain)),
        "tnef/unicode-properties-es": multipart(winmail(modern)),
        "tnef/beside-text-en": multipart(part(words, b"text/plain"), winmail(plain)),
        "tnef/cut-off-en": multipart(part(words, b"text/plain"), winmail(plain[:70])),
        "tnef/lies-about-its-size-en": multipart(part(words, b"text/plain"), winmail(liar)),
        "tnef/not-tnef-en": multipart(part(words, b"text/plain"), winmail(b"no such thing")),
    }


def damaged() -> dict[str, bytes]:
    """Mails with a part missing: headers, a colon, a boundary, or everything."""
    simple = mail(b"Plain", b"The door does not open.\r\n")
    two = multipart(
        part(b"First words.", b"text/plain"), part(b"<p>First words.</p>", b"text/html")
    )
    header, _, _ = simple.partition(b"\r\n\r\n")
    bad_qp = {"Content-Type": b"text/plain", "Content-Transfer-Encoding": b"quoted-printable"}
    bad_b64 = {"Content-Type": b"text/plain", "Content-Transfer-Encoding": b"base64"}
    return {
        "malformed/empty": b"",
        "malformed/only-line-ends": b"\r\n\r\n\r\n",
        "malformed/no-headers-en": b"just words, no header at all\r\nthe door does not open\r\n",
        "malformed/only-headers-en": header + b"\r\n",
        "malformed/headers-cut-off-en": header[:90],
        "malformed/header-without-colon-en": simple.replace(
            b"\r\nTo:", b"\r\nno colon here\r\nTo:"
        ),
        "malformed/blank-before-colon-en": simple.replace(b"Subject:", b"Subject :"),
        "malformed/mbox-from-line-en": b"From ana@example.org Tue Nov  3 10:00:00 2026\r\n"
        + simple,
        "malformed/line-feeds-only-en": simple.replace(b"\r\n", b"\n"),
        "malformed/carriage-returns-only-en": simple.replace(b"\r\n", b"\r"),
        "malformed/mixed-line-ends-en": simple.replace(b"\r\n", b"\n", 3),
        "malformed/no-boundary-en": two.replace(b'; boundary="made"', b""),
        "malformed/boundary-never-comes-en": two.replace(b'"made"', b'"gone"'),
        "malformed/never-closed-en": two.removesuffix(b"--made--\r\n"),
        "malformed/closed-at-once-en": two.replace(b"--made\r\n", b"--made--\r\n", 1),
        "malformed/cut-in-a-header-en": two[: two.rindex(b"text/html")],
        "malformed/empty-parts-en": multipart(part(b"", b"text/plain"), part(b"", b"text/html")),
        "malformed/alternative-plain-empty-es": multipart(
            part(b"", b"text/plain"),
            part("<p>Sólo en HTML.</p>".encode(), b"text/html"),
            kind=b"alternative",
        ),
        "malformed/bad-quoted-printable-en": mail(b"QP", b"Half =XY an =\r\nescape =4\r\n", bad_qp),
        "malformed/bad-base64-en": mail(b"B64", b"VGhlIGRvb3Igc3R1Y2s\r\n", bad_b64),
        "malformed/random-bytes": b"".join(
            struct.pack("<I", zlib.crc32(b"%d" % i)) for i in range(900)
        ),
        "malformed/markup-without-words-en": mail(
            b"Empty",
            b"<style>p{color:red}</style><script>alert(1)</script>",
            {"Content-Type": b"text/html"},
        ),
    }


def overgrown() -> dict[str, bytes]:
    """Mails that are too deep, too wide or too long, each under 200 KB."""
    html = {"Content-Type": b"text/html; charset=utf-8"}
    links = b"".join(
        b'<a href="https://example.com/%d">link %d</a> ' % (i, i) for i in range(2_000)
    )
    deep = part(b"At the bottom.", b"text/plain")
    for level in range(120):
        mark = b"d%d" % level
        deep = b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n%s\r\n--%s--\r\n' % (
            mark,
            mark,
            deep,
            mark,
        )
    nested = b"<div>" * 3_000 + b"Deep words." + b"</div>" * 3_000
    parts = [part(b"Part %d." % i, b"text/plain") for i in range(600)]
    return {
        "overgrown/two-thousand-links-en": mail(b"Links", b"<p>Which one?</p>" + links, html),
        "overgrown/nested-parts-en": multipart(part(b"On top.", b"text/plain"), deep),
        "overgrown/nested-divs-en": mail(b"Divs", b"<p>On top.</p>" + nested, html),
        "overgrown/unclosed-tags-en": mail(
            b"Tags", b"<p>On top.</p>" + b"<b><i><font>x" * 8_000, html
        ),
        "overgrown/six-hundred-parts-en": multipart(*parts),
        "overgrown/one-line-en": mail(b"Line", b"word " * 30_000 + b"\r\n"),
        "overgrown/white-space-en": mail(
            b"Blank", b"On top." + b" \t" * 60_000 + b"\r\nBelow.\r\n"
        ),
        "overgrown/two-thousand-headers-en": b"".join(b"X-H%d: v\r\n" % i for i in range(2_000))
        + mail(b"Headers", b"Under many headers.\r\n"),
    }


def traps() -> dict[str, bytes]:
    """Bodies on which a backtracking pattern would hang."""
    made = {f"traps/{name}": mail(b"Trap", body) for name, body in TRAPS.items()}
    brackets = {"References": b"<" * 20_000, "In-Reply-To": b"<a@" * 5_000}
    return made | {"traps/reference-brackets-en": mail(b"Trap", b"Hello.\r\n", brackets)}


if __name__ == "__main__":
    main()
