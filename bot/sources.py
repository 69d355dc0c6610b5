"""Where each text comes from: a packaged language, another package, or the desk's own folder."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.language import SAID, Folder, TextError, folders

_ADDRESSING = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
Sources = dict[str, dict[str, "Source"]]
"""By language, and by key."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text: its key, its words in the chosen form of address, and the file that holds it.

    `audience` is who reads it: "requester", "agent", "everybody", or "command" for the words of
    commands. `written` is the text as it stands in the file, with both forms of address.
    """

    key: str
    words: str
    file: str
    audience: str
    written: str
    own: bool = False  # the desk's own, from its settings
    package: str = ""  # another one's, that brings it beside the desk


def stacked(
    default: str, *, formal: bool, own: Path | None, whole: bool, beside: Sequence[Folder]
) -> Sources:
    """The texts of every language in alphabetic order; `bot.text.load_texts` says the rest."""
    sources: Sources = {}
    known: dict[str, Source] = {}  # what the desk's own may stand in place of
    for folder in _in_order(folders(own), beside):
        texts = sources.setdefault(folder.language, {})
        for source in _read(folder, formal=formal):
            texts[source.key] = _in_place_of(known, source) if folder.own else _new(texts, source)
        if not folder.own:
            known = texts | known
    if default not in sources:
        raise TextError(f"the desk has no texts in '{default}': it speaks {', '.join(sources)}")
    if whole:
        _whole(sources, known)
    return dict(sorted(sources.items()))


def addressed(written: str, *, formal: bool) -> str:
    """A text in the one or the other form of address."""
    return _ADDRESSING.sub(r"\2" if formal else r"\1", written)


def _in_order(found: Sequence[Folder], beside: Sequence[Folder]) -> list[Folder]:
    """The packaged folders, those of packages in languages that are spoken, and the desk's own."""
    spoken = {each.language for each in found}
    return [
        *(each for each in found if not each.own),
        *(each for each in beside if each.language in spoken),
        *(each for each in found if each.own),
    ]


def _whole(sources: Sources, known: Mapping[str, Source]) -> None:
    """Refuse a language that can't say all there is to say."""
    for language, texts in sources.items():
        lacking = known.keys() - texts.keys()
        for key in sorted(lacking):
            if package := known[key].package:
                what = f"{package} brings '{key}', and not in '{language}'"
                raise TextError(f"{what}: it must, or texts of your own")
        if lacking and all(source.own for source in texts.values()):
            what = f"{len(lacking)} texts are missing in '{language}', '{min(lacking)}' for one"
            raise TextError(f"{what}; `deskmate texts check` names them all")


def _new(texts: Mapping[str, Source], source: Source) -> Source:
    """A package's text, which isn't there yet: only the desk's own stand in place of others."""
    if source.package and source.audience not in SAID:
        what = f"texts stand in {', '.join(f'{each}.toml' for each in SAID)}"
        raise TextError(f"{source.file}: {what}; {source.package} must put them there")
    if source.package and source.key in texts:
        what = f"'{source.key}' is there already; {source.package} must call it otherwise"
        raise TextError(f"{source.file}: {what}")
    return source


def _in_place_of(known: Mapping[str, Source], source: Source) -> Source:
    """A text of the desk's own, for the audience of the one it replaces, whatever file holds it."""
    if source.key not in known:
        raise TextError(f"{source.file}: there is no text '{source.key}' to replace")
    return replace(source, audience=known[source.key].audience)


def _read(folder: Folder, *, formal: bool) -> Iterator[Source]:
    for name, file, table in folder.tables():
        for key, words in _leaves(table, file):
            said = addressed(words, formal=formal)
            yield Source(key, said, file, name, words, folder.own, folder.package)


def _leaves(table: Mapping[str, object], file: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, file, f"{prefix}{name}.")
        elif isinstance(value, str):
            yield f"{prefix}{name}", value
        else:
            what = f"'{prefix}{name}' is {value!r}: a text is a string in quotes"
            raise TextError(f"{file}: {what}")
