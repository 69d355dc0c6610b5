"""What introduces other people's words in a mail: attributions, header blocks and dividers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.email.phrases import FORWARDS, LABELS, ORIGINALS, STARTS, VERBS

_LONGEST_LABEL = 28
_LONGEST_ATTRIBUTION = 500
_MOST_FIELDS = 12  # lines of a header block
_ENOUGH = 3  # different fields that make one
_BOTH = 2  # time and year
_SHORTEST_RULE = 5
_LONGEST_DIVIDER = 100
_WRAPPED = 4  # lines that an attribution may take
_TIME = re.compile(r"\d{1,2}\s?[:.hH]\s?\d{2}")
_YEAR = re.compile(r"(?:19|20)\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")
_DASHES = "-_=*> \t"
_DRAWN = ("-", "_", "=", "*")


@dataclass(frozen=True, slots=True)
class Block:
    """A header block in a body: the lines it takes, and what it says of the sender."""

    start: int
    end: int  # the line after it
    sender: str
    fields: frozenset[str]

    @property
    def certain(self) -> bool:
        """It names a sender, and no form or travel plan looks like this."""
        told = len(self.fields) >= _ENOUGH and "from" in self.fields
        return told and ("subject" in self.fields or ("@" in self.sender and "date" in self.fields))


def bared(line: str) -> str:
    """A line without quote marks and emphasis."""
    return line.lstrip("> \t").replace("*", "").strip()


def header_block(lines: Sequence[str], start: int) -> Block | None:
    """The header block that begins in this line, "From: … Sent: … To: … Subject: …"."""
    if labelled(lines[start]) is None:
        return None
    said: dict[str, str] = {}
    at = last = start
    while at < len(lines) and at - start < _MOST_FIELDS and at - last <= 1 + bool(said):
        field = labelled(lines[at])
        if field is not None and field[0] not in said:
            said[field[0]] = field[1]
            last = at
        elif field is not None:
            break
        at += 1
    block = Block(start, last + 1, said.get("from", ""), frozenset(said))
    return block if block.certain else None


def labelled(line: str) -> tuple[str, str] | None:
    """A line "Label: value" of a header block as its field and value."""
    colon = line.find(":", 0, _LONGEST_LABEL + 10)
    if colon < 0:
        return None
    label, _, value = bared(line).partition(":")
    field = LABELS.get(label.replace("\N{NO-BREAK SPACE}", " ").strip().lower())
    return None if field is None else (field, value.strip())


def attribution(lines: Sequence[str], last: int) -> tuple[int, int]:
    """How surely the lines up to `last` say who wrote what follows, and where they begin.

    Sureness: 0 no, 1 only if marked quotes follow, 2 likely, 3 even if nothing after is marked.
    """
    best = (0, last)
    for first in range(last, max(-1, last - _WRAPPED), -1):
        if not lines[first].strip() or (first < last and lines[first].rstrip().endswith(":")):
            break
        said = bared(" ".join(line.strip() for line in lines[first : last + 1]))
        if len(said) > _LONGEST_ATTRIBUTION:
            break
        sure = _sureness(said.lower())
        if sure > best[0]:
            best = (sure, first)
    return best


def may_introduce(line: str) -> bool:
    """Whether the line can be a divider, an attribution or part of a header block: few can."""
    return ":" in line or line.lstrip("> ").startswith(_DRAWN)


def original(line: str) -> bool:
    """A divider before the message that is answered: "-----Original Message-----"."""
    return _divider(line, ORIGINALS)


def forward(line: str) -> bool:
    """A divider before a message that is passed on: "---------- Forwarded message ---------"."""
    return _divider(line, FORWARDS)


def rule(line: str) -> bool:
    """A line of nothing but underscores or dashes."""
    said = line.strip()
    return len(said) >= _SHORTEST_RULE and not said.strip("_-")


def _divider(line: str, phrases: tuple[str, ...]) -> bool:
    bare = line.lstrip("> ")
    if len(line) > _LONGEST_DIVIDER or not (bare[:1] in _DRAWN or bare.endswith(":")):
        return False
    return bare.strip(_DASHES).rstrip(": \N{NO-BREAK SPACE}").lower() in phrases


def _sureness(said: str) -> int:
    if not said.rstrip("* ").endswith((":", "：")):  # Japanese mail uses the wide colon
        return 0
    verb = any(word in said for word in VERBS)
    address = "@" in said
    when = bool(_TIME.search(said)) + bool(_YEAR.search(said))
    starts = said.startswith(STARTS)
    if verb and starts and (when == _BOTH or (address and when)):
        return 3
    if (verb and (address or (starts and when))) or (address and when):
        return 2
    return 1 if verb or address or when == _BOTH else 0
