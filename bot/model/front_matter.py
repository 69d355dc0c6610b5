"""The text of an article as people write it: what stands above it, its title, and the rest.

Above it stand lines like "tags: vpn, home", or YAML between two lines of "---", as in Markdown
files everywhere. The title is said there, or it is the first heading, or the first line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml

from bot.model.fold import fold

_FENCE = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENED = re.compile(r"-{3,}\s*(?:\n|\Z)")
_LINE = re.compile(r"([^\W\d_][\w -]{0,20}?)\s*:\s*(.+)")
_HEADING = re.compile(r"#{1,3}\s+(.+?)\s*#*\s*\Z")
_UNKEPT = re.compile("[\0\ud800-\udfff]")  # which no book keeps
_COLON = re.compile(r"(.{3,150}?):\s+(.+)", re.DOTALL)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody wrote; "" and () for what isn't said."""

    title: str
    text: str
    language: str = ""
    tags: tuple[str, ...] = ()
    audience: str = ""
    links: tuple[str, ...] = ()
    review: date | None = None
    translates: str = ""


def read_article(text: str, keys: Mapping[str, str]) -> Written:
    """Read an article; `keys` names what may stand above it by each folded word for that.

    What else stands in YAML is left to others. Raises `ValueError` with the line that can't be
    read; so is one of "---" with no end, lest what it says of the readers go unheard.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").strip()
    found = _FENCE.match(text)
    if found:
        above, rest = _yaml(found[1], keys), text[found.end() :]
    elif _OPENED.match(text):
        raise ValueError(text.partition("\n")[0])
    else:
        above, rest = _lines(text, keys)
    title, body = _titled(rest.strip(), " ".join(str(above.get("title", "")).split()))
    return Written(
        title=title,
        text=body,
        language=str(above.get("language", "")).strip(),
        tags=_list(above.get("tags")),
        audience=str(above.get("audience", "")).strip(),
        links=_list(above.get("links")),
        review=_day(above.get("review")),
        translates=str(above.get("translates", "")).strip(),
    )


def _yaml(words: str, keys: Mapping[str, str]) -> dict[str, Any]:
    try:
        table = yaml.safe_load(words) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        lines = words.splitlines()
        raise ValueError(lines[min(mark.line, len(lines) - 1)] if mark else words[:60]) from error
    except RecursionError as error:
        raise ValueError(words[:60]) from error
    if not isinstance(table, dict):
        raise ValueError(words.splitlines()[0])  # noqa: TRY004 - a fault of who wrote it
    known = ((keys.get(fold(str(key))), value) for key, value in table.items())
    return {key: _plain(value) for key, value in known if key is not None and value is not None}


def _plain(value: Any) -> Any:
    """A word, or a list of words; of lists within lists a few lines could make a million words."""
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, str | int | float | date | None):
            raise ValueError(type(each).__name__)  # noqa: TRY004 - a fault of who wrote it
        if found := _UNKEPT.search(str(each)):
            raise ValueError(ascii(found[0]))
    return value


def _lines(text: str, keys: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """The lines above that are known, and what follows the first that isn't."""
    lines = text.splitlines()
    above: dict[str, Any] = {}
    while lines:
        found = _LINE.fullmatch(lines[0].strip())
        key = keys.get(fold(found[1])) if found else None
        if found is None or key is None:
            break
        above[key] = found[2].strip()
        lines.pop(0)
    return above, "\n".join(lines)


def _titled(rest: str, title: str) -> tuple[str, str]:
    """The title and what is below it; a heading that says the title again is left out."""
    first, _, below = rest.partition("\n")
    heading = _HEADING.fullmatch(first.strip())
    if title:
        again = heading is not None and fold(heading[1]) == fold(title)
        return title, below.strip() if again else rest
    if heading is None and not below.strip() and (parted := _COLON.fullmatch(first)):
        return parted[1].strip(), parted[2].strip()
    return (heading[1] if heading else first.strip().rstrip(":")), below.strip()


def _list(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    each = value if isinstance(value, list) else str(value).split(",")
    return tuple(dict.fromkeys(word for one in each if (word := str(one).strip())))


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    found = _DAY.fullmatch(str(value).strip())
    try:
        return date(*map(int, found.groups())) if found else _wrong(value)
    except ValueError:
        return _wrong(value)


def _wrong(value: object) -> date:
    raise ValueError(str(value))
