"""Secrets that people paste into a message, and the marks that stand in their place."""

import hmac
import re
import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.model.fold import fold


@dataclass(frozen=True, slots=True)
class Secret:
    """What was masked: a "password", "pin", "token", "key", "card" or "iban".

    `digest` is 4 hex characters, the same for the same secret under the same key, so that agents
    see whether two are one; "" where there was no key, since a digest that anybody can compute
    would give short secrets away.
    """

    kind: str
    digest: str


def mask(text: str, *, key: bytes = b"") -> tuple[str, tuple[Secret, ...]]:
    """Replace each secret by a mark such as "⟦password·a1b2⟧", and say what they were, in order.

    Everything else stays as it is, masking again changes nothing, and it never raises. `key` is
    the desk's own; without one the mark is "⟦password⟧". Time grows in line with the text.
    """
    kept: list[str] = []
    secrets: list[Secret] = []
    end = 0
    for span in _apart(span for find in _FINDERS for span in find(text)):
        secret = Secret(span.kind, _digest(text[span.start : span.end], key))
        kept += (text[end : span.start], _mark(secret))
        secrets.append(secret)
        end = span.end
    return "".join((*kept, text[end:])), tuple(secrets)


class _Span(NamedTuple):
    start: int
    end: int
    kind: str


def _apart(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Join what overlaps, in order; the one that begins first names the kind."""
    current: _Span | None = None
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


def _shaped(text: str) -> Iterator[_Span]:
    if any(seed in text for seed in _SEEDS):
        for found in _TOKEN.finditer(text):
            kind = "key" if found["key"] else "token"
            yield _Span(*found.span(found.lastgroup or 0), kind)
    for found in _DISCORD.finditer(text):
        yield _Span(*found.span(), "token")
    if "-----BEGIN " in text:
        for found in _PEM.finditer(text):
            yield _Span(*found.span(), "key")
    if "://" in text:
        for found in _LOGIN.finditer(text):
            yield _Span(*found.span(1), "password")


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


def _cards(text: str) -> Iterator[_Span]:
    for found in _CARD.finditer(text):
        digits = (found[0] + found[1]).replace(" ", "").replace("-", "")
        if _is_issued(digits) and _luhn(digits):
            yield _Span(found.start(), found.end(1), "card")


def _is_issued(digits: str) -> bool:
    return any(len(digits) in lengths and first.match(digits) for first, lengths in _ISSUERS)


def _luhn(digits: str) -> bool:
    """The check of ISO/IEC 7812: every second digit from the right doubled."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _ibans(text: str) -> Iterator[_Span]:
    for found in _IBAN.finditer(text):
        start = found.start() - 2
        account = text[start : found.end(1)].replace(" ", "").replace("-", "").upper()
        length = _IBAN_LENGTH.get(account[:2], _NEVER)
        if len(account) >= length and _mod_97(account[:length]):
            end = _after(text, start, length)
            if not (text[end : end + 1].isalnum() or text[end : end + 1] == "⟦"):
                yield _Span(start, end, "iban")


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


# --- Secrets that somebody calls by their name ---------------------------------------------------

_HINT_WORDS = "pass pwd pswd contras clave credencial pin token bearer key secret"
_HINTS = tuple(_HINT_WORDS.split())
_NAME = re.compile(
    r"(?:(?P<password>pass(?:word|wd|phrase|code)?s?|pwd|pswd|contrase(?:ñ|n|ni)as?|credencial(?:es)?"
    r"|(?<!palabra )(?<!palabras )claves?(?!\s+de\s+(?:emplead|client|producto|proveedor|rastreo)))"
    r"|(?P<pin>pin)|(?P<token>token|bearer)"
    r"|(?P<key>(?:api|secret|access|private|client)[ _-]?(?:key|secret)|secret[ao]?))(?![\w⟦])",
    re.IGNORECASE,
)
# From the name to its value: "for the VPN", then a sign or a verb.
_JOIN = re.compile(
    r"""["'`*]?(?:\s{1,3}(?:de|del|for|to|of|para|on|en|at|al|nuev[ao]|new|temporal|temporary|actual
    |current|old|vieja|anterior|wi-?fi|vpn|e-?mail)(?:\s{1,3}[\w.@-]{1,20}){0,4}?)?
    (?:\s{0,3}(?:\([^()\n]{1,30}\)\s{0,3})?(?P<sign>:=|=>|->|→|:|=)(?:[*_]{1,2}(?=\s))?
    |\s{1,3}(?:is|was|es|era|fue|ser[aá]|changed\s+to|set\s+to)
    (?:\s{1,3}(?:now|ahora|la|el|esta|este|siguiente|the|this|following))*+(?P<colon>\s{0,3}:)?)""",
    re.IGNORECASE | re.VERBOSE,
)
_VALUE = re.compile(
    r"""[ \t]{0,9}(?P<line>\r?\n[ \t]{0,9})?(?:"(?P<double>[^"\n⟦⟧]{1,64})"
    |'(?P<single>[^'\n⟦⟧]{1,64})'|`(?P<tick>[^`\n⟦⟧]{1,64})`|“(?P<curly>[^”\n⟦⟧]{1,64})”
    |«(?P<angle>[^»\n⟦⟧]{1,64})»|(?P<bare>[^\s⟦⟧]{1,256}+)(?!\S))""",
    re.VERBOSE,
)
_PLACEHOLDER = re.compile(  # stands where a secret would, or is something else that is public
    r"[a-z]+://.*|[A-Z]{2,6}-\d{1,7}|<[^<>]*>|\$?\{.*|([*•·.xX_-])\1*", re.DOTALL
)
_NEWS = re.compile(  # what "the password is" may lead to: a date, a time, a quantity, an address
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d\d|\d+-?(?:bits?|digits?|chars?|days?|d[ií]as|min|h)"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}"
)
_REST = re.compile(r"[ \t\r.,;!]*+(?:\n|\Z)")
_SYMBOLS = "!@#$%^&*+=~_|"
_SHORTEST = 4
_LONG = 8
# What people write after the name when they don't tell the secret.
_PLAIN_WORDS = """
    a again ahora and any ask asap ayuda bad be been blocked bloqueada bloqueado but caducada
    caducado cambiada cambiar cambio change changed code correct correcta correcto de desconocida
    do does dont el empty equivocada error es esta esto expirada expired expiro failed falla fallo
    false forgot forgotten gracias ha hello help hi hola i in incorrect incorrecta incorrecto
    invalid invalida invalido is it la las lo locked los lost me mi missing must my n/a na ni
    ninguna ninguno no nada nombre none not null ok olvidada olvidado olvide okay on or password
    contrasena pendiente perdida please por porfa que recuperar required requerida reset
    restablecer resetear same se si sin su the there they this to token true un una undefined
    unknown urgente usuario vacia vencida vencido was we what wrong y yes you your
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())


def _named(text: str) -> Iterator[_Span]:
    lower = text.lower()
    if not any(name in lower for name in _HINTS):
        return
    for name in _NAME.finditer(text):
        before = text[name.start() - 1 : name.start()] if name.start() else " "
        if before.isalnum() or before == "⟧":
            continue
        join = _JOIN.match(text, name.end())
        value = _VALUE.match(text, join.end() if join else name.end())
        if not value or not value.lastgroup:
            continue
        signed = bool(join and (join["sign"] or join["colon"]))
        start, end = _trimmed(text, *value.span(value.lastgroup))
        told = text[start:end]
        kind = name.lastgroup or "password"
        if value["line"] and not signed:
            continue
        if join is None:
            secret = value.start(value.lastgroup) > name.end() and _is_told_bare(kind, told)
        else:
            alone = signed and not value["line"] and bool(_REST.match(text, value.end()))
            quoted = value.lastgroup != "bare"
            secret = _is_told(kind, told, signed=signed, alone=alone or quoted)
        if secret:
            yield _Span(start, end, kind)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A value without the punctuation of the sentence around it."""
    return start, start + len(text[start:end].rstrip(".,;:?)]}>\"'»”"))


def _is_told(kind: str, told: str, *, signed: bool, alone: bool) -> bool:
    """Whether what follows "password:" or "password is" is one, and not news of it."""
    word = told.rstrip("!?.…")
    if len(told) < _SHORTEST or _PLACEHOLDER.fullmatch(told):
        return False
    if fold(word.split(" ")[0]) in _PLAIN or (not signed and _NEWS.fullmatch(told)):
        return False
    if kind == "pin":
        return told.isdecimal()
    if kind != "password":
        return any(map(str.isdigit, told)) and len(told) >= _LONG
    capital_within = any(map(str.isupper, word[1:])) and any(map(str.islower, word))
    return alone or capital_within or any(sign.isdigit() or sign in _SYMBOLS for sign in word)


def _is_told_bare(kind: str, told: str) -> bool:
    """Whether the word right after "password" can be nothing else."""
    if kind == "pin":
        return told.isdecimal() and len(told) in range(_SHORTEST, _LONG)
    mixed = any(map(str.isdigit, told)) and any(map(str.isalpha, told))
    if kind == "token":
        return mixed and len(told) >= 2 * _LONG
    return mixed and len(told) > _SHORTEST and any(sign in _SYMBOLS for sign in told)


_FINDERS: tuple[Callable[[str], Iterator[_Span]], ...] = (_shaped, _cards, _ibans, _named)
