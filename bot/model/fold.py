"""Words without accents and case, as people mean them."""

import unicodedata
from itertools import filterfalse


def fold(text: str) -> str:
    """The text in lower case without accents: "Dirección" becomes "direccion"."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold()).casefold()  # "𝕬" is an "A" at first
    return "".join(filterfalse(unicodedata.combining, split))
