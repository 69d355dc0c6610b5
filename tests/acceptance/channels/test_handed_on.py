"""Tickets that go to another team and a level up, on every channel."""

from textwrap import dedent

import pytest
from channel_book import told

LINES = {
    "en": {
        "transfer": "transfer IT-1 network {}",
        "wrong": "transfer IT-1 netwrok",
        "escalate": "escalate IT-1 support {}",
        "history": "history IT-1",
    },
    "es": {
        "transfer": "transferir IT-1 network {}",
        "wrong": "transferir IT-1 netwrok",
        "escalate": "escalar IT-1 support {}",
        "history": "historial IT-1",
    },
}
SAID = {
    "en": {
        "note": "He kicked the tunnel",
        "went": "The people of Network go on with this",
        "again": "It is with Network already",
        "no_team": "There is no team “netwrok”. You can choose: Network.",
        "up": "It needs people who know more about it, and they are in Support.",
        "level": "Network, level 1 → Support, level 2",
    },
    "es": {
        "note": "Le dio una patada al túnel",
        "went": "Las personas de Network siguen con esto",
        "again": "Ya lo lleva Network",
        "no_team": "No hay ningún equipo «netwrok». Puedes elegir: Network.",
        "up": "Hace falta quien sepa más, y está en Support.",
        "level": "Network, nivel 1 → Support, nivel 2",
    },
}


@pytest.mark.promise("D1", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_ticket_goes_to_another_team_and_a_level_up(face, book_url, cast, say, language):
    line, said = LINES[language], SAID[language]
    await face.reports(cast.asker, say.report)
    await face.claims(cast.agent)
    await face.heard(cast.asker)
    assert "IT-1" in await face.gives(cast.agent, line["transfer"].format(said["note"]))
    (went,) = await face.heard(cast.asker)
    assert said["went"] in went
    assert said["again"] in await face.gives(cast.agent, line["transfer"].format(said["note"]))
    assert said["no_team"] in await face.gives(cast.agent, line["wrong"])
    await face.gives(cast.agent, line["escalate"].format(said["note"]))
    (up,) = await face.heard(cast.asker)
    assert said["up"] in up
    assert said["note"] not in went + up
    assert said["level"] in await face.gives(cast.agent, line["history"])
    assert await told(face.app.store, book_url) == dedent(f"""\
        IT-1 incident normal new, {cast.name}'s: {say.report}
          in {cast.language}, with nobody
          {cast.name} opened
          {cast.name} said “{say.report}”
          {cast.by} claimed
          {cast.by} transferred support → network
          {cast.by} noted “{said["note"]}”
          {cast.by} escalated network:1 → support:2
          {cast.by} noted “{said["note"]}”
        {cast.name}: ticket IT-1
        {cast.by}: carried out
        {cast.by}: carried out
        {cast.by}: carried out because refused.same_team
        {cast.by}: carried out because refused.no_such_team
        {cast.by}: carried out
        {cast.by}: carried out""")
