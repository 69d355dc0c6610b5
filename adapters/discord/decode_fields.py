"""What of a text from outside can be kept."""

import re

_UNFIT = re.compile("[\x00\ud800-\udfff]")


def fit(text: str) -> str:
    """The text without what no book keeps: halves of characters, and NUL."""
    return text if text.isascii() and "\x00" not in text else _UNFIT.sub("", text)
