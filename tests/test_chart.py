"""Charts: any figures become a picture that can be read, and a table with all of them."""

from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chart import WIDTH, svg
from bot.charting import rows_of
from bot.model.chart import Chart, Form, Series
from bot.picture import png

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = st.one_of(st.integers(0, 10**9), st.floats(0, 1e6, allow_nan=False))


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    labels = draw(st.lists(st.text(max_size=40), min_size=1, max_size=40))
    names = draw(st.lists(st.text(max_size=30), min_size=1, max_size=7))
    values = st.tuples(*(FIGURES for _ in labels))
    return Chart(
        name=draw(st.text(max_size=10)),
        form=draw(st.sampled_from(Form)),
        title=draw(st.text(max_size=80)),
        head=draw(st.text(max_size=10)),
        labels=tuple(labels),
        series=tuple(Series(name, draw(values)) for name in names),
        alt=draw(st.text(max_size=200)),
        most=draw(st.sampled_from((0, 100))),
        unit=draw(st.sampled_from(("", "%"))),
    )


@given(charts())
def test_any_figures_become_a_picture_within_its_bounds(chart: Chart) -> None:
    root = ET.fromstring(svg(chart))  # noqa: S314 - our own
    height = float(root.attrib["height"])
    assert {each.tag for each in root} >= {f"{SVG}title", f"{SVG}desc", f"{SVG}rect"}
    assert root.find(".//{*}script") is None
    for each in root.iter(f"{SVG}rect"):
        left, top = (float(each.get(key, 0)) for key in ("x", "y"))
        assert left >= 0
        assert top >= 0
        assert left + float(each.attrib["width"]) <= WIDTH + 0.1
        assert top + float(each.attrib["height"]) <= height + 0.1
    for line in root.iter(f"{SVG}polyline"):
        for point in line.attrib["points"].split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= height


@given(charts())
def test_the_table_has_every_figure(chart: Chart) -> None:
    head, *rows = chart.table()
    assert head == (chart.head, *(each.name for each in chart.series))
    assert [row[0] for row in rows] == list(chart.labels)
    for column, each in enumerate(chart.series, 1):
        assert [row[column] for row in rows] == [chart.told(value) for value in each.values]


@given(charts())
@settings(max_examples=20, deadline=None)
def test_each_of_them_can_be_seen(chart: Chart) -> None:
    shown = png(chart)
    assert shown.startswith(b"\x89PNG")
    assert shown == png(chart)
    assert int.from_bytes(shown[16:20]) == 2 * WIDTH


def test_what_is_drawn_is_told_to_who_cannot_see_it() -> None:
    chart = Chart("kept", Form.BARS, "A <b>", "", ("x",), (Series("n", (1,)),), "93 % & more")
    drawn = svg(chart)
    assert ">A &lt;b&gt;</title>" in drawn
    assert ">93 % &amp; more</desc>" in drawn


def test_a_week_is_told_by_its_days() -> None:
    monday, tuesday = Series("Monday", (1, 5, 0)), Series("Tuesday", (0, 0, 0))
    labels = ("0:00", "1:00", "2:00")
    week = Chart("hours", Form.HEAT, "When", "Hour", labels, (monday, tuesday), "")
    assert rows_of(week) == [
        {"label": "Monday", "told": "6 (1:00: 5)"},
        {"label": "Tuesday", "told": "0"},
    ]
