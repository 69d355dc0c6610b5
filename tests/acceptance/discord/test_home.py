"""Somebody's own page, by `/desk` alone: what a requester has, and what needs an agent now."""

import pytest
from discord_desk import desk_of
from discord_office import open_office

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
KICKED = {"ana": "Le ha dado otra patada", "tom": "He kicked it again"}


@pytest.mark.promise("D2", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "taken", "solved"),
    [
        ("ana", "Hugo Sanz trabaja en ello.", "Marcar como resuelto"),
        ("tom", "Sara Stone is working on it.", "Mark as solved"),
    ],
)
async def test_a_requesters_page_shows_how_it_stands_and_ends_it(stage, key, taken, solved):
    person = stage.person(key)
    await stage.declared()
    await person.says(SAID[key], channel=stage.help)
    await stage.rests()
    agent = stage.person({"ana": "hugo", "tom": "sara"}[key])
    await agent.presses("Take it", on=stage.card())
    await agent.says(KICKED[key], thread=stage.card())
    await stage.rests()
    await person.uses_command("desk", channel=stage.lounge)
    page = person.ephemerals[-1]
    assert SAID[key] in page.words
    assert taken in page.words
    assert taken not in stage.seen_by(stage.person("bob"))
    assert KICKED[key] not in page.words
    await person.presses(solved, on=page)
    await stage.rests()
    assert (await stage.ticket()).status == "resolved"


@pytest.mark.promise("D2", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "unclaimed", "needed", "take", "nobody"),
    [
        (
            "sara",
            "Who takes these?",
            "What needs you now",
            "Take it",
            "Nothing is waiting for your teams to take it.",
        ),
        (
            "hugo",
            "¿Quién se ocupa de estos?",
            "Lo que te espera ahora",
            "Tomar",
            "Nadie espera a que tus equipos se ocupen.",
        ),
    ],
)
async def test_an_agents_page_shows_what_needs_them_in_order(
    stage, tom, key, unclaimed, needed, take, nobody
):
    agent = stage.person(key)
    await stage.declared()
    await agent.uses_command("desk", channel=stage.agents)
    page = agent.ephemerals[-1]
    assert nobody in page.words
    await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await agent.presses({"sara": "Refresh", "hugo": "Actualizar"}[key], on=page)
    at = page.words.index
    assert at(needed) < at(unclaimed) < at(f"Tom Baker: {SAID['tom']}")
    await agent.presses(take, on=page)
    await stage.rests()
    await agent.presses({"sara": "Refresh", "hugo": "Actualizar"}[key], on=page)
    at = page.words.index
    assert at(needed) < at("Tom Baker") < at(unclaimed)
    assert (await stage.ticket()).assignee is not None


@pytest.mark.parametrize(
    ("key", "refresh", "solved"),
    [("ana", "Actualizar", "Marcar como resuelto"), ("tom", "Refresh", "Mark as solved")],
)
async def test_a_page_that_was_shown_before_a_restart_still_works(
    book_url, tmp_path, clock, key, refresh, solved
):
    async with open_office(clock) as office:
        config, person = office.config(book_url, tmp_path), office.people[key]
        async with desk_of(office, config, clock) as stage:
            await stage.declared()
            await person.uses_command("desk", channel=stage.lounge)
            await person.says(SAID[key])
            await stage.rests()
        page = person.ephemerals[-1]
        async with desk_of(office, config, clock) as stage:
            await stage.rests()
            await person.presses(refresh, on=page)
            assert SAID[key] in page.words
            await person.presses(solved, on=page)
            await stage.rests()
            assert (await stage.ticket()).status == "resolved"
            assert not person.errors


@pytest.mark.parametrize(
    ("key", "needed"), [("sara", "What needs you now"), ("hugo", "Lo que te espera ahora")]
)
async def test_more_urgent_tickets_stand_first(stage, tom, ana, key, needed):
    agent = stage.person(key)
    await stage.declared()
    await tom.says("I need a new chair", channel=stage.help)
    await stage.rests()
    await ana.says("¡Urgente! El servidor se ha caído y nadie puede trabajar", channel=stage.help)
    await stage.rests()
    await agent.uses_command("desk", channel=stage.agents)
    at = agent.ephemerals[-1].words.index
    assert at(needed) < at("IT-2") < at("IT-1")
