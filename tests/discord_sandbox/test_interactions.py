"""Commands, their options and completions, as the unmodified discord.py is told of them."""

import asyncio

import discord
import pytest
from discord import app_commands


class Desk(app_commands.Group):
    """Commands of every kind of option; each call is kept in `calls`."""

    def __init__(self):
        super().__init__(name="desk", description="Ask the desk")
        self.calls = []

    @app_commands.command(description="Open a ticket")
    @app_commands.choices(urgency=[app_commands.Choice(name="High", value="1")])
    async def new(
        self,
        interaction: discord.Interaction,
        text: app_commands.Range[str, 3, 20],
        urgency: app_commands.Choice[str] | None = None,
        file: discord.Attachment | None = None,
    ):
        self.calls.append((interaction, text, urgency, file))
        await interaction.response.send_message(f"TKT-1 {text}")

    @app_commands.command(description="Show a ticket")
    async def show(self, interaction: discord.Interaction, ticket: str, whole: bool = False):
        self.calls.append((interaction, ticket, whole))
        await interaction.response.send_message(f"That is {ticket}", ephemeral=True)

    @show.autocomplete("ticket")
    async def tickets(self, interaction: discord.Interaction, current: str):
        self.calls.append((interaction, current, interaction.namespace.whole))
        return [app_commands.Choice(name=f"{current} {n}", value=str(n)) for n in range(2)]

    @app_commands.command(description="Everybody and everything")
    async def of(
        self,
        interaction: discord.Interaction,
        who: discord.Member | None = None,
        team: discord.Role | None = None,
        where: discord.TextChannel | None = None,
        hours: app_commands.Range[float, 0.5, 8.0] | None = None,
        days: int | None = None,
    ):
        self.calls.append((interaction, who, team, where, hours, days))
        await interaction.response.send_message("ok")

    @app_commands.command(description="Says nothing")
    async def silent(self, interaction: discord.Interaction):
        """It never answers."""

    @app_commands.command(description="Late")
    async def later(self, interaction: discord.Interaction):
        self.calls.append(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)


@pytest.fixture
async def tree(client):
    """A command tree whose errors fail the test."""
    made = app_commands.CommandTree(client)

    @made.error
    async def fail(interaction, error):
        raise error

    return made


@pytest.fixture
async def desk(tree, server):
    group = Desk()
    tree.add_command(group)
    await tree.sync()
    server.interactions.limit = 0.3
    return group


async def test_a_command_brings_who_where_and_what(server, guild, help_, ana, desk):
    await ana.uses_command("desk new", {"text": "no va", "urgency": "High"}, channel=help_)
    interaction, text, urgency, file = desk.calls[0]
    assert (text, urgency.value, file) == ("no va", "1", None)
    assert interaction.user.id == ana.id
    assert interaction.user.guild_permissions.send_messages
    assert interaction.permissions.send_messages
    assert interaction.channel.name == "help"
    assert interaction.guild.id == guild.id
    assert interaction.locale is discord.Locale.spain_spanish
    assert interaction.guild_locale is discord.Locale.american_english
    assert interaction.app_permissions.manage_threads
    assert interaction.is_guild_integration()
    assert interaction.context.guild
    assert interaction.filesize_limit == 10 * 1024 * 1024
    (message,) = help_
    assert (message.content, message.author) == ("TKT-1 no va", server.bot)
    assert ana.errors == []


async def test_the_answer_says_whose_command_it_answers(client, server, help_, ana, desk):
    await ana.uses_command("desk new", {"text": "VPN"}, channel=help_)
    await server.settled()
    heard = client.latest("message")
    assert heard.type is discord.MessageType.chat_input_command
    assert heard.interaction_metadata.user.id == ana.id
    assert heard.interaction_metadata.id == desk.calls[0][0].id
    assert heard.application_id == server.application_id


async def test_people_roles_channels_and_numbers_are_resolved(guild, help_, ana, desk):
    guild.role("Agents", [ana])
    values = {"who": ana, "team": "@Agents", "where": "#help", "hours": 1.5, "days": "3"}
    await ana.uses_command("/desk of", values, channel=help_)
    _, who, team, where, hours, days = desk.calls[0]
    assert isinstance(who, discord.Member)
    assert [each.name for each in who.roles] == ["@everyone", "Agents"]
    assert (who.id, team.name, where.id) == (ana.id, "Agents", help_.id)
    assert (hours, days) == (1.5, 3)


async def test_a_file_comes_as_an_attachment_that_can_be_fetched(help_, ana, desk):
    file = ("log file.txt", b"it broke", "text/plain")
    await ana.uses_command("desk new", {"text": "VPN", "file": file}, channel=help_)
    attachment = desk.calls[0][3]
    assert (attachment.filename, attachment.size) == ("log_file.txt", 8)
    assert attachment.ephemeral
    assert await attachment.read() == b"it broke"


async def test_in_direct_messages_there_is_an_account_and_no_member(server, ana, desk):
    await ana.uses_command("desk show", {"ticket": "TKT-1"})
    interaction = desk.calls[0][0]
    assert isinstance(interaction.user, discord.User)
    assert isinstance(interaction.channel, discord.DMChannel)
    assert interaction.guild_id is None
    assert interaction.guild_locale is None
    assert interaction.context.dm_channel
    assert [each.content for each in ana.ephemerals] == ["That is TKT-1"]
    assert list(ana.direct) == []


