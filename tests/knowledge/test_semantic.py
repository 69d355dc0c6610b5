"""Articles by what they mean as a whole: with a made-up model, and with the real one."""

import math

import pytest

from bot.explaining import explained
from bot.knowledge import Engine

np = pytest.importorskip("numpy", reason="the extra deskmate[semantic] isn't installed")
semantic = pytest.importorskip(
    "bot.knowledge.semantic", reason="deskmate[semantic] isn't installed"
)

PAPER = {"title": "Clear a paper jam", "body": "Pull the sheet out.", "language": "en"}
VPN = {"title": "Conectarse a la VPN", "body": "Pulsa Conectar.", "language": "es"}
LEAVE = {"title": "Ask for a day off", "body": "Write to your lead.", "language": "en"}


class Angles:
    """Texts are points on a circle, by their number of letters e; each language has its side."""

    def query(self, texts):
        return np.array([self._at(each) for each in texts])

    passage = query

    def _at(self, text):
        angle = text.lower().count("e") / 5
        return np.array([math.cos(angle), math.sin(angle), 1.0]) / math.sqrt(2)


def indexed(*documents):
    found = semantic.Semantic(Angles())
    for index, document in enumerate(documents):
        found.put(index, document)
    found.settled()
    return found


def test_articles_come_and_go():
    found = indexed(PAPER, LEAVE)
    assert set(found.likeness("e", "en")) <= {0, 1}
    found.remove(0)
    found.settled()
    assert set(found.likeness("e", "en")) <= {1}
    assert indexed().likeness("e", "en") == {}


def test_likeness_is_sound_whatever_is_asked():
    found = indexed(PAPER, VPN, LEAVE)
    for asked in ("", " ", "eeee", "ñ" * 5000, "😀", "e" * 30):
        for language in ("en", "es", "fr", ""):
            alike = found.likeness(asked, language)
            assert all(0 < each <= 1.0001 for each in alike.values())


def test_what_is_said_otherwise_is_found_in_either_language():
    engine = Engine((PAPER, VPN, LEAVE), beside=semantic.Semantic())
    engine.settled()
    assert engine.search("a sheet is stuck in the copier", 1)[0][0] == 0
    assert engine.search("I want some vacation tomorrow", 1)[0][0] == 2
    assert engine.search("how do I get into the network from my sofa", 3, language="en")
    assert 0.0 <= engine.confidence("vacation") <= 1.0


def test_it_is_told_how_alike_the_model_finds_each():
    engine = Engine((PAPER, VPN, LEAVE), beside=semantic.Semantic(Angles()))
    engine.settled()
    why = engine.why("eee", language="en")
    assert [each.words for each in why.beside] == [None] * len(why.matches)
    rows = explained(why, {each.index: {} for each in why.matches})["rows"]
    assert max(row["alike"] for row in rows) > 0
    assert not any(row["translated"] for row in rows)
