"""Secrets that people paste into a message, and the marks that stand in their place."""

import hmac
import re
import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.model.secret_name import Naming, Span, named


@dataclass(frozen=True, slots=True)
class Secret:
    """What was masked: a "password", "pin", "token", "key", "card" or "iban".

    `digest` is 4 hex characters, the same for the same secret under the same key, so that the book
    tells whether two are one; "" where there was no key, since a digest that anybody can compute
    would give short secrets away.
    """

    kind: str
    digest: str


MARK = re.compile(r"⟦(\w+)(?:·[0-9a-f]{4})?⟧")  # of a secret, with its kind


def mask(text: str, naming: Naming, *, key: bytes = b"") -> tuple[str, tuple[Secret, ...]]:
    """Replace each secret by a mark such as "⟦password·a1b2⟧", and say what they were, in order.

    Everything else stays as it is, masking again changes nothing, and it never raises. `naming`
    is how secrets are called in the languages of the desk. `key` is its own; without one the mark
    is "⟦password⟧". Time grows in line with the text.
    """
    if not text:
        return "", ()
    kept: list[str] = []
    secrets: list[Secret] = []
    end = 0
    found = (span for find in _FINDERS for span in find(text))
    for span in _apart((*found, *named(naming, text))):
        secret = Secret(span.kind, _digest(text[span.start : span.end], key))
        kept += (text[end : span.start], _mark(secret))
        secrets.append(secret)
        end = span.end
    return "".join((*kept, text[end:])), tuple(secrets)


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Join what overlaps, in order; the one that begins first names the kind."""
    current: Span | None = None
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if current and span.start < current.end:
            current = current._replace(end=max(current.end, span.end))
        else:
            if current:
                yield current
            current = span
    if current:
        yield current


def _digest(secret: str, key: bytes) -> str:
    if not key:
        return ""
    return hmac.digest(key, secret.encode("utf-8", "surrogatepass"), "sha256")[:2].hex()


def _mark(secret: Secret) -> str:
    return f"⟦{secret.kind}·{secret.digest}⟧" if secret.digest else f"⟦{secret.kind}⟧"


# Nothing below may begin or end at a mark's brackets: what is masked stays as it is.

# --- Secrets that are known by their shape -------------------------------------------------------

# Looked for first, since most texts hold none of them and then cost nothing.
_SEEDS = (
    *("xox", "xapp-", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "npm_"),
    *("hf_", "dop_v1_", "ya29.", "SG.", "whsec_", "eyJ", "AKIA", "ASIA", "AIza", "sk-", "sk_"),
    *("rk_", "hooks.slack.com", "/api/webhooks/"),
)
_TOKEN = re.compile(
    r"(?<![\w⟧])(?:"
    r"(?P<token>xox[abeprs]-[\w-]{10,}|xapp-[\w-]{10,}|gh[pousr]_[A-Za-z0-9]{20,}"
    r"|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{30,}|hf_[A-Za-z0-9]{30,}"
    r"|dop_v1_[0-9a-f]{32,}|ya29\.[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|whsec_\w{16,}"
    r"|eyJ[\w-]{8,}+\.eyJ[\w-]{4,}+(?:\.[\w-]*)?"
    r"|hooks\.slack\.com/(?:services|workflows)/[\w/-]{10,})"
    r"|(?P<key>A[KS]IA[A-Z0-9]{16}(?![\w⟦])|AIza[\w-]{35}(?![\w⟦])|[sr]k_(?:live|test)_\w{10,}"
    r"|sk-[\w-]{20,}))"
    r"|/api/webhooks/\d{5,20}/(?P<hook>[\w-]{20,})"
)
_DISCORD = re.compile(r"(?<![\w.⟧-])[MNO][\w-]{22,28}\.[\w-]{6,7}\.[\w-]{27,45}(?![\w.⟦-])")
_PEM = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:(?:[^-⟦⟧]|-(?!----))*+-----END [A-Z0-9 ]{0,60}(?:-----)?"
    r"|(?:\s+[A-Za-z0-9+/=]{16,})*+(?:\s+[A-Za-z0-9+/]{1,15}={1,2})?)"  # its end is missing
)
_LOGIN = re.compile(r"://[^\s/:@⟦⟧]{0,256}+:([^\s/⟦⟧]{1,256})@(?=[\w\[])")


def _shaped(text: str) -> Iterator[Span]:
    if any(seed in text for seed in _SEEDS):
        for found in _TOKEN.finditer(text):
            kind = "key" if found["key"] else "token"
            yield Span(*found.span(found.lastgroup or 0), kind)
    for found in _DISCORD.finditer(text):
        yield Span(*found.span(), "token")
    if "-----BEGIN " in text:
        for found in _PEM.finditer(text):
            yield Span(*found.span(), "key")
    if "://" in text:
        for found in _LOGIN.finditer(text):
            yield Span(*found.span(1), "password")


# --- Numbers that prove themselves ---------------------------------------------------------------

# Both begin at a digit, the rarest thing in a text, and look ahead without taking the digits away:
# the number may begin at a later group.
_CARD = re.compile(
    r"\d(?<![\w+⟧]\d)(?=(\d{12,18}(?![\w⟦])|\d{3}([ -])\d{4}\2\d{4}\2\d{1,7}(?![\w⟦])"
    r"|\d{3}([ -])\d{6}\3\d{4,5}(?![\w⟦])))"
)
_ISSUERS = (  # an issuer's first digits, and how long its numbers are
    (re.compile(r"4"), (13, 16, 19)),
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"30[0-5]|3[689]"), (14,)),
    (re.compile(r"35[2-8]|6011|64[4-9]|65|62"), (16, 17, 18, 19)),
    (re.compile(r"50[1-3]|5[6-8]|6304|67"), (16, 18, 19)),
)
_IBAN = re.compile(r"[0-9](?<=[A-Za-z]{2}.)(?<![\w⟧].{3})(?=([0-9](?:[ -]?[A-Za-z0-9]){11,30}))")
# Countries, with the length of their IBAN.
_COUNTRIES = """
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20
    EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30
    KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24
    PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22
    VG24 XK20
