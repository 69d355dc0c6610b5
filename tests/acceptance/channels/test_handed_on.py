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
        "tag": "tag IT-1 vpn, Madrid",
        "untag": "tag IT-1 -VPN",
        "split": "split IT-1 42",
        "relate": "relate IT-1 IT-2 parent",
        "merge": "merge IT-3 IT-2",
        "status": "status IT-2",
    },
    "es": {
        "transfer": "transferir IT-1 network {}",
        "wrong": "transferir IT-1 netwrok",
        "escalate": "escalar IT-1 support {}",
        "history": "historial IT-1",
        "tag": "etiquetar IT-1 vpn, Madrid",
        "untag": "etiquetar IT-1 -VPN",
        "split": "separar IT-1 42",
        "relate": "relacionar IT-1 IT-2 padre",
        "merge": "unir IT-3 IT-2",
        "status": "estado IT-2",
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
        "parted": "What you told us before stays here, as IT-1.",
        "part": "IT-1 is part of IT-2 now.",
        "joined": "Somebody else told us of the same matter",
        "here": "IT-1: child, ",
    },
    "es": {
        "note": "Le dio una patada al túnel",
        "went": "Las personas de Network siguen con esto",
        "again": "Ya lo lleva Network",
        "no_team": "No hay ningún equipo «netwrok». Puedes elegir: Network.",
        "up": "Hace falta quien sepa más, y está en Support.",
        "level": "Network, nivel 1 → Support, nivel 2",
        "parted": "Lo que nos contaste antes sigue aquí, como IT-1.",
        "part": "IT-1 es ahora parte de IT-2.",
        "joined": "Otra persona nos ha contado lo mismo",
        "here": "IT-1: hijo, ",
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


@pytest.mark.promise("D1", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_tickets_are_tagged_parted_related_and_joined(face, book_url, cast, say, language):
    line, said = LINES[language], SAID[language]
    await face.reports(cast.asker, say.report)
    await face.says(cast.asker, say.more)
    await face.heard(cast.asker)
    assert "vpn, Madrid" in await face.gives(cast.agent, line["tag"])
    await face.gives(cast.agent, line["untag"])
    assert "IT-2" in await face.gives(cast.agent, line["split"])
    (parted,) = await face.heard(cast.asker)
    assert [each for each in (said["parted"], "IT-2") if each not in parted] == []
    assert said["part"] in await face.gives(cast.agent, line["relate"])
    await face.reports("bob", say.other)
    await face.heard("bob")
    assert "IT-2" in await face.gives(cast.agent, line["merge"])
    assert any(said["joined"] in each for each in await face.heard("bob"))
    status = await face.gives(cast.agent, line["status"])  # by the reference that was joined
    assert [each for each in ("IT-3", said["here"]) if each not in status] == []
    left = await told(face.app.store, book_url)
    wanted = dedent(f"""\
        IT-1 incident normal new, {cast.name}'s: {say.report}
          in {cast.language}, with nobody
          {cast.name} opened
          {cast.name} said “{say.report}”
          {cast.name} said “{say.more}”
          {cast.by} tagged  → vpn, Madrid
          {cast.by} tagged vpn, Madrid → Madrid
          {cast.by} split 3 → 2 “{say.more}”
          {cast.by} related none → 2:parent
        IT-2 incident normal closed, {cast.name}'s: {say.more}
          in {cast.language}, with nobody, goes on in IT-3, follows IT-1
          {cast.by} logged
          {cast.name} said “{say.more}”
          {cast.by} related none → 1:child
          {cast.by} merged IT-3
        """)
    assert left[: len(wanted)] == wanted
