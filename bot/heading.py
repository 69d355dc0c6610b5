"""What stands above an article, by every word for it: its language, and for whom it is."""

from collections.abc import Mapping
from dataclasses import replace

from bot.model.article import Article, Readership
from bot.model.fold import fold
from bot.model.front_matter import Written
from bot.model.refused import Refused
from bot.text import Texts

_KEYS = ("title", "tags", "language", "audience", "links", "review", "translates")


def keys_of(texts: Texts) -> Mapping[str, str]:
    """What may stand above an article, by each folded word for it in any language."""
    return {
        fold(word): name
        for name in _KEYS
        for language in texts.languages
        for word in (name, *texts.words(f"article_key.{name}", language))
    }


def heading_of(texts: Texts, article: Article, read: Written) -> Article:
    """The article in the language and for the readers that are named. Raises `Refused`."""
    if read.language:
        language = texts.language_named(read.language)
        if language is None:
            known = [texts.words("language_names.own", each)[0] for each in texts.languages]
            raise Refused("refused.no_such_language", value=read.language, people=known).at("text")
        article = replace(article, language=language)
    if read.audience:
        article = replace(article, readership=_readership(texts, read.audience))
    return article


def _readership(texts: Texts, said: str) -> Readership:
    for each in Readership:
        known = (texts.words(f"readership.{each}", language) for language in texts.languages)
        if fold(said) in {fold(word) for words in known for word in (*words, each.value)}:
            return each
    names = [texts.words(f"readership.{each}", texts.default)[0] for each in Readership]
    raise Refused("refused.article_audience", value=said, people=names).at("text")
