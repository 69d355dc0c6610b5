"""Articles in the language that they are missing, as a program translates them.

The program is Apertium with its pair English-Spanish (Debian: apertium-eng-spa), by rules and on
this machine. Nobody reads what it makes: articles are found by it.
"""

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock

import structlog

from bot.knowledge.aside import Aside
from bot.knowledge.shelf import Document, Shelf
from bot.knowledge.wordbook import Wordbook

PROGRAM = "apertium"
_PAIRS = {"en": ("es", "eng-spa"), "es": ("en", "spa-eng")}
_PARTS = ("title", "tags", "body")
_BETWEEN = "\n\n=====\n\n"  # passes the program as it is
_AT_ONCE = 50  # articles: it takes longer to start than to translate one
_PATIENCE = 120  # s

log = structlog.get_logger(__name__)


class Translated:
    """`bot.knowledge.beside.Beside`: how well the translation of an article fits.

    Articles that have translations of people's making need none.
    """

    counts = 0.3

    def __init__(self, words: Wordbook, program: str = PROGRAM) -> None:
        self._shelf = Shelf(words)
        self._program = program
        self._waiting: dict[int, Document] = {}
        self._lock = Lock()
        self._aside = Aside("translated")

    def put(self, index: int, document: Document) -> None:
        """Have an article translated, in place of the one of this index."""
        self.remove(index)
        if document.get("language") in _PAIRS and not document.get("translates"):
            with self._lock:
                self._waiting[index] = document
            self._aside.want(self._translate)

    def remove(self, index: int) -> None:
        """Forget an article."""
        with self._lock:
            self._waiting.pop(index, None)
            self._shelf.remove(index)

    def likeness(self, query: str, language: str) -> Mapping[int, float]:
        """How well each translation fits, about 1 for one that has all that the question says."""
        with self._lock:
            return self._shelf.scores(self._shelf.question(query, language)).every

    def words(self, query: str, language: str, index: int) -> tuple[str, ...]:
        """The words of a question that the translation of an article has."""
        with self._lock:
            shared = self._shelf.shared(self._shelf.question(query, language), index)
        return tuple(dict.fromkeys(each for part in _PARTS for each in shared[part]))

    def settled(self) -> None:
        """Wait until all that was put is translated."""
        self._aside.settled()

    def _translate(self) -> None:
        """Translate some of those that wait, and keep those that are still wanted."""
        with self._lock:
            language = next((str(x["language"]) for x in self._waiting.values()), "")
            own = [x for x in self._waiting.items() if x[1]["language"] == language][:_AT_ONCE]
        if not own:
            return
        made = self._made([document for _, document in own], *_PAIRS[language])
        with self._lock:
            for (index, document), translation in zip(own, made, strict=False):
                if self._waiting.get(index) is document:
                    self._shelf.put(index, translation)
            for index, document in own:
                if self._waiting.get(index) is document:
                    del self._waiting[index]

    def _made(self, documents: Sequence[Document], language: str, pair: str) -> list[Document]:
        """Their translations in this order; none, and it is logged, where the program fails."""
        texts = [_plain(document.get(part)) for document in documents for part in _PARTS]
        try:
            said = self._run(pair, _BETWEEN.join(texts))
        except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
            log.warning("articles can't be translated", program=self._program, exc_info=True)
            return []
        parts = said.split(_BETWEEN.strip())
        if len(parts) == len(texts):
            rows = zip(*[iter(map(str.strip, parts))] * len(_PARTS), strict=True)
            return [
                {"title": title, "tags": tags.split(", "), "body": body, "language": language}
                for title, tags, body in rows
            ]
        if len(documents) > 1:  # one of them has such a line itself
            return [made for each in documents for made in self._made([each], language, pair)]
        return [{"title": texts[0], "body": said, "language": language}]

    def _run(self, pair: str, text: str) -> str:
        """What the program makes of a text; words that it doesn't know stay as they are."""
        ran = subprocess.run(  # noqa: S603 - by a list, and the text is read as text
            [self._program, "-u", pair],
            input=text.encode(),
            capture_output=True,
            check=True,
            timeout=_PATIENCE,
        )
        return ran.stdout.decode()


def _plain(part: object) -> str:
    """A part of an article as text: tags are several."""
    if isinstance(part, str) or not isinstance(part, Iterable):
        return str(part or "")
    return ", ".join(map(str, part))
