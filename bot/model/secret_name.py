"""Secrets that somebody calls by their name: "my password is …", in every language at once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.model.fold import fold
from bot.model.phrase import pattern, unaccented


class Span(NamedTuple):
    """Where a secret stands, and of which kind it is."""

    start: int
    end: int
    kind: str


class Naming(NamedTuple):
    """How secrets are called and told; the expressions are for text without accents."""

    hints: tuple[str, ...]  # one of them stands in every text that names a secret
    name: re.Pattern[str]
    join: re.Pattern[str]  # from the name to its value: "for the VPN", then a sign or a verb
    changing: re.Pattern[str]  # up to the name: "I changed my"
    into: re.Pattern[str]  # from there to the new value: "to"
    news: re.Pattern[str]  # what "the password is" may lead to: a date, a time, a quantity…
    plain: frozenset[str]  # what people write after the name when they don't tell the secret


# Names that are the same everywhere.
_NAMES = {
    "public": "(?!)",  # phrases with such a name that lead to no secret
    "password": "pass(?:word|wd|phrase|code)?s?|pwd|pswd",
    "pin": "pin",
    "token": "token|bearer",
    "key": "(?:api|secret|access|private|client)[ _-]?(?:key|secret)|secret",
}
_HINTS = ("pass", "pwd", "pswd", "pin", "token", "bearer", "key", "secret")
_ABOUT = "wi-?fi|vpn|e-?mail"
_NEWS = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d\d|[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}"
_UNITS = "bits?|digits?|chars?|min|h"
_PRODUCTS = "(?:office|microsoft|windows|outlook|teams|excel|word|sharepoint|server|exchange)"
_PRODUCT = re.compile(rf"{_PRODUCTS}[-_]?\d+", re.IGNORECASE)  # has a year or a number by itself
_BEFORE = 80  # characters before a name that are searched for a verb
_VALUE = re.compile(
    r"""[ \t]{0,9}(?P<line>\r?\n[ \t]{0,9})?(?:"(?P<double>[^"\n⟦⟧]{1,64})"
    |'(?P<single>[^'\n⟦⟧]{1,64})'|`(?P<tick>[^`\n⟦⟧]{1,64})`|“(?P<curly>[^”\n⟦⟧]{1,64})”
    |«(?P<angle>[^»\n⟦⟧]{1,64})»|(?P<bare>[^\s⟦⟧]{1,256}+)(?!\S))""",
    re.VERBOSE,
)
_PLACEHOLDER = re.compile(  # stands where a secret would, or is something else that is public
    r"[a-z]+://.*|[A-Z]{2,6}-\d{1,7}|<[^<>]*>|\$?\{.*|([*•·.xX_-])\1*", re.DOTALL
)
_WORD_AND_YEAR = re.compile(r"[A-ZÁÉÍÓÚÑ](?=[^\W\d_]*[a-záéíóúñ])[^\W\d_]+\d{2,}")  # "Kitten2026"
_REST = re.compile(r"[ \t\r.,;!]*+(?:\n|\Z)")
_SYMBOLS = "!@#$%^&*+=~_|"
_SHORTEST = 4
_LONG = 8


def compile_naming(tables: Iterable[Mapping[str, Sequence[str]]]) -> Naming:
    """Compile the phrases of each language: names by kind, `public`, `about`, `told`, `pointing`,
    `changing`, `into`, `units` and `plain`.

    Raises ValueError for a phrase that can't be read.
    """
    said: dict[str, list[str]] = {}
    for table in tables:
        for part, phrases in table.items():
            said[part] = said.get(part, []) + list(phrases)

    def expression(part: str) -> str:
        return pattern(said.get(part, ())).replace(" ", r"\s{1,3}")

    names = "|".join(f"(?P<{kind}>{same}|{expression(kind)})" for kind, same in _NAMES.items())
    about, told, pointing = map(expression, ("about", "told", "pointing"))
    return Naming(
        _hints(word for kind in _NAMES if kind != "public" for word in said.get(kind, ())),
        re.compile(rf"(?:{names})(?![\w⟦])", re.IGNORECASE),
        re.compile(
            rf"""["'`*]?(?:\s{{1,3}}(?:{_ABOUT}|{about})(?:\s{{1,3}}[\w.@-]{{1,20}}){{0,4}}?)?
            (?:\s{{0,3}}(?:\([^()\n]{{1,30}}\)\s{{0,3}})?(?P<sign>:=|=>|->|→|:|=)(?:[*_]{{1,2}}(?=\s))?
            |\s{{1,3}}(?:{told})(?!\w)(?:\s{{1,3}}(?:{pointing})(?!\w))*+(?P<colon>\s{{0,3}}:)?)""",
            re.IGNORECASE | re.VERBOSE,
        ),
        re.compile(
            rf"(?<!\w)(?:{expression('changing')})(?:\s{{1,3}}[\w'’]{{1,15}}){{0,3}}\s{{1,3}}\Z",
            re.IGNORECASE,
        ),
        re.compile(rf"\s{{1,3}}(?:{expression('into')})(?!\w)", re.IGNORECASE),
        re.compile(rf"{_NEWS}|\d+-?(?:{_UNITS}|{expression('units')})"),
        frozenset(map(fold, said.get("plain", ()))),
    )


def named(naming: Naming, text: str) -> Iterator[Span]:
    """The secrets behind their names. Time grows in line with the text."""
    bare = unaccented(text)
    lower = bare.lower()
    if not any(hint in lower for hint in naming.hints):
        return
    for name in naming.name.finditer(bare):
        before = text[name.start() - 1 : name.start()] if name.start() else " "
        if name["public"] or before.isalnum() or before == "⟧":
            continue
        if span := _behind(naming, name, text, bare):
            yield span


def _hints(phrases: Iterable[str]) -> tuple[str, ...]:
    """The words that names begin with, without those that hold another."""
    first = (phrase.split(" ")[0].strip("()") for phrase in phrases)
    words = [word.rstrip("*") for each in first for word in each.split("/")]
    return (*_HINTS, *(word for word in words if not any(hint in word for hint in _HINTS)))


def _behind(naming: Naming, name: re.Match[str], text: str, bare: str) -> Span | None:
    """The secret behind a name, if it is told."""
    join = naming.join.match(bare, name.end())
    if join is None and (span := _changed_to(naming, name, text, bare)):
        return span
    value = _VALUE.match(text, join.end() if join else name.end())
    if not value or not value.lastgroup:
        return None
    signed = bool(join and (join["sign"] or join["colon"]))
    start, end = _trimmed(text, *value.span(value.lastgroup))
    told, kind = text[start:end], name.lastgroup or "password"
    if value["line"] and not signed:
        return None
    if join is None:
        secret = value.start(value.lastgroup) > name.end() and _is_told_bare(kind, told)
    else:
        alone = signed and not value["line"] and bool(_REST.match(text, value.end()))
        quoted = value.lastgroup != "bare"
        secret = _is_told(naming, kind, told, signed=signed, alone=alone or quoted)
    return Span(start, end, kind) if secret else None


def _changed_to(naming: Naming, name: re.Match[str], text: str, bare: str) -> Span | None:
    """The new password of "I changed my password to …"; "to" alone may lead anywhere."""
    into = naming.into.match(bare, name.end())
    before = bare[max(0, name.start() - _BEFORE) : name.start()]
    if into is None or name.lastgroup != "password" or not naming.changing.search(before):
        return None
    value = _VALUE.match(text, into.end())
    if not value or not value.lastgroup or value["line"]:
        return None
    start, end = _trimmed(text, *value.span(value.lastgroup))
    told = text[start:end]
    news = naming.news.fullmatch(unaccented(told)) or _PRODUCT.fullmatch(told)
    return None if news or not _is_mixed(told) else Span(start, end, "password")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A value without the punctuation of the sentence around it."""
    return start, start + len(text[start:end].rstrip(".,;:?)]}>\"'»”"))


def _is_told(naming: Naming, kind: str, told: str, *, signed: bool, alone: bool) -> bool:
    """Whether what follows "password:" or "password is" is one, and not news of it."""
    word = told.rstrip("!?.…")
    if len(told) < _SHORTEST or _PLACEHOLDER.fullmatch(told):
        return False
    if fold(word.split(" ")[0]) in naming.plain:
        return False
    if not signed and naming.news.fullmatch(unaccented(told)):
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
    if kind == "token":
        return _is_mixed(told) and len(told) >= 2 * _LONG
    if kind == "password" and _WORD_AND_YEAR.fullmatch(told):
        return len(told) >= _LONG and not _PRODUCT.fullmatch(told)
    return _is_mixed(told) and any(sign in _SYMBOLS for sign in told)


def _is_mixed(told: str) -> bool:
    """Whether it is of letters and digits, as no word is."""
    letters, digits = any(map(str.isalpha, told)), any(map(str.isdigit, told))
    return letters and digits and len(told) > _SHORTEST
