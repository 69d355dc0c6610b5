"""Commands that keep the stock of ready answers: what there is, new ones, and the end of one."""

from dataclasses import replace
from typing import NamedTuple

from bot.arguments import Arguments
from bot.command import WORDS, Call, Draft, Parameter, Type, command
from bot.commands.answering import step
from bot.commands.looking import PAGE
from bot.grammar import Grammar
from bot.handing import permitted
from bot.model.canned import (
    LONGEST_NAME,
    VARIABLES,
    ReadyAnswer,
    borne,
    filled,
    joined,
    parted,
    strange,
)
from bot.model.fold import fold
from bot.model.message import Answer
from bot.model.refused import Refused
from bot.model.secret import MARK
from bot.model.stamp import beginning
from bot.permission import may_keep_answer
from bot.ready import every_answer, not_found, own_teams, ready_answers, variables
from bot.rows import part_of

NAME = Parameter("name", Type.NAME)
SOUGHT = Parameter("sought", Type.NAME, required=False)
_SHOWN = 80  # characters of an answer in the list
_EVERYBODY = "ordered.everybody"


class Heading(NamedTuple):
    """What stands before the words: "vpn, español, Support"."""

    name: str
    language: str  # "" where none is named
    team: str | None  # "" for all, None where none is named


@command(PAGE, SOUGHT)
def answers(call: Call, page: int | None, sought: str | None) -> Answer:
    """What there is to send for one's teams, the most used first; or of it, what holds a word."""
    teams = own_teams(call.by, call.desk.settings)
    words = fold(sought or "").split()
    found = [
        each
        for each in every_answer(call.work, call.desk.settings, teams)
        if all(word in fold(f"{each.name} {' '.join(each.words.values())}") for word in words)
    ]
    part = part_of(page, len(found))
    rows = [_row(call, each) for each in found[part.begin : part.end]]
    more, sought = part.more, sought or ""
    return call.answer("done.answers", rows=rows, more=more, next=part.page + 1, sought=sought)


def _begun(call: Call, name: str, text: str | None) -> Draft | None:
    """What a form shows of the answer that is to be changed, nothing of a new one."""
    if text:
        return None
    heading = _heading(call, name)
    kept = _kept(call, heading)
    words = ""
    if kept is not None:
        spoken = kept.language(heading.language or call.reader.language)
        words = "" if heading.language not in ("", spoken) else kept.words[spoken]
        named = _named(call, heading.language or spoken, _meant(call, heading, kept))
        name = ", ".join((heading.name, *named))
    return Draft(joined(words, kept.does) if kept and words else "", settled=f"{name}:")


@command(NAME, WORDS, whole=True, drafts=_begun)
def save_answer(call: Call, name: str, text: str) -> Answer:
    """Keep a ready answer, new or changed, in one language; what the voice says of it is told."""
    heading, (words, does) = _heading(call, name), parted(text)
    kept = _kept(call, heading)
    team = _meant(call, heading, kept)
    _permit(call, team, heading.name)
    called = variables(call.desk.texts)
    plain = filled(words, called, {})
    language = heading.language or call.desk.ear.languages.detect(plain) or call.reader.language
    _refuse_strange(call, words, plain, does)
    before = kept if kept and kept.team == team else None
    saved = ReadyAnswer(
        heading.name,
        {**(before.words if before else {}), language: words},
        team,
        (before.does if before else ()) if does is None else does,
    )
    call.work.canned.save(saved, call.now)
    remarks = call.desk.critic(plain, language)
    return call.answer(
        "done.save_answer",
        title=saved.name,
        whose=_whose(call, team),
        language=call.desk.texts.words("language_names.own", language)[0],
        does=list(saved.does),
        rows=[{"judge": each.judge, "words": each.words} for each in remarks],
    )


@command(NAME)
def drop_answer(call: Call, name: str) -> Answer:
    """Give a ready answer up, in all its languages; behind a comma may stand whose."""
    heading = _heading(call, name)
    answer = _kept(call, heading)
    if answer is None:
        raise not_found(ready_answers(call), heading.name)
    _permit(call, answer.team, answer.name)
    call.work.canned.drop(answer)
    return call.answer("done.drop_answer", title=answer.name, whose=_whose(call, answer.team))


def _row(call: Call, answer: ReadyAnswer) -> dict[str, object]:
    words = answer.words[answer.language(call.reader.language)]
    line = " ".join(words.split())
    return {
        "title": answer.name,
        "words": beginning(line, _SHOWN) + ("…" if len(line) > _SHOWN else ""),
        "whose": call.desk.settings.label(answer.team) if answer.team else "",
        "languages": sorted(answer.words),
        "count": answer.used,
        "does": list(answer.does),
    }