async def test_completions_are_offered_by_their_names(help_, ana, desk):
    offered = await ana.completes(
        "desk show", "ticket", "vpn", options={"whole": True}, channel=help_
    )
    assert offered == ["vpn 0", "vpn 1"]
    assert desk.calls[0][1:] == ("vpn", True)
    with pytest.raises(AssertionError, match="isn't completed"):
        await ana.completes("desk show", "whole", "y", channel=help_)


async def test_more_than_twenty_five_completions_are_refused(tree, help_, ana, server):
    refused = []

    @tree.command(description="x")
    async def many(interaction: discord.Interaction, what: str):
        """Not called."""

    @many.autocomplete("what")
    async def offer(interaction: discord.Interaction, current: str):
        choices = [app_commands.Choice(name=str(n), value=str(n)) for n in range(26)]
        with pytest.raises(discord.HTTPException) as no:
            await interaction.response.autocomplete(choices)
        refused.append(no.value)
        await interaction.response.autocomplete([])
        return []

    await tree.sync()
    assert await ana.completes("many", "what", "x", channel=help_) == []
    assert refused[0].code == 50035
    assert "data.choices" in str(refused[0])


async def test_what_a_client_refuses_isnt_sent(help_, ana, desk):
    await ana.uses_command("desk new", {}, channel=help_)
    await ana.uses_command("desk new", {"text": "ab"}, channel=help_)
    await ana.uses_command("desk of", {"hours": 9}, channel=help_)
    await ana.uses_command("desk of", {"days": "many"}, channel=help_)
    assert ana.errors == [
        "text: This option is required. Specify a value",
        "text: Must be between 3 and 20.",
        "hours: Must be between 0.5 and 8.0.",
        "days: Input a valid number.",
    ]
    assert desk.calls == []


@pytest.mark.parametrize(
    ("command", "options", "there"),
    [
        ("helpdesk", {}, "desk"),
        ("desk", {}, "new"),
        ("desk close", {}, "new"),
        ("desk new", {"words": "x"}, "text"),
        ("desk new", {"text": "abc", "urgency": "Middling"}, "High"),
        ("desk of", {"who": "Zoe"}, "ana ruiz"),
    ],
)
async def test_what_isnt_declared_cant_be_used(help_, ana, desk, command, options, there):
    with pytest.raises(AssertionError, match=there):
        await ana.uses_command(command, options, channel=help_)


async def test_silence_is_an_error_to_the_person_and_a_late_answer_comes_to_nothing(
    server, help_, ana, desk, rest
):
    server.interactions.limit = 0.05
    await ana.uses_command("desk silent", channel=help_)
    assert ana.errors == ["The application did not respond"]
    (token,) = server.world.interactions
    id_ = server.world.interactions[token].id
    path = f"/interactions/{id_}/{token}/callback"
    status, body = await rest("POST", path, {"type": 4, "data": {"content": "late"}})
    assert (status, body["code"], body["message"]) == (404, 10062, "Unknown interaction")
    assert list(help_) == []


async def test_without_a_connection_nobody_answers(server, guild, help_, ana, desk, client):
    await client.close()
    server.interactions.limit = 0.02
    await ana.completes("desk show", "ticket", "v", channel=help_)
    assert ana.errors == ["Loading options failed"]


async def test_a_guild_that_the_bot_left_offers_nothing(server, guild, help_, ana, desk):
    guild.leave(server.bot)
    for place in (help_, None):
        with pytest.raises(AssertionError, match="no command 'desk'"):
            await ana.uses_command("desk silent", channel=place)


async def test_a_promise_is_kept_by_what_follows(server, help_, ana, desk):
    await ana.uses_command("desk later", channel=help_)
    (message,) = ana.ephemerals
    assert message.flags == 64 | 128
    interaction = desk.calls[0]
    sent = await interaction.followup.send("Here it is")
    assert (sent.id, message.content, message.flags) == (message.id, "Here it is", 64)
    second = await interaction.followup.send("And more", ephemeral=True)
    assert [each.content for each in ana.ephemerals] == ["Here it is", "And more"]
    await second.edit(content="And less")
    assert ana.ephemerals[1].content == "And less"
    await second.delete()
    assert len(ana.ephemerals) == 1
    public = await interaction.followup.send("For all")
    assert [each.content for each in help_] == ["For all"]
    assert (await interaction.followup.fetch_message(public.id)).content == "For all"


async def test_an_answer_that_its_reader_dismissed_can_be_deleted(help_, ana, desk):
    await ana.uses_command("desk later", channel=help_)
    ana.ephemerals.clear()
    await desk.calls[0].delete_original_response()
    assert ana.ephemerals == []


async def test_two_interactions_at_once_are_answered_apart(server, guild, help_, ana, desk):
    tom = server.person("Tom Baker", guilds=[guild])
    await asyncio.gather(
        ana.uses_command("desk show", {"ticket": "A"}, channel=help_),
        tom.uses_command("desk show", {"ticket": "B"}, channel=help_),
    )
    assert [each.content for each in ana.ephemerals] == ["That is A"]
    assert [each.content for each in tom.ephemerals] == ["That is B"]
