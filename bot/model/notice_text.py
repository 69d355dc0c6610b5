"""The words of a notice as people write them: what happens, and below it what they can do.

A line may begin with a language, "en: …": from there on it is said in that one. A line "tags: …"
above says by what reports are known to be about it.
"""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from bot.model.fold import fold
from bot.model.notice import Said


class Written(NamedTuple):
    """What somebody wrote, by language."""

    said: Mapping[str, Said]
    tags: tuple[str, ...] = ()


def read_notice(
    text: str,
    languages: Mapping[str, str],
    tags: Collection[str],
    spoken: Callable[[str], str],
) -> Written:
    """Read it; `languages` are known by each folded name, `tags` is what names those.

    What comes before any language is in the one that is `spoken` there.
    """
    parts: dict[str, list[str]] = {"": []}
    known: tuple[str, ...] = ()
    language = ""
    for line in text.replace("\r\n", "\n").splitlines():
        name, colon, rest = line.partition(":")
        if colon and (named := languages.get(fold(name.strip()))):
            language = named
            parts.setdefault(language, []).append(rest.strip())
        elif colon and fold(name.strip()) in tags and not any(parts[""]):
            known = tuple(each.strip(" #") for each in rest.split(",") if each.strip(" #"))
        else:
            parts[language].append(line)
    first = "\n".join(parts.pop("")).strip()
    said = {name: _said("\n".join(lines).strip()) for name, lines in parts.items()}
    if first:
        said = {spoken(first): _said(first)} | said
    return Written({name: each for name, each in said.items() if each.what}, known)


def _said(text: str) -> Said:
    """The first paragraph tells what happens; where there is but one, its first line does.

    Its full stop is left out, since it stands in subjects and lists, too.
    """
    what, _, rest = text.partition("\n\n")
    if not rest.strip():
        what, _, rest = text.partition("\n")
    words = " ".join(what.split())
    return Said(words if words.endswith("...") else words.removesuffix("."), rest.strip())
