"""Tags: words of the agents' own on a ticket, by which they find it again."""

import re
from collections.abc import Iterator

from bot.model.fold import fold
from bot.model.refused import Refused

MOST, LONGEST = 10, 40  # tags of a ticket, characters of a tag
_BETWEEN = re.compile(r"[,;\n]")
_MINUS = "-−–—"  # a keyboard's, and what programs make of it


def tagged(tags: tuple[str, ...], words: str) -> tuple[str, ...]:
    """The tags after these words: "vpn, madrid, -printer" puts two on and takes one off.

    Accents and case make no other tag; what is there keeps its place and its spelling. Raises
    `Refused` where nothing changes, and for more or longer ones than a ticket bears.
    """
    kept = {fold(each): each for each in tags}
    for tag, off in listed(words):
        if off:
            kept.pop(fold(tag), None)
        elif len(tag) > LONGEST:
            raise Refused("refused.long_tag", value=tag, limit=LONGEST).at("tags")
        else:
            kept.setdefault(fold(tag), tag)
    after = tuple(kept.values())
    if after == tags:
        raise Refused("refused.tagged_already", tags=", ".join(tags)).at("tags")
    if len(after) > MOST:
        raise Refused("refused.many_tags", limit=MOST).at("tags")
    return after


def begun(words: str) -> tuple[str, str]:
    """What is typed already, and the tag or the beginning of one behind it."""
    begins = max((each.end() for each in _BETWEEN.finditer(words)), default=0)
    return words[:begins].strip(), words[begins:].strip()


def listed(words: str) -> Iterator[tuple[str, bool]]:
    """Each that is named between commas, and whether it is to be taken off."""
    for part in _BETWEEN.split(words):
        tag = " ".join("".join(each if each.isprintable() else " " for each in part).split())
        off = tag[:1] in tuple(_MINUS)
        if tag := tag.lstrip(f"{_MINUS}# "):
            yield tag, off
