"""The gist of a question: what it means where that is known, else the stems of its words."""

from bot.knowledge.wordbook import Wordbook


def gist(book: Wordbook, text: str, language: str) -> frozenset[str]:
    """The terms by which questions are alike, in whatever language and words they are asked."""
    said = book.stems(text, language)
    known = book.concepts.get(language, {})
    longest = max(map(len, known), default=0)
    found: set[str] = set()
    at = 0
    while at < len(said):
        phrases = (tuple(said[at : at + size]) for size in range(longest, 0, -1))
        phrase = next((each for each in phrases if each in known), None)
        found.add(min(known[phrase]) if phrase else said[at])
        at += len(phrase) if phrase else 1
    return frozenset(found)
