"""Calls of the REST interface say what went wrong with them."""

import aiohttp
import pytest

from adapters.discord import rest
from adapters.discord.web_api import DiscordSaysNo, DiscordUnreached, WebApi
from bot.channel import WrongSettings

POST = "POST /channels/{channel}/messages"


async def post(api, channel):
    path = "/channels/{channel_id}/messages"
    return await api.call("POST", path, {"content": "x"}, channel_id=str(channel.id))


async def test_what_discord_says_is_told_with_its_number_and_its_words(office):
    office.discord.fail(POST, 403, code=50013, message="Missing Permissions")
    with pytest.raises(DiscordSaysNo, match=r"50013 .*Missing Permissions") as no:
        await post(office.api, office.help)
    assert (no.value.code, no.value.status, no.value.after) == (50013, 403, None)


async def test_a_silent_discord_is_not_waited_for_without_end(office, monkeypatch):
    await office.api.me()
    monkeypatch.setattr(rest, "_PATIENCE", aiohttp.ClientTimeout(total=0.05))
    office.discord.slow(POST, 0.2)
    with pytest.raises(DiscordUnreached) as silence:
        await post(office.api, office.help)
    assert silence.value.ambiguous


async def test_a_ban_from_before_discords_own_limits_is_a_long_pause(office):
    office.discord.fail(POST, 429)  # without the header that Discord's own ones bear
    with pytest.raises(DiscordSaysNo) as no:
        await post(office.api, office.help)
    assert no.value.after.total_seconds() == 60


async def test_a_discord_that_is_broken_says_so_at_once(office):
    office.discord.fail(POST, 502)
    with pytest.raises(DiscordSaysNo) as no:
        await post(office.api, office.help)
    assert no.value.is_broken
    assert (await post(office.api, office.help))["content"] == "x"


async def test_a_token_that_is_refused_at_the_first_call_is_told_with_its_mend(office):
    office.discord.revoke()
    with pytest.raises(WrongSettings, match="Reset Token"):
        await office.api.me()
    office.discord.restore()
    assert await office.api.me() == str(office.discord.bot.id)


async def test_it_may_be_opened_again(office):
    await office.api.me()
    await office.api.close()
    assert await office.api.me() == str(office.discord.bot.id)


async def test_it_goes_by_the_proxy_that_the_environment_names(office, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(DiscordUnreached) as nobody:
        await WebApi(office.settings()).me()
    assert not nobody.value.ambiguous
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    api = WebApi(office.settings())
    assert await api.me() == str(office.discord.bot.id)
    await api.close()
