"""What a language is: a folder in `bot/texts` that holds all the desk needs to speak it.

A desk's own folder of that name stands over it; one of another name brings a language more.
"""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

SAID = ("requester", "agent", "everybody", "command")  # files of texts, by who reads them
HEARD, TRIAGE, CONCEPTS, VOICE, SAMPLES = "heard", "triage", "concepts", "voice", "samples"
WORDS = (HEARD, TRIAGE, CONCEPTS, VOICE, SAMPLES)  # files that hold no texts
_ADDED = {HEARD: " ", TRIAGE: " ", CONCEPTS: ", "}  # what stands between words and a desk's own
PURPOSES = "files"  # what each of them is for, in a file for all languages


class TextError(Exception):
    """A file of the desk's own that can't be used: the file, the key and the mend."""


class Folder(NamedTuple):
    """One folder of a language: the packaged one, the desk's own, or another package's."""

    language: str
    place: Traversable
    own: bool
    package: str = ""  # that brings it beside the desk

    def tables(self, *names: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """The files of these names that there are: name, path and what stands in it.

        Without names every file of texts, whatever it is called. Raises `TextError` for one that
        is no TOML.
        """
        for file in sorted(self.place.iterdir(), key=lambda each: each.name):
            name, _, kind = file.name.rpartition(".")
            if kind == "toml" and (name in names if names else name not in WORDS):
                yield name, str(file), read(file)


def folders(own: Path | None = None) -> list[Folder]:
    """The folders of the languages, the packaged ones first. Raises `TextError` for a bad `own`."""
    if own is not None and not own.is_dir():
        raise TextError(f"{own}: no such folder; make it, or leave out desk.texts")
    if own is not None and (stray := next(iter(sorted(own.glob("*.toml"))), None)):
        raise TextError(
            f"{stray}: it stands in no language's folder; move it into {own / 'en'}, say"
        )
    packaged = within(packaged_texts())
    return packaged if own is None else packaged + within(own, own=True)


def within(place: Traversable, package: str = "", *, own: bool = False) -> list[Folder]:
    """The languages of a folder in alphabetic order; what is private or hidden is none."""
    names = sorted(each.name for each in place.iterdir() if each.is_dir())
    return [Folder(name, place / name, own, package) for name in names if name[0] not in "_."]


def tables(name: str, own: Path | None = None) -> dict[str, dict[str, Any]]:
    """What stands in the file `name` of each language that has one, the desk's own over it.

    By its own words a desk understands more, so those are added; else a value stands in place of
    the packaged one.
    """
    found: dict[str, dict[str, Any]] = {}
    for folder in folders(own):
        for _, _, table in folder.tables(name):
            below = found.get(folder.language, {})
            found[folder.language] = _over(below, table, _ADDED.get(name))
    return found


def shared(name: str) -> dict[str, Any]:
    """What stands in the file `name` beside the languages: for all of them."""
    return read(packaged_texts() / f"{name}.toml")


def unlike(
    table: Mapping[str, Any], model: Mapping[str, Any], depth: int, prefix: str = ""
) -> Iterator[tuple[str, str]]:
    """The keys at which a table of one language isn't like another's, and what is wrong there.

    Names are compared as deep as `depth` tables.
    """
    for name in sorted({*table, *model}):
        key = f"{prefix}{name}"
        value, other = table.get(name), model.get(name)
        if value is None:
            yield key, "it is missing in this language"
        elif other is None:
            yield key, "nothing is called that"
        elif _kind(value) != _kind(other):
            yield key, f"it must be a {_kind(other)}"
        elif isinstance(other, Mapping) and depth > 1:
            yield from unlike(value, other, depth - 1, f"{key}.")
        elif other and not value:
            yield key, "it is empty"


def _kind(value: object) -> str:
    kinds = {str: "string", list: "list", dict: "table", int: "number", float: "number"}
    return kinds.get(type(value), "date")


def packaged_texts() -> Traversable:
    """The folder of the packaged languages."""
    return files("bot") / "texts"


def read(file: Traversable) -> dict[str, Any]:
    """A file of TOML. Raises `TextError` with its name when it can't be read."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TextError(f"{file}: {error}") from error


def _over(below: Mapping[str, Any], above: Mapping[str, Any], adding: str | None) -> dict[str, Any]:
    """The one table over the other; the words of both where something stands between them."""
    merged = dict(below)
    for name, value in above.items():
        match below.get(name), value:
            case Mapping() as known, Mapping():
                merged[name] = _over(known, value, adding)
            case list() as known, list() if adding is not None:
                merged[name] = known + value
            case str() as known, str() if adding is not None:
                merged[name] = f"{known}{adding}{value}"
            case _:
                merged[name] = value
    return merged
