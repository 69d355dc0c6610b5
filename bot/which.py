"""Which one is meant: teams by what people call them, near misses included."""

from collections.abc import Mapping
from difflib import get_close_matches

from bot.model.fold import fold
from bot.model.settings import Desk, Team

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
