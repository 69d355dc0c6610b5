"""People's own pages: what a requester has with the desk, and what needs an agent now."""

import pytest

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}


@pytest.mark.promise("D2", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "nothing", "taken", "solve"),
    [
        (
            "ana",
            "Ahora no tienes nada abierto",
            "Sara Stone trabaja en ello.",
            "Contar un problema",
        ),
        ("tom", "You have nothing open", "Sara Stone is working on it.", "Report a problem"),
    ],
)
async def test_a_requesters_home_shows_what_they_have_and_follows_it(
    stage, sara, key, nothing, taken, solve
):
    person = stage.person(key)
    await person.opens_home()
    await stage.rests()
    assert nothing in person.home_text
    await person.presses(solve, on=person.home)
    (label,) = person.form.labels
    await person.fills({label: SAID[key]})
    await person.submits()
    await stage.rests()
    assert SAID[key] in person.home_text
    await sara.uses_command("/desk", "claim IT-1", channel=stage.agents)
    await stage.rests()
    assert taken in person.home_text


@pytest.mark.promise("D2", channels=("slack",), languages=("en", "es"))
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
async def test_an_agents_home_shows_what_needs_them_in_order(
    stage, tom, key, unclaimed, needed, take, nobody
):
    agent = stage.person(key)
    await agent.opens_home()
    await stage.rests()
    assert nobody in agent.home_text
    await tom.says("My VPN does not connect", channel=stage.help)
    await stage.rests()
    assert "Tom Baker: My VPN does not connect" in agent.home_text
    at = agent.home_text.index
    assert at(needed) < at(unclaimed) < at("Tom Baker")
    await agent.presses(take, on=agent.home)
    await stage.rests()
    at = agent.home_text.index
    assert at(needed) < at("Tom Baker") < at(unclaimed)
    assert (await stage.ticket()).assignee is not None


async def test_more_urgent_tickets_stand_first(stage, tom, ana, sara):
    await tom.says("I need a new chair", channel=stage.help)
    await ana.says("¡Urgente! El servidor se ha caído y nadie puede trabajar", channel=stage.help)
    await sara.opens_home()
    await stage.rests()
    assert sara.home_text.index("IT-2") < sara.home_text.index("IT-1")


async def test_notes_and_other_peoples_tickets_are_on_no_requesters_home(stage, tom, ana, sara):
    await tom.says("My VPN does not connect", channel=stage.help)
    await stage.rests()
    await ana.opens_home()
    await tom.opens_home()
    await sara.says("He kicked it again", thread=stage.card())
    await stage.rests()
    assert "VPN" not in ana.home_text
    assert "VPN" in tom.home_text
    assert "kicked" not in tom.home_text


async def test_a_home_is_drawn_anew_only_when_something_changed(stage, tom, sara):
    await tom.opens_home()
    await stage.rests()
    published = [each for each in stage.slack.calls if each.method == "views.publish"]
    await stage.passes(hours=1)
    again = [each for each in stage.slack.calls if each.method == "views.publish"]
    assert len(again) == len(published) == 1
