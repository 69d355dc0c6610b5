"""Who owns or administers a server has no rights at the desk by that."""

import pytest

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
