"""Folds quoted history and signatures out of a mail's lines; it only ever leaves lines out."""

import re
from collections.abc import Sequence

from adapters.email import blocks
from adapters.email.forward import forwarded_at, is_reply
from adapters.email.hypertext import Line
from adapters.email.interleaved import desk_lines, quoted_runs
from adapters.email.phrases import ANSWERS, PLACES, POINTERS
from adapters.email.signature import signature_lines

MARKER = "##- "  # begins the line of ours above which people answer
_POINTING = 300  # characters: a longer text stands for itself
_SURE_UNMARKED = 3
_LABEL_AT = 40  # characters in which a label's colon stands
_LABELLED = 3  # lines that make an unknown header block
_NEAR = 3  # lines between an attribution and its quote


def visible(
    lines: Sequence[Line], *, subject: str = "", answers: bool = False, to_desk: bool = False
) -> list[str]:
    """The lines that the writer newly wrote; all of them if that would leave none.

    `answers` says that the mail's header names an earlier one, `to_desk` that a letter of ours is
    among them: what the desk said in it beside others' words folds. A forwarded message stays.
    """
    texts = [line.text for line in lines]
    if forwarded_at(lines, subject) is not None:
        return trimmed(texts)
    cut = _history(lines, texts)
    quoted = _quoted(lines[:cut], texts, reply=answers or is_reply(subject))
    if to_desk:
        quoted |= desk_lines(lines[:cut])
    signed = signature_lines(texts[:cut], quoted)
    for folded in (quoted | signed, quoted):
        kept = trimmed([texts[n] for n in range(cut) if n not in folded])
        if kept:
            return trimmed(texts) if cut < len(texts) and _points_down(kept) else kept
    return trimmed(texts)


def trimmed(texts: Sequence[str]) -> list[str]:
    """The lines without blank ones at either end."""
    first, last = 0, len(texts)
    while first < last and not texts[first].strip():
        first += 1
    while last > first and not texts[last - 1].strip():
        last -= 1
    return list(texts[first:last])


def _history(lines: Sequence[Line], texts: list[str]) -> int:
    """Where unmarked history begins: from there to the end nothing is new."""
    for number in range(len(lines)):
        begins = _begins_history(lines, texts, number)
        if begins is not None:
            return begins if _own_words(lines[:begins]) else len(lines)
    return len(lines)


def _own_words(lines: Sequence[Line]) -> bool:
    return any(
        line.text.strip() and line.mark != "quote" and not blocks.rule(line.text) for line in lines
    )


def _begins_history(lines: Sequence[Line], texts: list[str], number: int) -> int | None:
    text, mark = lines[number]
    if mark == "quote" or text.startswith(">"):
        return None
    if text.startswith(MARKER):
        return _with_attribution(texts, number)
    divided = mark == "history" or blocks.original(text)
    if divided or (mark == "rule" and _looks_labelled(texts, number)):
        return _with_rule(texts, number)
    if ":" in text[:_LABEL_AT] and blocks.header_block(texts, number) is not None:
        return _with_rule(texts, number)
    return _unmarked(lines, texts, number) if text.endswith(":") else None


def _unmarked(lines: Sequence[Line], texts: list[str], number: int) -> int | None:
    """An attribution so sure that what follows is quoted though nothing marks it."""
    sure, first = blocks.attribution(texts, number)
    if sure < _SURE_UNMARKED:
        return None
    following = next((line for line in lines[number + 1 : number + 4] if line.text.strip()), None)
    if following is None or following.mark == "quote" or following.text.startswith(">"):
        return None
    return first


def _looks_labelled(texts: list[str], number: int) -> bool:
    """Under a rule of the markup: header lines in a language that isn't known here."""
    following = [text for text in texts[number : number + 6] if text.strip()][:4]
    named = [text for text in following if ":" in text[1:_LABEL_AT] and not text.endswith(":")]
    return len(named) >= _LABELLED and any(mark in text for text in named for mark in ("@", "20"))


def _with_rule(texts: list[str], number: int) -> int:
    """The divider just above belongs to the history."""
    above = number - 1
    while above >= 0 and not texts[above].strip():
        above -= 1
    return above if above >= 0 and blocks.rule(texts[above]) else number


def _with_attribution(texts: list[str], number: int) -> int:
    above = number - 1
    while above >= 0 and not texts[above].strip():
        above -= 1
    if above < 0 or number - above > _NEAR:
        return number
    sure, first = blocks.attribution(texts, above)
    return first if sure else number


def _quoted(lines: Sequence[Line], texts: list[str], *, reply: bool) -> set[int]:
    """The numbers of marked quotes and of the lines that introduce them, as far as they fold.

    A quote with answers between its pieces stays, up to its last answered piece; so does one that
    nothing introduces in a mail that is no reply: it is the writer's own.
    """
    runs = quoted_runs(lines)
    if not runs:
        return set()
    begun = [_with_attribution(texts, first) for first, _ in runs]
    fold = {n for (first, _), begins in zip(runs, begun, strict=True) for n in range(begins, first)}
    known = [
        begins < run[0] or lines[run[0]].mark == "quote"
        for run, begins in zip(runs, begun, strict=True)
    ]
    own_above = any(texts[n].strip() and n not in fold for n in range(runs[0][0]))
    interleaved = len(runs) > 1 or (own_above and not known[0])
    ends = [*begun[1:], len(lines)]
    for run, introduced, end in zip(runs, known, ends, strict=True):
        answered = any(texts[n].strip() for n in range(run[1], end))
        if not (answered and interleaved) and (introduced or reply):
            fold.update(range(*run))
    return fold


def _points_down(kept: list[str]) -> bool:
    """Whether a short text says that the answers stand in the history below it."""
    words = re.findall(r"\w++", " ".join(kept).lower())
    said = f" {' '.join(words)} "
    named = any(f" {place} " in said for place in PLACES) and not set(words).isdisjoint(ANSWERS)
    return len(said) < _POINTING and (named or any(f" {each} " in said for each in POINTERS))
