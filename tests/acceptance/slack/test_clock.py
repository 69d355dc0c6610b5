"""Moments in Slack: words on the reader's own clock, dates of Slack's where several read along."""

import json

import pytest

pytestmark = pytest.mark.promise("R8", channels=("slack",), languages=("en", "es"))
SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
TOLD = {"ana": "el lunes a las 12:", "tom": "Monday at 11:"}  # in Madrid, in London


@pytest.mark.parametrize("key", ["ana", "tom"])
async def test_agents_on_several_clocks_see_slacks_own_dates_and_who_asks_their_own(
    stage, sara, hugo, key
):
    for agent in (sara, hugo):  # one lives in London, one in Madrid: Slack tells so
        await agent.opens_home()
        await stage.rests()
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    await sara.uses_command("/desk", "hold IT-1 2h", channel=stage.agents)
    await stage.rests()
    assert TOLD[key] in stage.answers(post)[-1].words
    assert "<!date" not in json.dumps(stage.answers(post)[-1].wire)
    below = stage.office.agents.posts[-1]
    (section, *_) = below.blocks
    assert "{date_long} {time}|Monday at 12:" in section["text"]["text"]
    assert "<!date" not in below.text
    assert "until Monday at 12:" in below.text
    assert "CET" in below.text
