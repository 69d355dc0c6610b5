"""Long Markdown in parts: cut where it reads on best, never within a mark, code fenced anew."""

import re
from collections.abc import Sequence
from unicodedata import category

SHORTEST = 100  # characters: below it, a limit leaves no room for a fence and a word

_FENCE = re.compile(r"^```([^\n`]*)$", re.MULTILINE)
_FEWEST, _CHUNK = 2, 8  # limits' worth of text: what a cut looks at, and what is read at once
_CLOSED = "\n```"
_EMPTY_FENCE = re.compile(r"```[^\n`]*\n\s*```(?:\n|$)")
_LONGEST_FENCE = 40  # characters of its line, and some to spare
_LEAD = re.compile(r"(?:> |-# )")
#: What is cut only if it alone is too long: an escaped character, an address, a mention, code.
_WHOLE = re.compile(r"\\.|<[^<>\s]+>|`[^`\n]+`|https?://[^\s<>`*|\\]+", re.DOTALL)

Marks = Sequence[tuple[str, int]]
"""What a part best ends at, with the characters that it then has at least."""


def pieces(text: str, limit: int) -> list[str]:
    """Markdown in pieces of at most `limit` characters, cut after a paragraph, a line or a word.

    Nothing is lost but white space between pieces and at both ends. A block of code is cut only
    if it alone is too long: then it is closed and opened again; a quote and small print go on as
    such. Raises ValueError for a limit under `SHORTEST`.
    """
    _check(limit)
    marks = (("\n\n", limit // 2), ("\n", limit // 3), (" ", 1), ("\n", 1))
    text = text.strip()
    found, rest, read = [], "", 0
    while rest or read < len(text):
        if len(rest) <= _FEWEST * limit:  # never all of it: each cut copies what is left
            rest += text[read : read + _CHUNK * limit]
            read += _CHUNK * limit
        head, rest = _taken(rest, limit, marks)
        found.append(head)
    return [each for each in found if each]


def shortened(text: str, limit: int) -> str:
    """Markdown of at most `limit` characters, cut after a word and ended with "…" if it is longer.

    Raises ValueError for a limit under `SHORTEST`.
    """
    _check(limit)
    if len(text) <= limit:
        return text
    head, _ = _taken(text.strip(), limit - 2, ((" ", limit // 2), ("\n", limit // 2)))
    return head + ("\n…" if head.endswith(_CLOSED) else "…")


def _check(limit: int) -> None:
    if limit < SHORTEST:
        raise ValueError(f"a limit of {limit} characters is too short for words")


def _taken(text: str, limit: int, marks: Marks) -> tuple[str, str]:
    """The first part of it, and the rest."""
    if len(text) <= limit:
        return text, ""
    end = _border(text, limit, marks)
    fence = _open_fence(text, end)
    if fence is None:
        return _parted(text, end)
    if fence.start() > limit // 3:
        return text[: fence.start()].rstrip(), text[fence.start() :]
    end = _border(text, limit - len(_CLOSED), (("\n", fence.end() + 1),), least=fence.end() + 1)
    # Line ends go with the cut, an indentation stays.
    rest = f"```{fence[1]}\n" + re.sub(r"\A(?:[ \t]*\n)+", "", text[end:])
    if empty := _EMPTY_FENCE.match(rest):
        rest = rest[empty.end() :].lstrip("\n")
    return text[:end].rstrip() + _CLOSED, rest


def _parted(text: str, end: int) -> tuple[str, str]:
    """Cut at `end`, which is not in a block of code."""
    head, rest = text[:end].rstrip(), text[end:]
    if rest[:1] == "\n":
        return head, re.sub(r"\A(?:[ \t]*\n)+", "", rest)
    lead = _LEAD.match(text, text.rfind("\n", 0, end) + 1, end)
    return head, (lead[0] if lead else "") + rest.lstrip(" ")


def _open_fence(text: str, end: int) -> re.Match[str] | None:
    """The fence that is open at this place."""
    opened = None
    for fence in _FENCE.finditer(text, 0, end + _LONGEST_FENCE):
        if fence.start() >= end:
            break
        closing = opened is not None
        if closing and fence.end() > end:
            break
        opened = None if closing else fence
    return opened


def _border(text: str, limit: int, marks: Marks, least: int = 0) -> int:
    """Where a part of at most `limit` characters ends, always after `least`."""
    begin = least
    if lead := _LEAD.match(text):
        begin = max(least, lead.end())
    end = _whole(text, begin, limit)
    for mark, fewest in marks:
        border = text.rfind(mark, begin + 1, end + 1)
        if border >= max(fewest, begin + 1) and _whole(text, begin, border) == border:
            return border
    return end


def _whole(text: str, begin: int, end: int) -> int:
    """The last place up to `end` that parts nothing which is seen as one."""
    for found in _WHOLE.finditer(text, begin, end + 100):
        if found.end() > end:
            end = found.start() if begin < found.start() < end else end
            break
    at = end
    while at - 1 > begin and end - at < SHORTEST // 2 and _joined(text, at):
        at -= 1
    return end if _joined(text, at) or text[at - 1 : at] == "\\" else at


_ZERO_WIDTH_JOINER = "\u200d"
_SKINS_AND_TAGS = frozenset((*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)))
_FLAGS = range(0x1F1E6, 0x1F200)


def _joined(text: str, at: int) -> bool:
    """Whether the characters before and at this place are seen as one."""
    if not 0 < at < len(text):
        return False
    here, before = text[at], text[at - 1]
    if _ZERO_WIDTH_JOINER in (here, before):
        return True
    if ord(here) in _FLAGS and ord(before) in _FLAGS:
        return True
    return category(here).startswith("M") or ord(here) in _SKINS_AND_TAGS
