"""The critic: says of words that agents mean to send often what the voice would have otherwise."""

from pathlib import Path

from bot.model.canned import Critic, Remark
from bot.voice.judgement import JUDGES, Said
from bot.voice.lexicon import Lexicon, load_voice
from bot.voice.prose import words as words_of

#: Of the judges, those whose findings hold whoever speaks, and to whomever.
JUDGED_BY = ("times", "plain", "sentences", "ease", "hollow", "apology", "respect")

_FEWEST = 20  # words: of fewer, a single long one decides how easy they are to read


def critic(own: Path | None = None) -> Critic:
    """Judges words by their language; `own` is the folder of the desk's own texts.

    Nothing is said of a language without words to judge by. Raises `TextError` for a voice that
    can't be read.
    """
    lexicons = load_voice(own).languages

    def judge(words: str, language: str) -> list[Remark]:
        lexicon = lexicons.get(language)
        return _remarks(words, lexicon) if lexicon else []

    return judge


def _remarks(words: str, lexicon: Lexicon) -> list[Remark]:
    said = Said(words, lexicon, None, {})
    short = len(words_of(said.ours)) < _FEWEST
    names = (each for each in JUDGED_BY if not (short and each == "ease"))
    found = ((name, about) for name in names for _, about in JUDGES[name][1](said))
    return [Remark(name, " ".join(about.split())) for name, about in found]
