"""Which promises the tests show: reads their markers, and writes the table of docs/promises.md.

A test that shows a promise says so:

    @pytest.mark.promise("A1", channels=("email",), languages=("en", "es"))

The markers are read from the source, so the table is the same whichever tests are run. What may
be skipped, or is expected to fail, shows nothing. `python tests/promise.py` rewrites the table.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeGuard

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "promises.md"
BEGIN, END = "<!-- shown: begin -->", "<!-- shown: end -->"

PARTS = {"R": 10, "A": 8, "D": 10, "K": 6, "T": 9, "V": 7, "S": 2}
ROWS = tuple(f"{part}{number}" for part, last in PARTS.items() for number in range(1, last + 1))
CHANNELS = ("email", "slack", "discord", "web")
LANGUAGES = tuple(sorted(f.name for f in (ROOT / "bot" / "texts").iterdir() if f.is_dir()))
CONCERNS = {"R1": ("slack",), "R2": ("discord",), "R3": ("email",), "R4": ("web",), "S2": ("web",)}
"""Promises about certain channels; every other one is about all of them."""

_DOUBTFUL = {"skip", "skipif", "xfail", "importorskip"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = (ast.ClassDef, *_FUNCTIONS)
_Holder = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """A test shows a promise on a channel in a language."""

    row: str
    channel: str
    language: str
    test: str


class Misused(Exception):  # noqa: N818 - it reads as what happened
    """A marker that means nothing: where it stands, and why."""


def main() -> int:
    """Rewrite the page's table; 1 and a line for each misused marker."""
    try:
        shown = list(every())
    except Misused as misused:
        sys.stderr.write(f"{misused}\n")
        return 1
    PAGE.write_text(rewritten(PAGE.read_text("utf-8"), shown), "utf-8")
    return 0


def every(folder: Path = ROOT / "tests") -> Iterator[Shown]:
    """What all tests of a folder show. Raises `Misused`."""
    for path in sorted(folder.rglob("*.py")):
        yield from shown_by(path.read_text("utf-8"), path.relative_to(folder.parent).as_posix())


def shown_by(source: str, name: str) -> Iterator[Shown]:
    """What the tests of one file show. Raises `Misused`."""
    module = ast.parse(source, name)
    marks = {id(node) for node in ast.walk(module) if _is_promise(node)}
    for test in _tests(module, _Test(name) if Path(name).name.startswith("test_") else None):
        marks -= {id(mark) for mark in test.promises}
        for mark in test.promises:
            yield from _read(mark, test)
    for node in ast.walk(module):
        if id(node) in marks:
            raise _misused(node, name, "it belongs to no test: put it above one")


def rewritten(page: str, shown: Iterable[Shown]) -> str:
    """The page with the table of what is shown between its two comments."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no {BEGIN} … {END}")
    return f"{before}{begin}\n{table(shown)}\n{end}{after}"


def table(shown: Iterable[Shown]) -> str:
    """A row for each promise, a column for each channel: the languages in which it is shown."""
    found = {(each.row, each.channel, each.language) for each in shown}
    possible = sum(len(concerned(row)) for row in ROWS) * len(LANGUAGES)
    heads = " | ".join(each.capitalize() for each in CHANNELS)
    lines = [
        f"Shown: {len(found)} of {possible}.",
        "",
        f"| | {heads} |",
        "|---" * (len(CHANNELS) + 1) + "|",
    ]
    for row in ROWS:
        cells = [_cell(row, channel, found) for channel in CHANNELS]
        lines.append(f"| {row} | {' | '.join(cells)} |")
    return "\n".join(lines)


def concerned(row: str) -> tuple[str, ...]:
    """The channels that a promise is about."""
    return CONCERNS.get(row, CHANNELS)


def rows_of(page: str) -> list[str]:
    """The promises that the page tells, in its order."""
    return re.findall(r"^- \*\*([A-Z]\d+)\*\* \S", page, re.MULTILINE)


def _cell(row: str, channel: str, found: set[tuple[str, str, str]]) -> str:
    if channel not in concerned(row):
        return "–"
    return " ".join(each for each in LANGUAGES if (row, channel, each) in found) or "not yet"


@dataclass(frozen=True, slots=True)
class _Test:
    """A test, or the module or class that holds it: what is marked on it and around it."""

    name: str
    promises: tuple[ast.Call, ...] = ()
    doubtful: bool = False

    def within(self, holder: _Holder, name: str) -> "_Test":
        """The same, one step further in."""
        marks = list(_marks(holder))
        promises = tuple(mark for mark in marks if _is_promise(mark))
        doubtful = self.doubtful or _may_skip(holder, marks)
        return _Test(name, (*self.promises, *promises), doubtful)


def _tests(holder: _Holder, outer: _Test | None) -> Iterator[_Test]:
    """The tests in a module or class that pytest collects."""
    if outer is None:
        return
    here = outer.within(holder, outer.name)
    for each in holder.body:
        name = f"{here.name}::{each.name}" if isinstance(each, _DEFINITIONS) else ""
        if isinstance(each, ast.ClassDef) and each.name.startswith("Test"):
            yield from _tests(each, replace(here, name=name))
        elif isinstance(each, _FUNCTIONS) and each.name.startswith("test_"):
            yield here.within(each, name)


def _read(call: ast.Call, test: _Test) -> Iterator[Shown]:
    """One marker, its words checked; a test that may not run shows nothing."""
    file = test.name.partition("::")[0]
    try:
        (row,) = (ast.literal_eval(each) for each in call.args)
        named = {str(each.arg): ast.literal_eval(each.value) for each in call.keywords}
        channels, languages = named.pop("channels"), named.pop("languages")
    except (ValueError, KeyError) as error:
        mend = 'write it as ("A1", channels=(…,), languages=(…,))'
        raise _misused(call, file, mend) from error
    unknown = [*named] if row in ROWS else [row]
    unknown += [each for each in channels if row in ROWS and each not in concerned(row)]
    unknown += [each for each in languages if each not in LANGUAGES]
    if unknown or not (channels and languages):
        raise _misused(call, file, f"unknown: {unknown}" if unknown else f"{row} is shown nowhere")
    if not test.doubtful:
        for channel in channels:
            yield from (Shown(row, channel, language, test.name) for language in languages)


def _marks(holder: _Holder) -> Iterator[ast.expr]:
    """The markers of a module, a class or a test: its decorators or its `pytestmark`."""
    if not isinstance(holder, ast.Module):
        yield from holder.decorator_list
    for each in holder.body:
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "pytestmark":
            value = each.value
            yield from value.elts if isinstance(value, (ast.List, ast.Tuple)) else (value,)


def _may_skip(holder: _Holder, marks: list[ast.expr]) -> bool:
    """Whether it is marked so, or skips itself while it runs."""
    if any(_word(mark) in _DOUBTFUL for mark in marks):
        return True
    own = [each for each in holder.body if not isinstance(each, _DEFINITIONS)]
    calls = (node for each in own for node in ast.walk(each) if isinstance(node, ast.Call))
    return any(_word(call) in _DOUBTFUL for call in calls)


def _is_promise(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and _word(node) == "promise"


def _word(node: ast.expr) -> str:
    """The last word of what is called or named: "skip" of `pytest.mark.skip(…)`."""
    named = node.func if isinstance(node, ast.Call) else node
    return named.attr if isinstance(named, ast.Attribute) else ""


def _misused(node: ast.AST, name: str, why: str) -> Misused:
    return Misused(f"{name}:{getattr(node, 'lineno', 0)}: promise: {why}")


if __name__ == "__main__":
    sys.exit(main())
