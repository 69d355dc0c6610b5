"""Who owns or administers a server has no rights at the desk by that."""

from dataclasses import replace

import pytest
from discord_desk import set_discord_stage

from bot.model.person import Role
from sandbox.discord import Permission


@pytest.mark.parametrize("standing", ["administrator", "owner"])
@pytest.mark.parametrize("key", ["ana", "tom"])
async def test_an_administrator_of_the_server_is_a_requester(stage, bob, key, standing):
    person = stage.person(key)
    if standing == "owner":
        stage.guild.owner_id = person.id
    else:
        stage.guild.role("Boss", [person], Permission.ADMINISTRATOR)
    assert Permission.ADMINISTRATOR in stage.guild.general(person.id)
    await stage.declared()
    await bob.says("My VPN does not connect", channel=stage.help)
    await stage.rests()
    told = {"ana": ("una palabra para", "No encontramos"), "tom": ("a word for", "We find")}
    for command, words in (("agent claim", {"ticket": "IT-1"}), ("desk", {"words": "claim IT-1"})):
        await person.uses_command(command, words, channel=stage.lounge)
        heard = await stage.told(person)
        assert any(each in heard for each in told[key]), heard
    assert (await stage.ticket()).assignee is None
    found = await stage.app.store.read(lambda work: work.people.find("discord", str(person.id)))
    assert found is None or not found[0].is_agent


def with_an_admin(desk):
    agents = (replace(each, role=Role.ADMIN) for each in desk.agents)
    return replace(desk, agents=tuple(agents))


@pytest.mark.parametrize(
    ("key", "given", "told"),
    [
        ("sara", "team appoint", "now has the role “agent”, in Network, at level 2"),
        ("hugo", "team nombrar", "tiene ahora el papel «agente», en Network, en el nivel 2"),
    ],
)
async def test_an_admin_appoints_with_the_fields_of_a_sub_command(
    book_url, tmp_path, clock, key, given, told
):
    async with set_discord_stage(book_url, tmp_path, clock, shape=with_an_admin) as stage:
        admin, bob = stage.person(key), stage.person("bob")
        await stage.declared()
        names = ("person", "role", "level", "teams")
        if key == "hugo":
            names = ("persona", "papel", "nivel", "equipos")
        values = ("Bob Hill", "agent", "2", "Network")
        await bob.says("My VPN does not connect", channel=stage.help)
        await stage.rests()
        fields = dict(zip(names, values, strict=True))
        await admin.uses_command(given, fields, channel=stage.lounge)
        assert told in await stage.told(admin)
        found = await stage.app.store.read(lambda work: work.people.find("discord", str(bob.id)))
        assert (found[0].role, found[0].teams, found[0].level) == (Role.AGENT, ("network",), 2)
