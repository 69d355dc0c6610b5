"""Who owns or administers a workspace has no rights at the desk by that."""

from dataclasses import replace

import pytest
from slack_desk import set_slack_stage

from bot.model.person import Role


@pytest.mark.parametrize("standing", ["admin", "owner"])
@pytest.mark.parametrize("key", ["ana", "tom"])
async def test_an_admin_of_the_workspace_is_a_requester(stage, bob, key, standing):
    person = stage.person(key)
    setattr(person.user, standing, True)
    assert person.user.wire(lambda _: True, 0, locale=False)[f"is_{standing}"]
    await bob.says("My VPN does not connect", channel=stage.help)
    await stage.rests()
    for line in ("claim IT-1", "resolve IT-1", "history IT-1"):
        await person.uses_command("/desk", line, channel=stage.lounge)
        told = {"ana": ("una palabra para", "No encontramos"), "tom": ("a word for", "We find")}
        heard = await stage.told(person)
        assert any(each in heard for each in told[key]), heard
    assert (await stage.ticket()).assignee is None
    (known, _) = await stage.app.store.read(lambda work: work.people.find("slack", person.id))
    assert not known.is_agent


def with_an_admin(desk):
    agents = (replace(each, role=Role.ADMIN) for each in desk.agents)
    return replace(desk, agents=tuple(agents))


@pytest.mark.parametrize(
    ("key", "line", "fields", "told"),
    [
        (
            "sara",
            "appoint",
            {"Person": "Bob Hill", "Role": "agent", "Teams, with commas between": "Network"},
            "now has the role “agent”, in Network",
        ),
        (
            "hugo",
            "nombrar",
            {"Persona": "Bob Hill", "Papel": "agente", "Equipos, entre comas": "Network"},
            "tiene ahora el papel «agente», en Network",
        ),
    ],
)
async def test_an_admin_appoints_by_a_form(book_url, tmp_path, clock, key, line, fields, told):
    async with set_slack_stage(book_url, tmp_path, clock, shape=with_an_admin) as stage:
        admin, bob = stage.person(key), stage.person("bob")
        await bob.says("My VPN does not connect", channel=stage.help)
        await stage.rests()
        await admin.uses_command("/desk", line, channel=stage.lounge)
        await admin.fills(fields)
        await admin.submits()
        assert admin.form is None, admin.form.errors
        assert told in await stage.told(admin)
        await stage.rests()
        (known, _) = await stage.app.store.read(lambda work: work.people.find("slack", bob.id))
        assert (known.role, known.teams) == (Role.AGENT, ("network",))
        assert all(told not in each.words for each in stage.slack.posts(stage.help))
