"""Webhooks: messages under another name and picture, and what is refused of them."""

import discord
import pytest

from sandbox.discord.message import Draft
from sandbox.discord.permission import Permission


@pytest.fixture
async def hook(client, help_):
    """A webhook of the channel as discord.py knows it."""
    return await client.get_channel(help_.id).create_webhook(name="Desk")


async def test_a_webhook_posts_under_another_name(server, client, hook, help_):
    sent = await hook.send(
        "Hello", username="Bea (agent)", avatar_url="https://example.org/bea.png", wait=True
    )
    kept = help_.messages[sent.id]
    assert (kept.author.username, kept.author.bot) == ("Bea (agent)", True)
    assert kept.author.avatar
    assert sent.webhook_id == hook.id
    await server.until(lambda: client.times("message"))
    heard = client.latest("message")
    assert (heard.author.name, heard.webhook_id) == ("Bea (agent)", hook.id)


async def test_without_waiting_nothing_comes_back(hook, help_):
    assert await hook.send("Hello") is None
    assert [each.author.username for each in help_] == ["Desk"]


async def test_its_messages_are_read_edited_and_deleted(hook, help_, refused):
    sent = await hook.send("one", wait=True)
    await hook.edit_message(sent.id, content="two")
    assert (await hook.fetch_message(sent.id)).content == "two"
    await hook.delete_message(sent.id)
    assert help_.messages == {}
    assert await refused(hook.fetch_message(sent.id)) == (404, 10008)


async def test_it_posts_in_threads_of_its_channel(server, client, hook, help_, somebody, refused):
    thread = server.posting.threads.begin(help_, somebody, "Printer", private=False)
    place = discord.Object(thread.id)
    sent = await hook.send("here", thread=place, wait=True)
    assert list(thread.messages) == [sent.id]
    await hook.edit_message(sent.id, content="there", thread=place)
    assert thread.messages[sent.id].content == "there"
    assert await refused(hook.fetch_message(sent.id)) == (404, 10008)
    assert await refused(hook.send("x", thread=discord.Object(5), wait=True)) == (404, 10003)


async def test_in_a_forum_it_opens_posts(server, client, ideas, rest):
    hook = await client.get_channel(ideas.id).create_webhook(name="Desk")
    sent = await hook.send("words", thread_name="A post", wait=True)
    thread = server.world.channel(sent.channel.id)
    assert (thread.name, thread.in_forum, list(thread.messages)) == ("A post", True, [thread.id])
    path = f"/webhooks/{hook.id}/{hook.token}?wait=true"
    status, body = await rest("POST", path, {"content": "x"})
    assert (status, body["code"]) == (400, 220001)
    both = f"{path}&thread_id={thread.id}"
    status, body = await rest("POST", both, {"content": "x", "thread_name": "y"})
    assert (status, body["code"]) == (400, 220002)


async def test_a_webhook_elsewhere_opens_no_posts(hook, rest):
    path = f"/webhooks/{hook.id}/{hook.token}"
    status, body = await rest("POST", path, {"content": "x", "thread_name": "y"})
    assert (status, body["code"]) == (400, 220003)


async def test_its_token_is_enough_and_needed(hook, rest, server):
    path = f"/webhooks/{hook.id}"
    status, _ = await rest("POST", f"{path}/{hook.token}", {"content": "x"}, token="")
    assert status == 204
    status, body = await rest("POST", f"{path}/wrong", {"content": "x"}, token="")
    assert (status, body["code"]) == (401, 50027)
    status, body = await rest("POST", "/webhooks/5/wrong", {"content": "x"}, token="")
    assert (status, body["code"]) == (404, 10015)
    status, body = await rest("GET", path, token="")
    assert (status, body["code"]) == (401, 0)


@pytest.mark.parametrize(
    "name", ["", "x" * 81, "Clyde", "discord helper", "a@b", "#1", "a: b", "```", "Everyone"]
)
async def test_names_that_cannot_be(hook, rest, name):
    path = f"/webhooks/{hook.id}/{hook.token}"
    status, body = await rest("POST", path, {"content": "x", "username": name})
    assert (status, list(body["errors"])) == (400, ["username"])


async def test_it_knows_no_nonce_and_makes_no_reply(hook, rest, help_, somebody, server):
    said = server.posting.publish(help_, somebody, Draft("Hello"))
    reply = {"message_reference": {"message_id": str(said.id)}, "nonce": "1", "enforce_nonce": True}
    path = f"/webhooks/{hook.id}/{hook.token}?wait=true"
    for _ in range(2):
        status, body = await rest("POST", path, {"content": "x", **reply})
        assert (status, "message_reference" in body, "nonce" in body) == (200, False, False)
    assert len(help_.messages) == 3


@pytest.mark.parametrize("asked", ["", "&with_components=true"])
async def test_components_of_somebodys_own_webhook_count_where_they_are_asked_for(
    hook, rest, server, asked
):
    server.world.webhooks[hook.id].application_id = None
    path = f"/webhooks/{hook.id}/{hook.token}?wait=true{asked}"
    row = {"type": 1, "components": [{"type": 2, "style": 5, "label": "x", "url": "https://x.y"}]}
    status, body = await rest("POST", path, {"content": "x", "components": [row]})
    assert (status, bool(body["components"])) == (200, bool(asked))


async def test_webhooks_are_listed_changed_and_deleted(server, client, guild, hook, help_):
    channel = client.get_channel(help_.id)
    assert [each.id for each in await channel.webhooks()] == [hook.id]
    assert [each.id for each in await client.get_guild(guild.id).webhooks()] == [hook.id]
    assert (await hook.edit(name="Help desk")).name == "Help desk"
    assert (await client.fetch_webhook(hook.id)).token == hook.token
    await hook.delete()
    assert server.world.webhooks == {}
    await server.until(lambda: client.times("webhooks_update") == 3)


async def test_a_channel_has_fifteen_and_a_right_is_needed(server, guild, client, help_, refused):
    channel = client.get_channel(help_.id)
    for number in range(15):
        await channel.create_webhook(name=str(number))
    assert await refused(channel.create_webhook(name="more")) == (400, 30007)
    server.forbid(guild, Permission.MANAGE_WEBHOOKS)
    assert await refused(channel.webhooks()) == (403, 50013)
