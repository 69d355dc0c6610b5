"""Addresses, Message-IDs and dates out of header fields as the world writes them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from adapters.email.headers import words

_MOST = 2_000  # addresses or ids of one field
_TOKEN = re.compile(
    r"(=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*+\?=)"
    r'|"((?:[^"\\]++|\\.)*+)"?+'
    r"|([(),;<>])"
    r'|([^"(),;<>=]++|=)',
    re.DOTALL,
)
_ID = re.compile(r"<([^<>]*+)>")
_LONGEST_ADDRESS = 320  # RFC 3696
_LONGEST_ID = 600  # no program writes longer ones, and an index of PostgreSQL takes this


def addresses(value: str) -> tuple[tuple[str, str], ...]:
    """The (display name, address) pairs of a field; what is no address is left out."""
    found = tuple(pair for pair in _pairs(value) if pair[1])
    if found or "@" not in words(value):
        return found
    loose = (_address(word.strip("<>,;:\"'()[]")) for word in words(value).split()[:_MOST])
    return tuple(("", address) for address in loose if address)


def bare(value: str) -> tuple[str, ...]:
    """The addresses of a field without their names, each once."""
    return tuple(dict.fromkeys(address for _, address in addresses(value)))


def plain(address: str) -> str:
    """The address in lower case and without a plus tag, to compare it by."""
    local, at, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def message_ids(value: str) -> tuple[str, ...]:
    """The ids of Message-ID, In-Reply-To or References in order, each once, in angle brackets."""
    if "=?" in value:
        value = words(value)  # some programs encode even ids
    found = _ID.findall(value)
    if not found:
        found = [word.strip("<>,;\"'") for word in value.split() if "@" in word]
    ids = ("".join(each.split()) for each in found)
    return tuple(dict.fromkeys(f"<{each}>" for each in ids if 0 < len(each) <= _LONGEST_ID))


def moment(value: str) -> datetime | None:
    """A Date field in UTC; None when it isn't a date."""
    try:
        date = parsedate_to_datetime(value[:100])
        return date.replace(tzinfo=date.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


class _Mailbox:
    """The pieces of one address while its field is walked."""

    __slots__ = ("name", "remark", "spec")

    def __init__(self) -> None:
        self.name: list[str] = []
        self.spec: list[str] = []
        self.remark: list[str] = []

    def pair(self) -> tuple[str, str]:
        """The name, or the comment that stands for it, and the address."""
        said = "".join(self.name)
        if self.spec:
            return words(said).strip("\"' "), _address("".join("".join(self.spec).split()))
        remark = words("".join(self.remark)).strip()
        return remark, _address(words(said).rpartition(":")[2].strip())  # "group: a@b"


def _pairs(value: str) -> Iterator[tuple[str, str]]:
    """Walk the tokens once; a comment's depth is counted, so no nesting costs a stack."""
    box = _Mailbox()
    depth, angle, count = 0, False, 0
    for match in _TOKEN.finditer(value):
        mark, content = match[3], match[1] or match[2] or match[4] or ""
        if mark in ("(", ")"):
            depth = max(0, depth + (1 if mark == "(" else -1))
        elif depth:
            box.remark.append(content)
        elif mark in ("<", ">"):
            angle = mark == "<"
        elif mark and not angle:
            yield box.pair()
            box, count = _Mailbox(), count + 1
            if count >= _MOST:
                return
        else:
            (box.spec if angle else box.name).append(content or mark or "")
    yield box.pair()


def _address(spec: str) -> str:
    local, at, domain = spec.removeprefix("mailto:").rpartition(":")[2].rpartition("@")
    local, domain = local.strip("'\"["), domain.strip("'\".").lower()
    domain = domain if domain.startswith("[") else domain.rstrip("]")  # "[ana@example.org]"
    if not at or not local or not domain or len(spec) > _LONGEST_ADDRESS or len(spec.split()) > 1:
        return ""
    return f"{local}@{domain}"
