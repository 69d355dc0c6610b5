"""Which one is meant: teams by what people call them, near misses included; tags used lately."""

from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches

from bot.command import Call
from bot.model.fold import fold
from bot.model.settings import Desk, Team

_LATELY = 200  # tickets, the newest of all
_NEAR = 0.6  # how alike a word must be to a team that was meant, from 0 to 1


def bare(words: str) -> str:
    """Words without accents, case and what may stand behind a name: "Network:"."""
    return fold(words.strip().rstrip(".,:;"))


def teams_named(settings: Desk) -> Mapping[str, Team]:
    """The teams by their bare names and labels; a name counts before another team's label."""
    labelled = {bare(each.called): each for each in settings.teams}
    return labelled | {bare(each.name): each for each in settings.teams}


def teams_near(settings: Desk, word: str) -> list[str]:
    """What those teams are called which a mistyped word may mean; all of them if none is near."""
    named = teams_named(settings)
    near = [named[each] for each in get_close_matches(bare(word), named, cutoff=_NEAR)]
    return list(dict.fromkeys(each.called for each in near or settings.teams))


def tags_lately(call: Call) -> list[str]:
    """The tags of the newest tickets, the most used first."""
    tags = [tag for each in call.work.tickets.newest(_LATELY) for tag in each.tags]
    spelled = {fold(tag): tag for tag in reversed(tags)}  # as it was last
    return [spelled[each] for each, _ in Counter(map(fold, tags)).most_common()]
