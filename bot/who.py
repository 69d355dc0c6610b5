"""How commands name people besides their names: "me", "to Hugo", "Ana Ruiz <ana@example.org>"."""

import re

from bot.model.fold import fold
from bot.text import Texts

ADDRESSED = re.compile(  # ana@example.org, or Ana Ruiz <ana@example.org>
    r"(?P<name>[^<>@\n]{1,60}(?=<))?(?:mailto:)?<?(?P<address>[^\s<>@:]+@[^\s<>@]+\.[^\s<>@,;:.]+)"
    r"[>,;:.]*(?=\s|$)"
)


def myself(texts: Texts) -> set[str]:
    """What people call themselves, in every language."""
    return _folded(texts, "myself.words")


def without_joint(texts: Texts, words: str) -> str:
    """The words without one that joins a name to its command: "a Hugo", "to Hugo"."""
    first, _, rest = words.partition(" ")
    return rest.lstrip() if rest and fold(first) in _folded(texts, "toward.words") else words


def _folded(texts: Texts, key: str) -> set[str]:
    return {fold(each) for language in texts.languages for each in texts.words(key, language)}
