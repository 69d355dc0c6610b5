"""docs/slack.md, followed word by word in an empty folder, ends in a desk that works."""

import asyncio
import json
import os
import re
import sys
from pathlib import Path

import pytest

from sandbox.slack import SlackServer

GUIDE = (Path(__file__).parents[3] / "docs" / "slack.md").read_text("utf-8")


def block(language: str, number: int) -> str:
    """A block of code of the guide, counted from 0."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", GUIDE)[number]


@pytest.fixture
def shell(tmp_path):
    async def run(lines: str) -> str:
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        kept = {key: os.environ[key] for key in ("HOME", "LANG") if key in os.environ}
        done = await asyncio.create_subprocess_exec(
            *("sh", "-euc", lines),
            cwd=tmp_path,
            env={**kept, "PATH": path},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await done.communicate()
        assert done.returncode == 0, said.decode()
        return said.decode()

    return run


async def test_the_guide_leads_from_an_empty_folder_to_a_desk_that_works(shell, tmp_path):
    said = await shell(block("sh", 0))
    assert said.startswith("config.toml isn't there")
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    async with await SlackServer.start(manifest) as slack:
        ana = slack.person("Ana García", "ana@example.org")
        ask = slack.channel("help", members=[ana, slack.bot])
        desk = slack.channel("desk-support", members=[ana, slack.bot], private=True)
        (tmp_path / "secrets" / "slack-bot-token").write_text(slack.bot_token)
        (tmp_path / "secrets" / "slack-app-token").write_text(slack.app_token)
        config = block("toml", 0).replace("C0AGENTS123", desk.id).replace("C0HELP12345", ask.id)
        config = config.replace("[slack]", f'[slack]\napi_url = "{slack.api_url}"')
        (tmp_path / "config.toml").write_text(config)
        until_run, run, _ = block("sh", 1).partition("deskmate run")
        assert run
        told = await shell(until_run)
    assert "WRONG" not in told
    assert "slack: agents here: Ana García" in told
    assert "the app is in the support room #help" in told
    assert "the app is in the agents' room #desk-support" in told
