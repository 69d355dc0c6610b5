"""`deskmate check` of a desk that has Slack alone: all it stands on is tried over the wire."""

import pytest

from bot.cli.check import check
from bot.cli.operator import read_config

CONFIG = """
[[teams]]
name = "support"
rooms = {{ slack = "{desk}" }}
[[agents]]
name = "Sara Stone"
addresses = {{ email = "{agent}" }}
[slack]
bot_token = "{slack.bot_token}"
app_token = "{slack.app_token}"
api_url = "{slack.api_url}"
[[slack.rooms]]
channel = "{help}"
"""


@pytest.fixture
def checked(stage, tmp_path, capsys):
    async def checked(**differs):
        rooms = {"desk": stage.agents.id, "help": stage.help.id}
        known = {"slack": stage.slack, "agent": "sara@desk.example"}
        path = tmp_path / "config.toml"
        path.write_text(CONFIG.format(**known | rooms | differs), "utf-8")
        path.chmod(0o600)
        well = await check(read_config(path))
        return well, capsys.readouterr().out

    return checked


async def test_a_desk_with_slack_alone_is_well(checked):
    well, told = await checked()
    assert well, told
    assert "ok      slack: agents here: Sara Stone" in told
    assert "ok      slack: the app is in the support room #help" in told


async def test_an_agent_whom_slack_does_not_know_can_do_nothing_there(checked):
    well, told = await checked(agent="mia@example.org")
    assert not well
    assert "WRONG   slack: Sara Stone: nobody here has mia@example.org: write slack" in told


async def test_a_room_that_everybody_reads_is_none_for_agents(checked, stage):
    well, told = await checked(desk=stage.lounge.id)
    assert not well
    assert "can read the agents' room" in told
