"""Draws a chart as SVG: no script, no font from elsewhere, one colour, for light and dark pages."""

import re
from collections.abc import Callable, Iterator, Mapping
from math import ceil, log10
from xml.sax.saxutils import escape

from bot.model.chart import Chart, Form, Series

WIDTH = 640
_EDGE = 24
_TOP = 56  # below the title
_ROW = 32  # of bars
_LABELS = 180  # the column of their labels
_FIGURES = 76  # of what stands behind a bar
_PLOT = 170  # how high lines are drawn
_CELL = 22
_DAYS = 92  # the column of a strip's label
_LETTER = 0.56  # the usual width of a letter, by its size
_TICKS = 8  # labels below lines, at most

_PAPER, _INK, _QUIET, _RULE, _ACCENT = "#ffffff", "#1e252c", "#5a646e", "#dfe4e9", "#0b5a7d"
_SECOND = "#8a97a3"
_DARK = {
    "paper": "#1d2329",
    "ink": "#e4e8ec",
    "quiet": "#a9b3bd",
    "rule": "#343d46",
    "accent": "#83c5e6",
    "second": "#77838e",
}
_FONT = "Inter,system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg(chart: Chart) -> str:
    """The picture, 640 wide; whoever can't see it is told its title and `alt`."""
    drawn = [_text(_EDGE, 34, chart.title, size=17, weight=600), *_FORMS[chart.form](chart)]
    height = _HEIGHTS[chart.form](chart)
    ids = f"{_plain(chart.name)}-title {_plain(chart.name)}-desc"
    title, desc = ids.split()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-labelledby="{ids}" font-family="{_FONT}">'
        f'<title id="{title}">{_written(chart.title)}</title>'
        f'<desc id="{desc}">{_written(chart.alt)}</desc>{_style()}'
        f'<rect class="paper" width="{WIDTH}" height="{height}" rx="8" fill="{_PAPER}"/>'
        f"{''.join(drawn)}</svg>"
    )


def _style() -> str:
    """What changes on a dark page; whoever doesn't know of such pages leaves it out."""
    rules = (f".{name}{{fill:{tint}}}.{name}-line{{stroke:{tint}}}" for name, tint in _DARK.items())
    return f"<style>@media (prefers-color-scheme:dark){{{''.join(rules)}}}</style>"


def _bars(chart: Chart) -> Iterator[str]:
    """A bar for each label; of several series, all of a label stand together."""
    left, room = _EDGE + _LABELS, WIDTH - 2 * _EDGE - _LABELS - _FIGURES
    top = _most(chart)
    for at, row in enumerate(_rows(chart)):
        label, which, value = row
        y = _TOP + at * _ROW
        yield _text(left - 12, y + 20, _short(label, _LABELS - 12, 14), anchor="end")
        yield _rect(left, y + 6, room, 20, "rule", _RULE, radius=4)
        if value > 0:
            length = max(room * min(value / top, 1), 3)
            tint = ("accent", _ACCENT) if not which else ("second", _SECOND)
            yield _rect(left, y + 6, length, 20, *tint, radius=4)
        yield _text(left + room + 10, y + 21, chart.told(value), weight=600)


def _rows(chart: Chart) -> Iterator[tuple[str, int, float]]:
    for at, label in enumerate(chart.labels):
        for which, each in enumerate(chart.series):
            yield ("" if which else label), which, each.values[at]


def _lines(chart: Chart) -> Iterator[str]:
    """A line for each series, the first in the one colour; named above."""
    left, room = _EDGE + 36, WIDTH - 2 * _EDGE - 48
    top, bottom, most = _TOP + 28, _TOP + 28 + _PLOT, _most(chart)
    for part in (0, 0.5, 1):
        y = bottom - part * _PLOT
        yield f'<path class="rule-line" d="M{left} {y:g}H{left + room}" stroke="{_RULE}"/>'
        yield _quiet(left - 8, y + 4, chart.told(most * part), anchor="end")
    places = [left + room * at / max(len(chart.labels) - 1, 1) for at in range(len(chart.labels))]
    step = ceil(len(chart.labels) / _TICKS) or 1
    for at in range(0, len(places), step):
        yield _quiet(places[at], bottom + 20, _short(chart.labels[at], 72, 12), anchor="middle")
    x: float = left
    for which, each in reversed([*enumerate(chart.series)]):
        tint = ("second", _SECOND) if which else ("accent", _ACCENT)
        yield from _line(each, places, (top, bottom, most), tint)
    for which, each in enumerate(chart.series):
        tint = ("second", _SECOND) if which else ("accent", _ACCENT)
        name = _short(each.name, 120, 13)
        if x + 20 + _LETTER * 13 * len(name) > left + room:
            break
        yield _rect(x, _TOP + 1, 14, 4, *tint, radius=2)
        yield _quiet(x + 20, _TOP + 7, name)
        x += 44 + _LETTER * 13 * len(name)


