"""Stamps: moments within our words that a network may show each reader on their own clock.

A stamp holds the moment and the words that say it where no network does. Its marks are
noncharacters, which Unicode keeps for use within a program: no message means anything by them, so
`unstamped` takes them out of whatever people write, and no one can smuggle a stamp in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

_BEGIN, _PART, _END, _PLACE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_MARKS = {ord(each): None for each in (_BEGIN, _PART, _END, _PLACE)}
_ANY = f"{_BEGIN}{_PART}{_END}"
PATTERN = rf"{_BEGIN}(?:day|clock)\d{{1,11}}{_PART}[^{_ANY}]*{_PART}[^{_ANY}]*{_END}"
"""A stamp within a text, as an expression without groups."""

_STAMP = re.compile(rf"{_BEGIN}(day|clock)(\d{{1,11}}){_PART}([^{_ANY}]*){_PART}([^{_ANY}]*){_END}")
_LAST = 10**11  # seconds: far beyond what any network shows, and within what a calendar reaches


class Style(StrEnum):
    """What of a moment is shown."""

    DAY = "day"  # the day by its name and date, and the time
    CLOCK = "clock"  # the time alone


class Stamps(StrEnum):
    """Where on a network moments are stamps; elsewhere they are words on the reader's clock."""

    NOWHERE = "nowhere"
    SHARED = "shared"  # where agents on several clocks read along: of one reader it tells the zone
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment to the second, in UTC, and how it reads.

    `words` say all of it. `frame` is what stands around the network's own words in a sentence,
    with `{}` in their place: "el {}".
    """

    at: datetime
    style: Style
    words: str
    frame: str = "{}"

    def around(self, shown: str) -> str:
        """The network's own words as they stand in the sentence."""
        before, _, after = self.frame.partition("{}")
        return before + shown + after


def stamped(stamp: Stamp) -> str:
    """The stamp as it stands within a text; its words alone for a moment before 1970."""
    frame, words = (unstamped(each) for each in (stamp.frame, stamp.words))
    seconds = int(stamp.at.timestamp())
    if not 0 <= seconds < _LAST:
        return words
    held = frame.replace("{}", _PLACE, 1)
    return f"{_BEGIN}{stamp.style.value}{seconds}{_PART}{held}{_PART}{words}{_END}"


def shown(text: str, show: Callable[[Stamp], str]) -> str:
    """The text with each stamp as `show` gives it."""
    return _STAMP.sub(lambda found: show(_read(found)), text) if _BEGIN in text else text


def spelled(text: str) -> str:
    """The text with each stamp in words, for whatever no network formats."""
    return shown(text, lambda stamp: stamp.words)


def unstamped(words: str) -> str:
    """Words that come from outside, without the marks that stamps are made of."""
    return words if words.isascii() else words.translate(_MARKS)


def beginning(text: str, limit: int) -> str:
    """At most the first `limit` characters of a text, without half a stamp."""
    cut = text[:limit]
    begun = cut.rfind(_BEGIN)
    return cut[:begun] if begun > cut.rfind(_END) else cut


def _read(found: re.Match[str]) -> Stamp:
    style, seconds, frame, words = found.groups()
    at = datetime.fromtimestamp(int(seconds), UTC)
    return Stamp(at, Style(style), words, frame.replace(_PLACE, "{}"))
