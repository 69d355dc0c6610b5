"""Words without accents and case, as people mean them."""

import re
import unicodedata
from itertools import filterfalse

UNSEEN = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Marks that nobody sees, which come along with copied words: within the brackets of a pattern."""

_UNSEEN = re.compile(f"[{UNSEEN}]+")


def fold(text: str) -> str:
    """The text in lower case without accents and marks unseen: "Dirección" is "direccion"."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold()).casefold()  # "𝕬" is an "A" at first
    return _UNSEEN.sub("", "".join(filterfalse(unicodedata.combining, split)))
