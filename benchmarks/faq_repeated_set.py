"""What people ask a desk again and again, as they write it, in Spanish and English.

Written for measuring, and worded as people word it: many say almost the same, some oddly. Each file
in `benchmarks/faq/repeated` is a matter: its article in each language, and who asks for it, a line
each. `out.txt` holds what no article answers.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.faq_set import Article

FOLDER = Path(__file__).parent / "faq" / "repeated"
LANGUAGES = ("es", "en")
TAUGHT = 20  # of the questions of a matter in a language; by the others is measured
_ARTICLE, _ASKED = "= ", "? "
_OUT = "out"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks; `matter` names the file whose article answers it, "" for none."""

    text: str
    language: str
    matter: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: its article by language, and its questions."""

    name: str
    articles: dict[str, Article]
    asked: tuple[Asked, ...]

    def questions(self, language: str) -> list[Asked]:
        """Those in a language, mixed the same way each time."""
        own = [each for each in self.asked if each.language == language]
        Random(3).shuffle(own)  # noqa: S311 - it only mixes questions
        return own


@cache
def matters() -> tuple[Matter, ...]:
    """All matters that an article answers, in the order of their names."""
    return tuple(_read(each) for each in sorted(FOLDER.glob("*.txt")) if each.stem != _OUT)


def others() -> list[Asked]:
    """What no article answers."""
    return [Asked(each.text, each.language, "") for each in _read(FOLDER / "out.txt").asked]


def _read(file: Path) -> Matter:
    """A matter by its file: titles are marked, bodies stand below, and so do questions."""
    articles: dict[str, Article] = {}
    asked: list[Asked] = []
    title = language = ""
    for line in file.read_text("utf-8").splitlines():
        if line.startswith(_ARTICLE):
            language, _, title = line.removeprefix(_ARTICLE).partition(": ")
        elif line.startswith(_ASKED):
            language, title = line.removeprefix(_ASKED), ""
        elif title:
            articles[language] = Article(file.stem, language, title, line, (), "")
        else:
            asked.append(Asked(line, language, file.stem))
    return Matter(file.stem, articles, tuple(asked))
