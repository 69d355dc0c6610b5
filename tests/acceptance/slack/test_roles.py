"""Who owns or administers a workspace has no rights at the desk by that."""

import pytest


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