def _heading(call: Call, name: str) -> Heading:
    """The name, and behind commas a language and a team, in any order. Raises `Refused`."""
    texts, teams = call.desk.texts, call.desk.settings.teams
    everybody = {fold(word) for each in texts.languages for word in texts.words(_EVERYBODY, each)}
    known = {fold(word): each.name for each in teams for word in (each.name, each.label) if word}
    first, *others = (" ".join(each.split()) for each in name.split(","))
    heading = Heading(first, "", None)
    for each in filter(None, others):
        if language := texts.language_named(each):
            heading = heading._replace(language=language)
        elif fold(each) in everybody:
            heading = heading._replace(team="")
        elif fold(each) in known:
            heading = heading._replace(team=known[fold(each)])
        else:
            languages = [texts.words("language_names.own", each)[0] for each in texts.languages]
            labels = [team.label or team.name for team in teams]
            raise _at(NAME, "refused.no_such_heading", value=each, people=[*languages, *labels])
    if not first or len(first) > LONGEST_NAME:
        raise _at(NAME, "refused.answer_name", value=first, limit=LONGEST_NAME)
    return heading


def _kept(call: Call, heading: Heading) -> ReadyAnswer | None:
    """The saved answer that is meant: of the named team, else the nearest."""
    found = ready_answers(call)
    if heading.team is not None:
        found = every_answer(call.work, call.desk.settings, [heading.team])
        found = [each for each in found if each.team == heading.team]
    return next((each for each in found if fold(each.name) == fold(heading.name)), None)


def _named(call: Call, language: str, team: str) -> tuple[str, str]:
    """How a language and a team are written behind a name."""
    texts = call.desk.texts
    everybody = texts.words(_EVERYBODY, call.reader.language)[0]
    return texts.words("language_names.own", language)[0], team or everybody


def _meant(call: Call, heading: Heading, kept: ReadyAnswer | None) -> str:
    """Whose it will be: as is said, else as it was; of what isn't theirs they write their own."""
    if heading.team is not None:
        return heading.team
    if kept is not None and may_keep_answer(call, kept.team):
        return kept.team
    return "" if may_keep_answer(call, "") else own_teams(call.by, call.desk.settings)[0]


def _permit(call: Call, team: str, name: str) -> None:
    """Raises `Refused` for another team's, and for what the operator's file says."""
    if not may_keep_answer(call, team):
        own = own_teams(call.by, call.desk.settings)
        labels = [call.desk.settings.label(each) for each in own]
        raise _at(NAME, "refused.not_your_answer", value=_whose(call, team), people=labels)
    key = ReadyAnswer(name, {}, team).key
    if key in (each.key for each in call.desk.settings.answers):
        raise _at(NAME, "refused.answer_of_file", value=name)


def _refuse_strange(call: Call, words: str, plain: str, does: tuple[str, ...] | None) -> None:
    """Raises `Refused` for words that can't be sent, and for what can't be done along with them."""
    texts = call.desk.texts
    if MARK.search(words):
        raise _at(WORDS, "refused.answer_secret")
    if unknown := strange(words, variables(texts)):
        language = call.reader.language
        known = [f"{{{texts.words(f'variable.{each}', language)[0]}}}" for each in VARIABLES]
        raise _at(WORDS, "refused.no_such_variable", value=f"{{{unknown[0]}}}", people=known)
    if not plain:
        raise _at(WORDS, "refused.answer_empty")
    _refuse_articles(call, words)
    for each in does or ():
        _refuse_step(call, each)


def _refuse_articles(call: Call, words: str) -> None:
    """Raises `Refused` for articles that requesters may not read, and for what is none."""
    try:
        for number in borne(words):
            permitted(call, number)
    except Refused as refusal:
        raise refusal.at(WORDS.name) from refusal


def _refuse_step(call: Call, words: str) -> None:
    """Raises `Refused` for what can't go along, whatever ticket the answer is sent for."""
    line = step(Grammar(call.commands, call.desk.texts), words)
    if line is None or line.command.role > call.role:
        raise _at(WORDS, "refused.no_such_step", value=words)
    aside = replace(call, here=None, attachments=(), mentioned=())
    try:
        Arguments(line, aside).read_ahead()
    except Refused as refusal:
        why = call.desk.refuse(
            call.work, call.by, refusal, call.now, None, channel=call.channel, in_form=True
        )
        raise _at(WORDS, "refused.wrong_step", value=words, why=why.text) from refusal


def _at(parameter: Parameter, key: str, **values: object) -> Refused:
    """A refusal that is said at its field."""
    return Refused(key, **values).at(parameter.name)


def _whose(call: Call, team: str) -> str:
    everybody = call.desk.texts.words(_EVERYBODY, call.reader.language)[0]
    return call.desk.settings.label(team) if team else everybody
