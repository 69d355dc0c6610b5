"""On every channel a report finds its team and its agent, and whoever looks reads why."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from channel_book import told
from channel_face import Face, Open
from clock import Clock

from bot.model.asset import Asset, Inventory
from bot.model.route import Rule, When
from bot.model.settings import Assignment, Desk
from bot.model.triage import Priority

SKILLS = {"Sara Stone": ("en",), "Hugo Sanz": ("es",)}
IN_ROOM = "stays between us"
MACHINE = Asset(name="PC-0231", kind="laptop")
MACHINES = Rule(name="Machines", when=When(assets=("laptop",)), team="network", tags=("pc",))
ROUTES = tuple(
    Rule(
        name=name,
        when=When(words=("vpn", "red privada"), language=language),
        team="network",
        skill=language,
        priority=Priority.HIGH,
        tags=("vpn",),
    )
    for name, language in (("VPN", "en"), ("Red privada", "es"))
)
SAY = {
    "en": {
        "vpn": "My VPN is down",
        "asset": "PC-0231 hums since this morning",
        "asset_rule": "routed by the rule: “Machines: PC-0231”",
        "other": "The printer jams",
        "rule": "routed by the rule: “VPN: VPN”",
        "turn": "whose turn it was in: “Network”",
        "skill": "knows most of: “en”",
        "waited": "nobody had taken it in: “Support”",
        "history": "history IT-1",
        "away": "away 3h, Hugo",
        "wrong": "away some day",
        "wrong_told": "away Friday at 9, Ana",
        "away_told": "Hugo Sanz stands in for you",
        "back": "back",
        "back_told": "Welcome back",
        "not_away": "You aren't away",
        "assign": "assign IT-1 Sara",
        "assigned_told": "Sara Stone is away until",
    },
    "es": {
        "vpn": "No puedo entrar en la red privada",
        "asset": "El PC-0231 zumba desde esta mañana",
        "asset_rule": "por la regla: «Machines: PC-0231»",
        "other": "La impresora no funciona",
        "rule": "por la regla: «Red privada: red privada»",
        "turn": "por turno, en el equipo: «Network»",
        "skill": "por lo que sabe: «es»",
        "waited": "sin tomar, en el equipo: «Support»",
        "history": "historial IT-1",
        "away": "ausente 3h, Sara",
        "wrong": "ausente algún día",
        "wrong_told": "ausente el viernes a las 9, Ana",
        "away_told": "En tu lugar está Sara Stone",
        "back": "vuelta",
        "back_told": "de vuelta",
        "not_away": "No consta que estés fuera",
        "assign": "asignar IT-1 Hugo",
        "assigned_told": "Hugo Sanz no está hasta",
    },
}


def routing(desk: Desk) -> Desk:
    """A second team, which shares its tickets out; the first one gives what nobody takes."""
    first = desk.teams[0]
    network = replace(first, name="network", label="Network", assignment=Assignment.ROUND_ROBIN)
    agents = tuple(
        replace(each, teams=("support", "network"), skills=SKILLS[each.name])
        for each in desk.agents
    )
    patient = replace(first, offer_after=timedelta(minutes=30))
    chosen = {"routes": (*ROUTES, MACHINES), "assets": Inventory((MACHINE,))}
    return replace(desk, teams=(patient, network), agents=agents, **chosen)


@pytest.fixture
async def face(
    channel: str, faces: Mapping[str, Open], book_url: str, tmp_path: Path, clock: Clock
) -> AsyncIterator[Face]:
    async with faces[channel](book_url, tmp_path, clock, routing) as found:
        yield found


@pytest.fixture
def words(language: str) -> Mapping[str, str]:
    return SAY[language]


@pytest.mark.promise("D6", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_report_lands_with_the_right_team_and_agent_and_the_reason(
    face, book_url, cast, words
):
    await face.reports(cast.asker, words["vpn"])
    (acknowledged,) = await face.heard(cast.asker)
    assert [each for each in (cast.by, "Network", "IT-1") if each not in acknowledged] == []
    ticket = await face.app.store.read(lambda work: work.tickets.get(1))
    assert (ticket.team, ticket.tags) == ("network", ("vpn",))
    history = await face.gives(cast.agent, words["history"])
    for each in ("rule", "turn", "skill"):
        assert words[each] in history
    shown = face.shown(cast.agent)
    own = SAY["en" if IN_ROOM in shown else cast.language]  # a room reads the desk's language
    rule = words["rule"].partition(": ")[2].strip("“”«»")
    wanted = [words["vpn"], rule, own["turn"].partition(":")[0]]
    assert [each for each in wanted if each not in shown] == []
    assert await told(face.app.store, book_url) == "\n".join(
        [
            f"IT-1 incident high open, {cast.name}'s: {words['vpn']}",
            f"  in {cast.language}, with {cast.by}",
            f"  {cast.name} opened",
            f"  {cast.name} said “{words['vpn']}”",
            f"  nobody assigned {cast.by}",
            f"{cast.name}: ticket IT-1",
            f"{cast.by}: carried out",
        ]
    )


@pytest.mark.promise("D6", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_report_that_names_an_asset_lands_with_those_who_know_it(face, cast, words):
    await face.reports(cast.asker, words["asset"])
    ticket = await face.app.store.read(lambda work: work.tickets.get(1))
    assert (ticket.team, ticket.tags) == ("network", ("pc",))
    assert words["asset_rule"] in await face.gives(cast.agent, words["history"])


@pytest.mark.promise("D6", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_who_is_away_is_given_nothing_and_what_they_do_wrong_is_told(face, cast, words):
    assert words["wrong_told"] in await face.gives(cast.agent, words["wrong"])
    assert words["not_away"] in await face.gives(cast.agent, words["back"])
    assert words["away_told"] in await face.gives(cast.agent, words["away"])
    await face.reports(cast.asker, words["vpn"])
    (acknowledged,) = await face.heard(cast.asker)
    assert cast.colleague in acknowledged
    assert words["assigned_told"] in await face.gives(cast.agent, words["assign"])
    assert words["back_told"] in await face.gives(cast.agent, words["back"])
    assert words["not_away"] in await face.gives(cast.agent, words["back"])


@pytest.mark.promise("D6", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_what_nobody_takes_is_given_to_somebody_on_duty(face, cast, words):
    await face.reports(cast.asker, words["other"])
    await face.passes(minutes=29)
    before = await face.app.store.read(lambda work: work.tickets.get(1))
    await face.passes(minutes=2)
    after = await face.app.store.read(lambda work: work.tickets.get(1))
    assert (before.assignee, after.assignee is None) == (None, False)
    assert words["waited"] in await face.gives(cast.agent, words["history"])
