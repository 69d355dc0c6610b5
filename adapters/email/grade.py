"""Judges by Authentication-Results (RFC 8601) whether a mail is from whom it says.

Only one header counts: the topmost that bears the name of a server we trust. Our own server adds
its header above whatever the sender wrote, so a forged one is always further down. Microsoft 365
writes its header without any name: the name "" admits that form, and is safe only where all mail
comes in through such a server.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

_LONGEST = 20_000  # characters of a header that are read
_STATEMENT = re.compile(r'(?:[^;"]++|"(?:[^"\\]++|\\.)*+"?+)++', re.DOTALL)
_SETTING = re.compile(
    r"([a-zA-Z0-9._-]++)\s*+(?:/\s*+\d++\s*+)?+="
    r'\s*+((?:[^\s;"]++|"(?:[^"\\]++|\\.)*+")++)'  # a quoted local part goes on after its quotes
)
_FIELD = re.compile(r"^authentication-results:", re.IGNORECASE | re.MULTILINE)
_NOBODY = "-"  # who wrote an empty field
_LABELS = 2  # that a domain has at least: "com" vouches for nobody


@dataclass(frozen=True, slots=True)
class _Result:
    """One statement: a method, its result, and the properties it was judged by."""

    method: str
    result: str
    properties: dict[str, str]


def grade(
    authentication_results: Iterable[str], from_address: str, authserv_ids: Collection[str]
) -> bool:
    """Whether the trusted server vouches for the domain of `from_address`; never raises.

    `authentication_results` are the values as they came, topmost first. dmarc=pass vouches, and
    dmarc=fail forbids. Without either, a passed DKIM or SPF does whose domain is aligned: the
    same, or one is a subdomain of the other. No list of public suffixes is asked; a domain needs
    two labels to count.
    """
    domain = _domain(from_address)
    trusted = {each.strip().lower() for each in authserv_ids}
    for value in authentication_results:
        name, results = _read(value[:_LONGEST])
        if name in trusted:
            return bool(domain) and _vouched(list(results), domain)
    return False


def signers(fields: bytes) -> list[str]:
    """Which servers wrote the Authentication-Results fields of a mail, topmost first; "" for one
    that writes no name.

    `fields` are the fields as they came over the wire, with their names.
    """
    text = fields[:_LONGEST].decode("ascii", "replace")
    return [name for each in _FIELD.split(text)[1:] if (name := _read(each)[0]) != _NOBODY]


def _vouched(results: list[_Result], domain: str) -> bool:
    dmarc = [each for each in results if each.method == "dmarc"]
    if any(each.result == "fail" for each in dmarc):
        return False
    if any(each.result == "pass" and _judged(each, domain) for each in dmarc):
        return True
    return any(_aligned(each, domain) for each in results if each.result == "pass")


def _judged(dmarc: _Result, domain: str) -> bool:
    """DMARC is about the domain in From, which must be the one that we took for the sender's."""
    return _domain(dmarc.properties.get("header.from", domain)) == domain


def _aligned(result: _Result, domain: str) -> bool:
    said = result.properties
    if result.method == "dkim":
        vouching = said.get("header.d") or said.get("header.i", "")
    elif result.method == "spf":
        vouching = said.get("smtp.mailfrom") or said.get("smtp.from", "")
    else:
        return False
    return _related(_domain(vouching), domain)


def _related(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    enough = short.count(".") + 1 >= _LABELS
    return enough and (long == short or long.endswith(f".{short}"))


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip("<>\"' .").lower()


def _read(value: str) -> tuple[str, Iterator[_Result]]:
    """The server's name ("" if the header has none) and what it states."""
    statements = _STATEMENT.findall(_uncommented(value))
    first = statements[0].strip() if statements else ""
    if _SETTING.match(first):
        return "", _results(statements)
    words = first.strip('"').split()  # the name, and perhaps a version
    return (words[0].strip('"').lower() if words else _NOBODY), _results(statements[1:])


def _results(statements: Iterable[str]) -> Iterator[_Result]:
    for statement in statements:
        pairs = [
            (name.lower(), said.strip('"').lower()) for name, said in _SETTING.findall(statement)
        ]
        if pairs:
            (method, result), *rest = pairs
            properties: dict[str, str] = {}
            for name, said in rest:
                properties.setdefault(name, said)
            yield _Result(method, result, properties)


def _uncommented(value: str) -> str:
    """The value without its comments, which may stand inside each other."""
    kept: list[str] = []
    depth, quoted = 0, False
    for piece in re.split(r'([()"])', value):
        if piece == '"' and not depth:
            quoted = not quoted
        elif piece == "(" and not quoted:
            depth += 1
        elif piece == ")" and not quoted:
            depth = max(0, depth - 1)
            continue
        if not depth:
            kept.append(piece)
    return "".join(kept)
