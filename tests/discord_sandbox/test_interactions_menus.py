"""Context menus, commands for some, commands in other languages, and answers with files."""

import io

import discord
import pytest
from discord import app_commands

from sandbox.discord.permission import Permission


@pytest.fixture
async def tree(client):
    """A command tree whose errors fail the test."""
    made = app_commands.CommandTree(client)

    @made.error
    async def fail(interaction, error):
        raise error

    return made


async def test_a_context_menu_brings_the_message_or_the_person(tree, server, guild, help_, ana):
    told = []

    @tree.context_menu(name="Make a ticket of this")
    async def make(interaction: discord.Interaction, message: discord.Message):
        told.append((message, interaction.type))
        await interaction.response.send_message("made", ephemeral=True)

    @tree.context_menu(name="Make a ticket for them")
    async def for_them(interaction: discord.Interaction, member: discord.Member):
        told.append((member, interaction.type))
        await interaction.response.send_message("for them")

    await tree.sync()
    tom = server.person("Tom Baker", guilds=[guild])
    said = await tom.says("The printer burns", channel=help_)
    await ana.uses_menu("Make a ticket of this", on=said)
    await ana.uses_menu("Make a ticket for them", on=tom, channel=help_)
    (message, kind), (member, _) = told
    assert (message.content, message.author.id) == ("The printer burns", tom.id)
    assert kind is discord.InteractionType.application_command
    assert member.id == tom.id
    assert [each.content for each in ana.ephemerals] == ["made"]
    assert list(help_)[-1].draft.sort == 23


async def test_commands_of_a_guild_and_of_rights_are_offered_to_whom_they_are_for(
    tree, server, guild, help_, ana
):
    @tree.command(description="Here alone", guild=discord.Object(guild.id))
    async def here(interaction: discord.Interaction):
        await interaction.response.send_message("here")

    @tree.command(description="For agents")
    @app_commands.default_permissions(manage_threads=True)
    @app_commands.guild_only()
    async def agents(interaction: discord.Interaction):
        await interaction.response.send_message("agents")

    await tree.sync()
    await tree.sync(guild=discord.Object(guild.id))
    await ana.uses_command("here", channel=help_)
    for place in (help_, None):
        with pytest.raises(AssertionError, match="no command"):
            await ana.uses_command("agents", channel=place)
    with pytest.raises(AssertionError, match="no command"):
        await ana.uses_command("here")
    guild.role("Agents", [ana], Permission.MANAGE_THREADS)
    await ana.uses_command("agents", channel=help_)
    assert [each.content for each in help_] == ["here", "agents"]
    boss = server.person("Boss", guilds=[guild])
    guild.role("Bosses", [boss], Permission.ADMINISTRATOR)
    await boss.uses_command("agents", channel=help_)
    assert boss.errors == []


SPANISH = {"show": "ver", "ticket": "tique", "high": "alta", "Make a ticket": "Crear un tique"}


class Spanish(app_commands.Translator):
    """Translates what is marked for it."""

    async def translate(self, string, locale, _context):
        return SPANISH.get(string.message) if locale is discord.Locale.spain_spanish else None


async def test_who_speaks_spanish_uses_the_spanish_names(tree, help_, ana):
    told = []

    @tree.command(name=app_commands.locale_str("show"), description="Show a ticket")
    @app_commands.rename(number=app_commands.locale_str("ticket"))
    @app_commands.choices(
        urgency=[app_commands.Choice(name=app_commands.locale_str("high"), value="1")]
    )
    async def show(interaction: discord.Interaction, number: str, urgency: str = "0"):
        told.append((interaction.command.name, number, urgency))
        await interaction.response.defer()

    @show.autocomplete("number")
    async def numbers(interaction: discord.Interaction, current: str):
        return [app_commands.Choice(name=f"TKT-{current}: VPN", value=current)]

    @tree.context_menu(name=app_commands.locale_str("Make a ticket"))
    async def make(interaction: discord.Interaction, message: discord.Message):
        told.append(message.content)
        await interaction.response.defer()

    await tree.set_translator(Spanish())
    await tree.sync()
    await ana.uses_command("ver", {"tique": "5", "urgency": "alta"}, channel=help_)
    await ana.uses_command("show", {"ticket": "6"}, channel=help_)
    assert await ana.completes("ver", "tique", "7", channel=help_) == ["TKT-7: VPN"]
    await ana.uses_command("ver", {"tique": "TKT-7: VPN"}, channel=help_)
    await ana.uses_menu("Crear un tique", on=await ana.says("VPN", channel=help_))
    assert told == [("show", "5", "1"), ("show", "6", "0"), ("show", "7", "0"), "VPN"]
    with pytest.raises(AssertionError, match="Crear un tique"):
        await ana.uses_menu("Other", on=await ana.says("VPN", channel=help_))


async def test_an_answer_carries_files_which_a_change_may_replace(tree, server, help_, ana):
    @tree.command(description="A file")
    async def file(interaction: discord.Interaction):
        first = discord.File(io.BytesIO(b"one"), "one.txt", description="The first")
        view = discord.ui.LayoutView()
        view.add_item(discord.ui.File("attachment://one.txt"))
        await interaction.response.send_message(view=view, file=first, ephemeral=True)
        original = await interaction.original_response()
        assert [each.filename for each in original.attachments] == ["one.txt"]
        await interaction.edit_original_response(
            view=discord.ui.LayoutView().add_item(discord.ui.TextDisplay("two")),
            attachments=[discord.File(io.BytesIO(b"two"), "two.txt")],
        )

    await tree.sync()
    await ana.uses_command("file", channel=help_)
    (message,) = ana.ephemerals
    assert message.attachments[0].ephemeral
    await server.until(lambda: message.words == "two")
    assert [each.content for each in message.attachments] == [b"two"]


async def test_commands_and_buttons_work_in_threads_and_posts_of_forums(
    tree, server, client, help_, ideas, ana
):
    places = []

    @tree.command(description="Here")
    async def here(interaction: discord.Interaction):
        places.append((interaction.channel, interaction.channel_id))
        view = discord.ui.View(timeout=None)
        button = discord.ui.Button(label="Again", custom_id="again")
        button.callback = again
        await interaction.response.send_message("here", view=view.add_item(button))

    async def again(interaction):
        places.append((interaction.channel, interaction.message.channel.id))
        await interaction.response.defer()

    await tree.sync()
    post = await ana.opens_post(ideas, "VPN", "slow")
    thread = await ana.opens_thread("Printer", on=await ana.says("x", channel=help_))
    for place in (server.world.channel_of(post), thread):
        await ana.uses_command("here", channel=place)
        *_, answer = place
        assert (answer.content, answer.draft.sort) == ("here", 20)
        await ana.presses("Again", on=answer)
        for channel, id_ in places:
            assert isinstance(channel, discord.Thread)
            assert (channel.id, id_) == (place.id, place.id)
        places.clear()
    assert ana.errors == []
    with pytest.raises(AssertionError, match="nothing can be typed"):
        await ana.uses_command("here", channel=ideas)
