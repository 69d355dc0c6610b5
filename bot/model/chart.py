"""A chart: figures that are seen as a picture, read as a table, and said in one sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """As what a chart is drawn."""

    BARS = "bars"  # one below the other, each with its label
    LINES = "lines"  # over time
    HEAT = "heat"  # a strip of cells for each series, darker where there is more


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one kind, one for each label of their chart; none is below 0."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures by their labels; `alt` says in one sentence what the picture shows."""

    name: str  # by which it is told from others: "volumes"
    form: Form
    title: str
    head: str  # what the labels are: "Day"
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    most: float = 0  # the end of the scale, where figures have one: 100
    unit: str = ""  # behind each figure: "%"

    def told(self, value: float) -> str:
        """A figure as people read it."""
        figure = f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"
        return f"{figure} {self.unit}" if self.unit else figure

    def table(self) -> tuple[tuple[str, ...], ...]:
        """The same figures in rows, the first of which says what the columns are."""
        head = (self.head, *(each.name for each in self.series))
        columns = [[self.told(value) for value in each.values] for each in self.series]
        return (head, *zip(self.labels, *columns, strict=True))
