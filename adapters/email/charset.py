"""Bytes of any charset, declared well, badly or not at all, to clean text; nothing raises."""

import re

# Names that programs write for another charset than they use; the wider one reads both.
_WIDER = {
    "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "iso8859-1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874",
    "windows-874": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "big5": "cp950",
    "iso-2022-jp": "iso2022_jp_ext", "cp50220": "iso2022_jp_ext", "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7", "utf8mb4": "utf-8", "x-mac-roman": "mac_roman",
}  # fmt: skip
# Text codecs of Python that are no charsets; punycode needs quadratic time.
_NO_CHARSET = {"punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs"}
_LONGEST_NAME = 40
_ESCAPED_JAPANESE = b"\x1b$"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def to_text(content: bytes, declared: str = "") -> str:
    """Decode by the declared charset, else UTF-8, else Windows-1252; bad bytes become U+FFFD."""
    charset = _codec(declared) if declared else ""
    if content.isascii() and not content.count(b"\x1b") and charset in ("", "cp1252", "utf-8"):
        return tidy(content.decode("ascii"))
    return tidy(_decode(content, charset))


def tidy(text: str) -> str:
    """Drop control characters but newline and tab, and lone surrogates; newlines become LF."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNFIT.sub("", text) if _UNFIT.search(text) else text


def one_line(text: str) -> str:
    """The text with each run of white space as one blank."""
    return " ".join(tidy(text).split())


def _codec(declared: str) -> str:
    name = declared.partition("*")[0].strip(" \t\"'").lower()
    name = _WIDER.get(name, name)
    if name.replace("-", "_") in _NO_CHARSET or len(name) > _LONGEST_NAME or not name.isascii():
        return ""
    try:
        b"".decode(name)
    except (LookupError, ValueError):
        return ""
    return name


def _decode(content: bytes, charset: str) -> str:
    for start, codec in _BOMS:
        if content.startswith(start):
            return content.removeprefix(start).decode(codec, "replace")
    for candidate in _candidates(content, charset):
        try:
            return content.decode(candidate)
        except (UnicodeError, LookupError):
            continue
    return _replaced(content, charset)


def _candidates(content: bytes, charset: str) -> tuple[str, ...]:
    if not charset and _ESCAPED_JAPANESE in content:
        return ("iso2022_jp_ext", "utf-8", "cp1252")
    if charset in ("", "cp1252"):
        # What is valid UTF-8 beyond ASCII is UTF-8, whatever its label says.
        return ("utf-8", "cp1252")
    return (charset, "utf-8")


def _replaced(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset or "cp1252", "replace")
    except (UnicodeError, LookupError):  # a few codecs raise even so
        return content.decode("cp1252", "replace")