"""
_NEVER = 99  # longer than any
_LETTERS = {ord(letter): str(10 + place) for place, letter in enumerate(string.ascii_uppercase)}
_IBAN_LENGTH = {entry[:2]: int(entry[2:]) for entry in _COUNTRIES.split()}


def _cards(text: str) -> Iterator[Span]:
    for found in _CARD.finditer(text):
        digits = (found[0] + found[1]).replace(" ", "").replace("-", "")
        if _is_issued(digits) and _luhn(digits):
            yield Span(found.start(), found.end(1), "card")


def _is_issued(digits: str) -> bool:
    return any(len(digits) in lengths and first.match(digits) for first, lengths in _ISSUERS)


def _luhn(digits: str) -> bool:
    """The check of ISO/IEC 7812: every second digit from the right doubled."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _ibans(text: str) -> Iterator[Span]:
    for found in _IBAN.finditer(text):
        start = found.start() - 2
        account = text[start : found.end(1)].replace(" ", "").replace("-", "").upper()
        length = _IBAN_LENGTH.get(account[:2], _NEVER)
        if len(account) >= length and _mod_97(account[:length]):
            end = _after(text, start, length)
            if not (text[end : end + 1].isalnum() or text[end : end + 1] == "⟦"):
                yield Span(start, end, "iban")


def _mod_97(account: str) -> bool:
    """The check of ISO 13616: country and check digits last, letters as 10 to 35, 1 is left."""
    return int((account[4:] + account[:4]).translate(_LETTERS)) % 97 == 1


def _after(text: str, start: int, length: int) -> int:
    """Where that many letters and digits, with separators between them, are over."""
    end = start
    while length:
        length -= text[end].isalnum()
        end += 1
    return end


_FINDERS: tuple[Callable[[str], Iterator[Span]], ...] = (_shaped, _cards, _ibans)
