"""Ready answers as commands find them: what somebody may send, by its name, the most used first."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.command import Call
from bot.model.canned import VARIABLES, ReadyAnswer
from bot.model.fold import fold
from bot.model.person import Person
from bot.model.refused import Refused
from bot.model.settings import Desk as Settings
from bot.model.ticket import Ticket
from bot.store import Work
from bot.text import Texts

MOST_NAME_WORDS = 8
_MOST_OFFERED = 5  # names, where one wasn't found


def every_answer(work: Work, settings: Settings, teams: Collection[str]) -> list[ReadyAnswer]:
    """Those of these teams and those of all; the operator's stand in place of saved ones."""
    known = {each.key: each for each in work.canned.of({*teams, ""})}
    for each in settings.answers:
        if each.team in ("", *teams):
            used = known[each.key].used if each.key in known else 0
            known[each.key] = replace(each, used=used)
    found = (each for each in known.values() if each.words)
    return sorted(found, key=lambda each: (-each.used, fold(each.name), each.team))


def ready_answers(call: Call, about: Ticket | None = None) -> list[ReadyAnswer]:
    """What an agent may send; of several of one name, that of the ticket's team, else of theirs."""
    if not call.for_desk:
        return []
    teams = own_teams(call.by, call.desk.settings)
    found = every_answer(call.work, call.desk.settings, teams)
    first = [*([about.team] if about else []), *teams, ""]
    nearest: dict[str, ReadyAnswer] = {}
    for each in sorted(found, key=lambda each: first.index(each.team)):
        nearest.setdefault(fold(each.name), each)
    return [each for each in found if nearest[fold(each.name)] is each]


def own_teams(by: Person, settings: Settings) -> tuple[str, ...]:
    """The teams of an agent; who is in none sees after all of them."""
    return by.teams or tuple(team.name for team in settings.teams)


def by_name(answers: Collection[ReadyAnswer]) -> Mapping[str, ReadyAnswer]:
    """The answers by what they are called, as people type it."""
    return {fold(" ".join(each.name.split())): each for each in answers}


def not_found(answers: Collection[ReadyAnswer], words: str) -> Refused:
    """That there is none of this name, or that none was named; and what there is."""
    if not answers:
        return Refused("refused.no_answers")
    sought = fold(words.partition("\n")[0].strip())
    fit = [each.name for each in answers if sought and sought[:3] in fold(each.name)]
    names = [*fit, *(each.name for each in answers if each.name not in fit)][:_MOST_OFFERED]
    if not sought:
        return Refused("refused.which_answer", people=names)
    return Refused("refused.no_such_answer", value=words.split(maxsplit=1)[0], people=names)


def variables(texts: Texts) -> Mapping[str, str]:
    """The words for each variable, in every language."""
    return {
        fold(word): name
        for name in VARIABLES
        for language in texts.languages
        for word in (name, *texts.words(f"variable.{name}", language))
    }