def _line(
    series: Series, places: list[float], scale: tuple[int, int, float], tint: tuple[str, str]
) -> Iterator[str]:
    top, bottom, most = scale
    ys = [bottom - (bottom - top) * min(max(each, 0) / most, 1) for each in series.values]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(places, ys, strict=True))
    yield (
        f'<polyline class="{tint[0]}-line" points="{points}" fill="none" stroke="{tint[1]}" '
        'stroke-width="2.5" stroke-linejoin="round" stroke-linecap="round"/>'
    )
    for x, y in [*zip(places, ys, strict=True)][-1:]:
        yield f'<circle class="{tint[0]}" cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{tint[1]}"/>'


def _heat(chart: Chart) -> Iterator[str]:
    """A strip for each series, a cell for each label; the darkest is where there is most."""
    left, most = _EDGE + _DAYS, _most(chart)
    room = (WIDTH - _EDGE - left) / max(len(chart.labels), 1)
    for row, each in enumerate(chart.series):
        y = _TOP + row * (_CELL + 3)
        yield _text(left - 12, y + 16, _short(each.name, _DAYS - 12, 14), anchor="end")
        for at, value in enumerate(each.values):
            x, share = left + at * room, min(max(value, 0) / most, 1)
            yield _rect(x, y, room - 3, _CELL, "rule", _RULE, radius=3)
            if share:
                tint = f'fill-opacity="{0.15 + 0.85 * share:.2f}"'
                yield _rect(x, y, room - 3, _CELL, "accent", _ACCENT, radius=3, more=tint)
    below = _TOP + len(chart.series) * (_CELL + 3) + 15
    for at in range(0, len(chart.labels), max(len(chart.labels) // _TICKS, 1)):
        x = left + at * room + (room - 3) / 2
        yield _quiet(x, below, _short(chart.labels[at], 60, 12), anchor="middle")


def _most(chart: Chart) -> float:
    """The end of the scale: a round figure that none is above."""
    if chart.most:
        return chart.most
    top = max((value for each in chart.series for value in each.values), default=0)
    if chart.form is not Form.LINES or top <= 0:
        return max(top, 1)
    unit = 10.0 ** int(log10(max(top, 1)))
    ends = (step * unit for step in (1, 2, 3, 4, 5, 6, 8, 10, 20))
    return next(end for end in ends if end >= top and not end % 2)  # half of it is a figure, too


def _short(words: str, room: float, size: int) -> str:
    """As much of it as there is room for."""
    most = int(room / (_LETTER * size))
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _quiet(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    return _text(x, y, words, size=12, anchor=anchor, tint=("quiet", _QUIET))


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 14,
    weight: int = 400,
    anchor: str = "start",
    tint: tuple[str, str] = ("ink", _INK),
) -> str:
    return (
        f'<text class="{tint[0]}" x="{x:.1f}" y="{y:.1f}" font-size="{size}" '
        f'font-weight="{weight}" text-anchor="{anchor}" fill="{tint[1]}">{_written(words)}</text>'
    )


def _rect(
    x: float,
    y: float,
    width: float,
    height: float,
    name: str,
    tint: str,
    *,
    radius: int,
    more: str = "",
) -> str:
    return (
        f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:g}" '
        f'rx="{radius}" fill="{tint}" {more}/>'
    )


def _written(words: str) -> str:
    return escape(_UNWRITABLE.sub("", words))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9_-]", "-", name.lower()) or "chart"


_FORMS: Mapping[Form, Callable[[Chart], Iterator[str]]] = {
    Form.BARS: _bars,
    Form.LINES: _lines,
    Form.HEAT: _heat,
}
_HEIGHTS: Mapping[Form, Callable[[Chart], int]] = {
    Form.BARS: lambda chart: _TOP + _ROW * len(chart.labels) * len(chart.series) + 16,
    Form.LINES: lambda _: _TOP + 28 + _PLOT + 38,
    Form.HEAT: lambda chart: _TOP + (_CELL + 3) * len(chart.series) + 34,
}
