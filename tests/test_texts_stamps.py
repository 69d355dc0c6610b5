"""Every text that tells a moment, as it reads where a chat shows moments by itself."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.model.stamp import Stamp, Style, shown, spelled
from bot.text import load_texts
from bot.voice.samples import load_samples

#: What Discord's clients show, by the language of the reader's client.
SHOWN = {
    "en": {Style.DAY: "Tuesday, November 24, 2026 at 9:00 AM", Style.CLOCK: "9:00 AM"},
    "es": {Style.DAY: "martes, 24 de noviembre de 2026, 9:00", Style.CLOCK: "9:00"},
}
WHOLE = {
    "en": r"Tuesday, November 24, 2026 at 9:00 AM|9:00 AM",
    "es": r"el martes, 24 de noviembre de 2026, 9:00|las? 9:00",
}
BEFORE = {
    "en": r"(?:[:–,]|until|since|by|due| on|From|to) $",
    "es": r"(?:[:–,]|hasta|[dD]esde|terminó|vence|vencía|vencido|tardar|cierra|cerramos|Abrimos"
    r"|ello|esto) $",
}


def dated(language: str) -> Iterator[tuple[str, str, str]]:
    """The key, the words and the stamps of each text in which there is a moment."""
    texts, samples = load_texts(), load_samples()
    for key in texts.keys():  # noqa: SIM118 - it is no mapping
        for sample in samples.of(key, language):
            words = texts.render(key, sample.reader, **sample.values)
            reader = replace(sample.reader, stamps=True)
            stamped = texts.render(key, reader, **sample.values)
            if stamped != words:
                yield key, words, stamped


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_moment_is_a_stamp_whose_words_say_the_same(language):
    found = list(dated(language))
    assert len({key for key, *_ in found}) > 30
    assert [key for key, words, stamped in found if spelled(stamped) != words] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_sentence_is_right_around_what_a_client_shows(language):
    def show(stamp: Stamp) -> str:
        return stamp.around(SHOWN[language][stamp.style])

    wrong = []
    for key, _, stamped in dated(language):
        text = shown(stamped, show)
        for moment in re.finditer(WHOLE[language], text):
            before = text[: moment.start()].rpartition("\n")[2]
            if before not in ("", "- ") and not re.search(BEFORE[language], before):
                wrong.append((key, text))
    assert wrong == []
