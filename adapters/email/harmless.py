"""HTML mail made safe to show in a page."""

import html
from collections import Counter

import nh3

from adapters.email.hypertags import HEAD, VOID
from adapters.email.hypertext import lines

_SHOWN = 1_500_000  # characters of HTML that are cleaned; more is shown as text
_WORK = 3_000_000  # tags by depth: what the cleaner's tree may cost


def clean(markup: str) -> str:
    """HTML that is safe to show: no script, style, form or remote picture; cid: ones stay."""
    tags, depth = _cost(markup)
    if len(markup) > _SHOWN or tags * depth > _WORK:
        said = "\n".join(line.text for line in lines(markup)[0])
        return f"<pre>{html.escape(said[:_SHOWN])}</pre>"
    return nh3.clean(
        markup, url_schemes={"http", "https", "mailto", "tel", "cid"}, attribute_filter=_allowed
    )


def _allowed(element: str, attribute: str, value: str) -> str | None:
    """A remote picture tells its sender who reads; one that came with the mail doesn't."""
    if element == "img" and attribute == "src" and not value.lower().startswith("cid:"):
        return None
    return value


def _cost(markup: str) -> tuple[int, int]:
    """How many tags, and how many stand open at once at most."""
    stands: Counter[str] = Counter()
    count = depth = deepest = 1
    for match in HEAD.finditer(markup):
        name = match[2].lower()
        count += 1
        if not match[1] and name not in VOID:
            stands[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif match[1] and stands[name]:
            stands[name] -= 1
            depth -= 1
    return count, deepest
