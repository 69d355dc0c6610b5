"""A report on paper: one page of HTML that needs nothing from elsewhere, and its figures.

Who reads it on a page has the pictures, and below each a table of the same figures.
"""

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from io import StringIO
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bot.chart import svg
from bot.report import Told
from bot.text import Reader, Texts

_ITEM = "- "


def page(told: Told, texts: Texts, reader: Reader) -> str:
    """The report as one file of HTML."""
    return _template().render(
        title=told.title,
        language=reader.language,
        words=[*_blocks(told.text)],
        charts=[(Markup(svg(each)), each) for each in told.charts],  # noqa: S704 - drawn by us
        figures=texts.render("paper.table", reader),
        period=texts.render("paper.period", reader, **told.facts),
    )


def as_csv(told: Told) -> str:
    """The figures of its charts, a row for each: chart, label, what is counted, how many."""
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("chart", "label", "series", "value"))
    for chart in told.charts:
        for each in chart.series:
            for label, value in zip(chart.labels, each.values, strict=True):
                rows.writerow((chart.name, _safe(label), _safe(each.name), f"{value:g}"))
    return out.getvalue()


def as_json(told: Told) -> str:
    """All that it found, as its texts name it, and the tables of its charts."""
    charts = [
        {"name": each.name, "title": each.title, "alt": each.alt, "table": each.table()}
        for each in told.charts
    ]
    whole = {"title": told.title, "figures": told.facts, "charts": charts}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Its paragraphs, lists, and the headings above these."""
    items: list[str] = []
    lines = [*map(str.strip, text.splitlines()), ""]
    for line, below in pairwise(lines):
        if line.startswith(_ITEM):
            items.append(line.removeprefix(_ITEM))
            if not below.startswith(_ITEM):
                yield "list", items
                items = []
        elif line.endswith(":") and below.startswith(_ITEM):
            yield "heading", [line.removesuffix(":")]
        elif line:
            yield "words", [line]


def _safe(words: str) -> str:
    """Words that no program for tables takes for a formula."""
    return f"'{words}" if words[:1] in "=+-@\t" and words else words


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{value!r} is nothing that a report finds")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template("paper.html")
