"""What a panel looks like: a card cut to what one message shows, a home in pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from adapters.discord.layout_parts import (
    LONGEST_TEXT,
    SEPARATOR,
    Component,
    beside,
    count,
    fact,
    rows,
    separator,
    text,
    texts,
    ways,
    weight,
)
from adapters.discord.markdown import escape, heading, quotation, small
from adapters.discord.markdown_pieces import shortened
from bot.model.message import Button, Section

_LENGTHS = (LONGEST_TEXT, 3_000, 1_500, 700, 300)  # characters of one text of a section


def panel(parts: Sequence[Section], most: int, longest: int = LONGEST_TEXT) -> list[Component]:
    """The parts as at most `most` components with at most `longest` characters.

    Where that is too little, the long texts are shortened, each alike; then the last parts are
    left out, and "…" stands for them.
    """
    shown: list[list[Component]] = []
    parts = list(_gathered(parts))
    for length in _LENGTHS:
        shown = [_part(part, number, length) for number, part in enumerate(parts)]
        if _fit(components := list(chain.from_iterable(shown)), most, longest):
            return components
    return _first(shown, most, longest)


def pages(
    parts: Sequence[Section], most: int, longest: int = LONGEST_TEXT
) -> list[list[Component]]:
    """The parts whole, in runs of at most `most` components with at most `longest` characters.

    A part is parted itself only where it alone is too much for one page.
    """
    found: list[list[Component]] = []
    for number, part in enumerate(parts):
        shown = _part(part, number, None)
        units = [shown] if _fit(shown, most, longest) else [[each] for each in shown]
        for unit in units:
            if not found or not _fit([*found[-1], *unit], most, longest):
                found.append([])
            found[-1] += unit if found[-1] else _from_text(unit)
    return [each for each in found if each]


def _from_text(unit: Sequence[Component]) -> list[Component]:
    """The same without a line above, for a page begins with it."""
    return [each for number, each in enumerate(unit) if number or each["type"] != SEPARATOR]


def _fit(components: Sequence[Component], most: int, longest: int) -> bool:
    return count(components) <= most and weight(components) <= longest


def _first(shown: Sequence[list[Component]], most: int, longest: int) -> list[Component]:
    """As many whole parts as there is room for; of a part that alone is too long, what fits."""
    cut = text("…")
    found: list[Component] = []
    for part in shown:
        if not _fit([*found, *part, cut], most, longest):
            break
        found += part
    for component in () if found else chain.from_iterable(shown[:1]):
        if _fit([*found, component, cut], most, longest):
            found.append(component)
    return [*found, cut]


def _part(part: Section, number: int, length: int | None) -> list[Component]:
    """One section of a panel, with texts of at most `length`; the first has no line above."""
    spoken = escape(part.text.strip(), quote=True, code=True)
    unshown = escape(ways((*part.buttons, *part.more)))
    known = "\n".join(filter(None, (fact(name, value) for name, value in part.facts)))
    said = [spoken, unshown, known, quotation(part.quote), small(part.small)]
    cut = (each if length is None else shortened(each, length) for each in said)
    shown = texts("\n".join(filter(None, (heading(part.title), *cut))))
    row = None if part.quote.strip() or known or part.more else beside(shown, part.buttons)
    found = [row] if row else [*shown, *rows(part.buttons, part.more)]
    return [*_above(part, number), *found] if found else []


def _gathered(parts: Sequence[Section]) -> Iterator[Section]:
    """The same with one menu: what stands beside facts goes to the buttons below them."""
    waiting: tuple[Button, ...] = ()
    for at, part in enumerate(parts):
        if part.buttons:
            yield replace(part, more=(*waiting, *part.more))
            waiting = ()
        elif part.facts and any(each.buttons for each in parts[at + 1 :]):
            waiting += part.more
            yield replace(part, more=())
        else:
            yield part


def _above(part: Section, number: int) -> Iterator[Component]:
    if number and part.title.strip():
        yield separator()
