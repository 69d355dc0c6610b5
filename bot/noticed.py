"""Notices as the desk reads, shows and recognises them."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from bot.command import Call
from bot.desk import Desk
from bot.ear import Ear
from bot.model.fold import fold
from bot.model.notice import PREFIX, Affected, Notice
from bot.model.notice_text import Written, read_notice
from bot.model.refused import Refused
from bot.model.secret import MARK
from bot.model.stamp import beginning
from bot.model.terms import terms
from bot.text import Reader, Texts
from bot.whom import called
from bot.wording import Facts
from bot.works import work_facts

_REFERENCE = re.compile(rf"\[?{PREFIX}[-\u2010\u2011](\d{{1,9}})\]?[:,]?(?:\s+|$)", re.IGNORECASE)
_NAMED = 40  # characters by which one is told from others
LONGEST = 150  # characters that say what happens


def written(call: Call, text: str, spoken: str = "") -> Written:
    """The words of a notice by language, as somebody wrote them. Raises `Refused`."""
    texts = call.desk.texts
    languages = {
        fold(word): language
        for language in texts.languages
        for word in (language, *texts.words("language_names.own", language))
    }
    tags = {fold(x) for each in texts.languages for x in texts.words("article_key.tags", each)}

    def heard(words: str) -> str:
        return spoken or call.desk.ear.languages.detect(words) or call.reader.language

    read = read_notice(text, languages, {"tags", *tags}, heard)
    if MARK.search(text):
        raise Refused("refused.article_secret").at("text")
    if not read.said:
        raise Refused("refused.notice_empty").at("text")
    if any(len(each.what) > LONGEST for each in read.said.values()):
        raise Refused("refused.notice_long", limit=LONGEST).at("text")
    return read


def taken_notice(call: Call, words: str, *, required: bool) -> tuple[Notice | None, str]:
    """The notice that words begin with, else the only one that goes on. Raises `Refused`."""
    found = _REFERENCE.match(words.strip())
    if found:
        notice = call.work.notices.get(int(found[1]))
        if notice is None:
            raise _unknown(call, f"{PREFIX}-{found[1]}")
        return notice, words.strip()[found.end() :]
    going = call.work.notices.going() if required else []
    if len(going) == 1 and not words.strip():
        return going[0], words
    if required:
        raise _unknown(call, words)
    return None, words


def _unknown(call: Call, value: str) -> Refused:
    going = [f"{x.reference} ({_short(call, x)})" for x in call.work.notices.going()]
    return Refused("refused.no_such_notice", value=value, people=going).at("notice")


def _short(call: Call, notice: Notice) -> str:
    return beginning(notice.in_language(call.reader.language).what, _NAMED)


def about(texts: Texts, ear: Ear, read: Written) -> tuple[str, ...]:
    """By what reports are known to be about it: its tags, else what its words are about.

    Words of works in general, as "update", tell nothing.
    """
    if read.tags:
        return tuple(dict.fromkeys((*map(fold, read.tags), *terms(ear.wordlist, *read.tags))))
    listed = [x for each in texts.languages for x in texts.words("whom.work_words", each)]
    what = (each.what for each in read.said.values())
    common = set(terms(ear.wordlist, *listed))
    return tuple(each for each in terms(ear.wordlist, *what) if each not in common)


def missing(call: Call, notice: Notice) -> list[str]:
    """The languages of the desk in which it wasn't said yet, by their own names."""
    texts = call.desk.texts
    known = (each for each in texts.languages if each not in notice.said)
    return [texts.words("language_names.own", each)[0] for each in known]


def facts_of(desk: Desk, reader: Reader, notice: Notice) -> dict[str, Any]:
    """What texts may name of a notice, for this reader."""
    return work_facts(reader, notice) | {"whom": named(desk, reader, notice.affected)}


def named(desk: Desk, reader: Reader, affected: Collection[Affected]) -> list[str]:
    """Whom it affects, as people read it."""
    teams: Mapping[str, str] = {each.name: each.called for each in desk.settings.teams}
    return [called(desk.texts, reader, teams, each) for each in affected]


def shown(desk: Desk, reader: Reader, notices: Collection[Notice]) -> list[Facts]:
    """Notices as rows of a text."""
    return [facts_of(desk, reader, each) for each in notices]
