"""Answers between quoted lines: which lines are quoted, and which of them the desk itself said."""

import re
from collections.abc import Sequence

from adapters.email.hypertext import Line

_MARKS = re.compile(r"(?:>[ \t]?)*+")
_WITHIN = 2  # quote marks of what our letter quoted itself


def quoted_runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Stretches of quoted lines; blank lines inside a stretch belong to it."""
    runs: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if line.mark != "quote" and not line.text.startswith(">"):
            continue
        if runs and not any(each.text.strip() for each in lines[runs[-1][1] : number]):
            runs[-1] = (runs[-1][0], number + 1)
        else:
            runs.append((number, number + 1))
    return runs


def desk_lines(lines: Sequence[Line]) -> set[int]:
    """The numbers of the quoted lines that fold in an answer to a letter of ours.

    Of each quoted stretch only the paragraph right before an answer stays. A letter that quotes
    somebody is the desk's own beside that, so there a paragraph must be quoted twice to stay; in
    one that quotes nobody an agent speaks, and theirs may be answered.
    """
    runs = quoted_runs(lines)
    levels = {n: _level(lines[n].text) for run in runs for n in range(*run)}
    least = _WITHIN if any(level >= _WITHIN for level in levels.values()) else 0
    fold: set[int] = set()
    for run in runs:
        answered = _last_paragraph(lines, run)
        kept = {n for n in answered if levels[n] >= least}
        end = run[1] if kept else _next_words(lines, run[1])
        fold.update(n for n in range(run[0], end) if n not in kept)
    return fold


def _next_words(lines: Sequence[Line], start: int) -> int:
    """Where the blank lines end that would leave a gap in place of a stretch."""
    while start < len(lines) and not lines[start].text.strip():
        start += 1
    return start


def _last_paragraph(lines: Sequence[Line], run: tuple[int, int]) -> range:
    """The lines before the stretch's end that nothing blank and no other level parts."""
    first, end = run
    while end > first and not _said(lines[end - 1].text):
        end -= 1
    start = end
    while start > first and _said(lines[start - 1].text):
        if _level(lines[start - 1].text) != _level(lines[end - 1].text):
            break
        start -= 1
    return range(start, end)


def _said(text: str) -> bool:
    return bool(text[_marks(text) :].strip())


def _level(text: str) -> int:
    return text.count(">", 0, _marks(text))


def _marks(text: str) -> int:
    match = _MARKS.match(text)
    return match.end() if match else 0
