"""The picture of a chart as PNG, for mails and chats: its SVG, in letters of our own."""

from functools import lru_cache
from pathlib import Path

import resvg_py

from bot.chart import svg
from bot.model.chart import Chart

_SHARPNESS = 2  # dots for each point: screens that show fine print, too
_FONTS = [str(path) for path in sorted((Path(__file__).parent / "fonts").glob("*.otf"))]


@lru_cache(maxsize=32)  # a report goes to several readers
def png(chart: Chart) -> bytes:
    """The picture, 1280 wide; the same bytes for the same chart."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg(chart),
            zoom=_SHARPNESS,
            skip_system_fonts=True,
            font_files=_FONTS,
            sans_serif_family="Inter",
        )
    )
