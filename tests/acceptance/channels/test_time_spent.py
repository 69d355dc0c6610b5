"""Time that is noted on a ticket on every channel: agents read it, whoever asked never does."""

from textwrap import dedent

import pytest
from channel_book import told

LINES = {
    "en": ("time IT-1 an hour and a half Looked at the switch", "time IT-1 -30 min", "time IT-1"),
    "es": ("tiempo IT-1 hora y media Miré el switch", "tiempo IT-1 -30 min", "tiempo IT-1"),
}
SAID = {
    "en": ("Noted on IT-1: 1 h 30 min", "−30 min, 1 h in all", "IT-1 took 1 h in all:"),
    "es": ("Anotado en IT-1: 1 h 30 min", "−30 min; en total, 1 h", "IT-1 ha llevado 1 h en total"),
}
REFUSED = {
    "en": ("time IT-1 a while", "We couldn't read “a while” as a time"),
    "es": ("tiempo IT-1 un rato", "No hemos podido leer «un rato» como un tiempo"),
}
SWITCH = {"en": "Looked at the switch", "es": "Miré el switch"}
FOR_AGENTS = {"en": "for the people who work at the desk", "es": "para quienes trabajan en la mesa"}
SHOWN = {"en": "Time: 1 h", "es": "Tiempo: 1 h"}


@pytest.mark.promise("D1", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_time_is_noted_among_agents(face, book_url, cast, say, line, language):
    await face.reports(cast.asker, say.report)
    await face.heard(cast.asker)
    words = SWITCH[language]
    for given, said in zip(LINES[language], SAID[language], strict=True):
        answer = await face.gives(cast.agent, given)
        assert said in answer, answer
    assert [each for each in (cast.by, words, "−30 min") if each not in answer] == [], answer
    wrong, refused = REFUSED[language]
    assert refused in await face.gives(cast.agent, wrong)
    told_off = await face.gives(cast.asker, LINES[language][0].split()[0] + " IT-1")
    assert FOR_AGENTS[language] in told_off
    assert SHOWN[language] in await face.gives(cast.agent, line["status"])
    assert await face.heard(cast.asker) == []
    await face.gives(cast.agent, line["resolve"])
    (end,) = await face.heard(cast.asker)
    assert words not in end
    left = await told(face.app.store, book_url)
    wanted = dedent(f"""\
        IT-1 incident normal resolved, {cast.name}'s: {say.report}
          in {cast.language}, with nobody
          {cast.name} opened
          {cast.name} said “{say.report}”
          {cast.by} timed 0 → 90
          {cast.by} noted “{words}”
          {cast.by} timed 90 → 60
          {cast.by} resolved “{say.solution}”
        """)
    assert left[: len(wanted)] == wanted
