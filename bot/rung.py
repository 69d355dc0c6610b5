"""Rungs: to which team or level a ticket is escalated, read so that no summary loses a word."""

import re
from collections.abc import Mapping

from bot.command import Call
from bot.model.fold import fold
from bot.model.person import HIGHEST
from bot.model.settings import Team
from bot.which import bare, teams_named
from bot.who import without_joint

LEVELS = range(2, HIGHEST + 1)  # up to which a ticket can be escalated
_STOPS = ",:;"
_BREAK = re.compile(r"\s*(\n|[-–—]\s|$)")  # behind a name: a line of its own, or a dash
_SENTENCE = re.compile(r"\s+[¿¡\"“«'(]*([^\W\d_]+)")


def take_rung(call: Call, words: str) -> tuple[Team | int | None, str]:
    """The team or the level that words begin with, None where it is neither; and what follows.

    It is meant where nothing follows, or a stop, or a sentence of its own: "network: it drops
    hourly", "to network It drops hourly". "Network is down" and "2 users wait" are a summary.
    """
    left = without_joint(call.desk.texts, words)
    rungs = _rungs(call)
    for count in range(max(len(each.split()) for each in rungs), 0, -1):
        named = re.match(rf"\S+(?:[^\S\n]+\S+){{{count - 1}}}", left)
        rung = rungs.get(" ".join(bare(named[0]).split())) if named else None
        rest = left[named.end() :] if named else ""
        if named and rung is not None and _ends(named[0], rest, left != words):
            stopped = _BREAK.match(rest)
            return rung, rest[stopped.end() if stopped else 0 :].lstrip()
    return None, words


def level_like(words: str) -> int:
    """The level whose bare number begins a summary, "3 foo", which may have been meant as one."""
    first = words.split(maxsplit=1)[0] if words else ""
    return int(first) if first.isdecimal() and int(first) in LEVELS else 0


def _ends(named: str, rest: str, joined: bool) -> bool:
    """Whether a name is whole with that, and what follows is a summary of its own.

    A name that itself begins as a sentence does may well begin one, unless a "to" stands before it.
    """
    if named[-1] in _STOPS or _BREAK.match(rest):
        return True
    begun = _SENTENCE.match(rest)
    sentence = begun is not None and begun[1] == begun[1].capitalize()
    return sentence and (joined or not named[0].isupper())


def _rungs(call: Call) -> Mapping[str, Team | int]:
    """The levels and teams by how they are written, bare; a team counts before a level."""
    texts = call.desk.texts
    before = [fold(each) for name in texts.languages for each in texts.words("rung.words", name)]
    levels: dict[str, Team | int] = {
        f"{word} {level}".strip(): level for level in LEVELS for word in ("", *before)
    }
    return levels | dict(teams_named(call.desk.settings))
