"""Application commands as a command tree syncs them: kept, replaced, listed and withdrawn."""

import discord
import pytest
from discord import app_commands


@pytest.fixture
def tree(client):
    """A command tree with a group of one command and a menu."""
    found = app_commands.CommandTree(client)
    group = app_commands.Group(name="desk", description="The help desk")

    @group.command(name="new", description="Open a ticket")
    async def new(interaction: discord.Interaction, text: str) -> None: ...

    @app_commands.context_menu(name="Make a ticket of this")
    async def make(interaction: discord.Interaction, message: discord.Message) -> None: ...

    found.add_command(group)
    found.add_command(make)
    return found


async def test_a_tree_is_synced_and_keeps_its_ids(server, tree):
    first = await tree.sync()
    assert {(each.name, each.type.value) for each in first} == {
        ("desk", 1),
        ("Make a ticket of this", 3),
    }
    assert {each.id for each in await tree.sync()} == {each.id for each in first}
    assert {each.id for each in await tree.fetch_commands()} == {each.id for each in first}
    kept = server.world.commands[None]
    assert kept[first[0].id]["application_id"] == str(server.application_id)


async def test_a_guild_has_commands_of_its_own(server, tree, guild):
    tree.copy_global_to(guild=discord.Object(guild.id))
    made = await tree.sync(guild=discord.Object(guild.id))
    assert server.world.commands.get(None, {}) == {}
    assert all(each.guild_id == guild.id for each in made)
    tree.clear_commands(guild=discord.Object(guild.id))
    assert await tree.sync(guild=discord.Object(guild.id)) == []


async def test_one_command_is_declared_changed_and_withdrawn(server, rest):
    path = f"/applications/{server.application_id}/commands"
    body = {"name": "desk", "description": "Ask"}
    status, made = await rest("POST", path, body)
    assert (status, made["type"]) == (201, 1)
    status, again = await rest("POST", path, body | {"description": "Ask us"})
    assert (status, again["id"], again["description"]) == (200, made["id"], "Ask us")
    one = f"{path}/{made['id']}"
    status, changed = await rest("PATCH", one, {"description": "Ask the desk"})
    assert (status, changed["description"], changed["name"]) == (200, "Ask the desk", "desk")
    assert (await rest("DELETE", one))[0] == 204
    assert await rest("GET", one) == (
        404,
        {"message": "Unknown application command", "code": 10063},
    )


async def test_translations_are_listed_when_asked_for(server, rest):
    path = f"/applications/{server.application_id}/commands"
    body = {"name": "desk", "description": "Ask", "name_localizations": {"es-ES": "mesa"}}
    await rest("POST", path, body)
    assert "name_localizations" not in (await rest("GET", path))[1][0]
    _, found = await rest("GET", f"{path}?with_localizations=true")
    assert found[0]["name_localizations"] == {"es-ES": "mesa"}


async def test_what_cannot_be_declared_is_refused_as_a_whole(server, rest):
    path = f"/applications/{server.application_id}/commands"
    bodies = [{"name": "desk", "description": "Ask"}, {"name": "Bad Name", "description": "x"}]
    status, answer = await rest("PUT", path, bodies)
    assert (status, answer["code"], list(answer["errors"])) == (400, 50035, ["1"])
    assert (await rest("GET", path))[1] == []


async def test_only_its_own_application_is_declared_for(rest):
    assert (await rest("GET", "/applications/5/commands"))[0] == 404
