"""`deskmate discord` and `deskmate check`, against the local Discord."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from sandbox.discord import DiscordServer

CONFIG = """
[[teams]]
name = "support"
label = "Support"
rooms = {{ discord = "{desk}" }}
[[agents]]
name = "Ana García"
addresses = {{ discord = "{ana}" }}
[store]
database = "sqlite:///desk.db"
[discord]
token_file = "token"
api_url = "{api_url}"
gateway_url = "{gateway_url}"
[[discord.rooms]]
channel = "{help}"
"""


async def deskmate(folder: Path, *words: str) -> tuple[int | None, str, str]:
    done = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words, "--config", str(folder / "config.toml")),
        cwd=Path(__file__).parents[1],
        env=dict(os.environ),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await done.communicate()
    return done.returncode, out.decode(), err.decode()


@pytest.fixture
async def server(tmp_path):
    async with await DiscordServer.start() as running:
        guild = running.guild("Example")
        ana = running.person("Ana García", guilds=[guild])
        desk = guild.text("desk", private=True, members=[ana.user, running.bot])
        told = {"desk": desk.id, "ana": ana.id, "help": guild.text("help").id}
        urls = {"api_url": running.api_url, "gateway_url": running.gateway_url}
        (tmp_path / "config.toml").write_text(CONFIG.format(**told, **urls))
        (tmp_path / "token").write_text(running.token)
        (tmp_path / "token").chmod(0o600)
        yield running


async def test_the_invitation_is_printed_alone(server, tmp_path):
    code, out, err = await deskmate(tmp_path, "discord", "invite")
    assert code == 0, err
    assert out.startswith(f"{server.url}/oauth2/authorize?client_id={server.application_id}&")
    assert len(out.splitlines()) == 1
    assert "View Channels, Send Messages" in err


async def test_an_invitation_without_a_bot_says_what_to_do(tmp_path):
    none = '["false"]'
    slack = f"[slack]\nbot_token_command = {none}\napp_token_command = {none}\n"
    (tmp_path / "config.toml").write_text(slack)
    code, _, err = await deskmate(tmp_path, "discord", "invite")
    assert code
    assert "docs/discord.md" in err


async def test_check_tries_the_bot_and_its_channels(server, tmp_path):
    code, out, err = await deskmate(tmp_path, "check")
    assert code == 0, json.dumps([out, err])
    assert "the bot may read what people write" in out
    assert "the bot may do all it needs in the support room #help" in out
    assert "the bot may do all it needs in the agents' room #desk" in out
    assert "agents here: Ana García" in out
    assert "Discord knows other commands than the desk's" in out


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("1442806870123450999", "Discord knows nobody by the ID 1442806870123450999"),
        ("bob", "Ana García doesn't see the agents' room"),
        ("eve", "Ana García doesn't see the agents' room"),
    ],
)
async def test_check_finds_agents_who_could_not_work_there(server, tmp_path, given, told):
    (guild,) = server.world.guilds.values()
    people = {
        "bob": server.person("Bob Hill", guilds=[guild]),  # on the server, not let into the room
        "eve": server.person("Eve"),  # on no server of ours
    }
    config = (tmp_path / "config.toml").read_text("utf-8")
    before = config.split('addresses = { discord = "')[1].split('"')[0]
    wanted = str(people[given].id) if given in people else given
    (tmp_path / "config.toml").write_text(config.replace(before, wanted), "utf-8")
    code, out, _ = await deskmate(tmp_path, "check")
    assert code
    assert told in out
