"""Buttons and menus of messages: what discord.py is told, and what people see of the answer."""

import discord
import pytest

from sandbox.discord.surface import buttons


@pytest.fixture
def tom(server, guild):
    return server.person("Tom Baker", guilds=[guild])


class Card(discord.ui.LayoutView):
    """A card with a button of each kind; presses are kept in `pressed`."""

    def __init__(self):
        super().__init__(timeout=None)
        self.pressed = []
        take = discord.ui.Button(label="Take it", emoji="✅", custom_id="take")
        take.callback = self.take
        link = discord.ui.Button(label="Open", url="https://desk.example/t/1")
        grey = discord.ui.Button(label="Closed", custom_id="closed", disabled=True)
        section = discord.ui.Section("**TKT-1** VPN", accessory=take)
        row = discord.ui.ActionRow(link, grey)
        self.add_item(discord.ui.Container(section, discord.ui.Separator(), row))

    async def take(self, interaction):
        self.pressed.append(interaction)
        view = discord.ui.LayoutView()
        view.add_item(discord.ui.TextDisplay(f"Taken by {interaction.user.mention}"))
        await interaction.response.edit_message(view=view)


class Menus(discord.ui.View):
    """A menu of every kind; choices are kept in `chosen`."""

    def __init__(self):
        super().__init__(timeout=None)
        self.chosen = []
        options = [discord.SelectOption(label=each, value=each.lower()) for each in ("High", "Low")]
        for menu in (
            discord.ui.Select(placeholder="Urgency", options=options, max_values=2),
            discord.ui.UserSelect(placeholder="Who"),
            discord.ui.RoleSelect(placeholder="Team"),
            discord.ui.MentionableSelect(placeholder="Anybody", max_values=5),
            discord.ui.ChannelSelect(placeholder="Where", channel_types=[discord.ChannelType.text]),
        ):
            menu.callback = self.choice_of(menu)
            self.add_item(menu)

    def choice_of(self, menu):
        async def chosen(interaction):
            self.chosen.append(menu.values)
            await interaction.response.defer()

        return chosen


@pytest.fixture
async def card(client, help_):
    """A card in the channel: the view, and the message as people see it."""
    view = Card()
    sent = await client.get_channel(help_.id).send(view=view)
    return view, help_.message(sent.id)


@pytest.fixture
async def menus(client, help_):
    view = Menus()
    sent = await client.get_channel(help_.id).send("Choose", view=view)
    return view, help_.message(sent.id)


async def test_a_button_changes_its_card(server, card, ana):
    view, message = card
    assert "TKT-1" in message.words
    assert buttons(message.components) == ["Take it", "Open", "Closed"]
    await ana.presses("take it", on=message)
    (interaction,) = view.pressed
    assert interaction.user.id == ana.id
    assert interaction.message.id == message.id
    assert interaction.message.flags.components_v2
    assert message.words == f"Taken by {ana.mention}"
    assert ana.errors == []
    with pytest.raises(AssertionError, match="no 'Take it'"):
        await ana.presses("Take it", on=message)


async def test_a_button_is_found_by_its_emoji_and_its_name_within_the_application(card, ana, tom):
    view, message = card
    await ana.presses("✅", on=message)
    assert len(view.pressed) == 1


async def test_a_link_tells_the_application_nothing_and_a_grey_button_cant_be_pressed(card, ana):
    view, message = card
    await ana.presses("Open", on=message)
    with pytest.raises(AssertionError, match="greyed out"):
        await ana.presses("Closed", on=message)
    assert view.pressed == []


async def test_an_unanswered_press_has_failed(server, client, help_, ana):
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Nothing", custom_id="nothing"))
    sent = await client.get_channel(help_.id).send("x", view=view)
    server.interactions.limit = 0.05
    await ana.presses("Nothing", on=help_.message(sent.id))
    assert ana.errors == ["This interaction failed"]


async def test_each_menu_tells_what_was_chosen(guild, help_, menus, ana, tom):
    view, message = menus
    role = guild.role("Agents", [tom])
    await ana.picks("Low", on=message)
    await ana.picks(["High", "low"], on=message)
    await ana.picks(tom, on=message, menu="Who")
    await ana.picks("Agents", on=message, menu="Team")
    await ana.picks([role, tom, "@Ana Ruiz"], on=message, menu="anybody")
    await ana.picks("#help", on=message, menu="Where")
    assert ana.errors == []
    low, both, who, team, anybody, where = view.chosen
    assert (low, both) == (["low"], ["high", "low"])
    assert [(type(each), each.id) for each in who] == [(discord.Member, tom.id)]
    assert [each.name for each in team] == ["Agents"]
    assert {each.id for each in anybody} == {role.id, tom.id, ana.id}
    assert [each.id for each in where] == [help_.id]


@pytest.mark.parametrize(
    ("choice", "menu", "there"),
    [
        ("Middling", "Urgency", "High"),
        ("Zoe", "Who", "ana ruiz"),
        ([], "Urgency", "1 to 2 choices"),
        (["Tom Baker", "Ana Ruiz"], "Who", "1 to 1 choices"),
        ("ideas", "Where", "this kind"),
        ("x", "Colour", "Urgency"),
    ],
)
async def test_what_isnt_offered_cant_be_chosen(menus, ideas, ana, tom, choice, menu, there):
    view, message = menus
    with pytest.raises(AssertionError, match=there):
        await ana.picks(choice, on=message, menu=menu)
    assert view.chosen == []


async def test_a_menu_is_known_by_what_it_takes(guild, help_, menus, ana, tom):
    view, message = menus
    role = guild.role("Agents", [tom])
    for choice in (tom, role, help_, [tom]):
        await ana.picks(choice, on=message)
    assert [group[0].id for group in view.chosen] == [tom.id, role.id, help_.id, tom.id]
    with pytest.raises(AssertionError, match="'High', 'Low'"):
        await ana.picks("Middling", on=message)


async def test_what_only_one_sees_is_pressed_by_them_alone(server, client, help_, ana, tom):
    view = Card()

    @client.event
    async def on_interaction(interaction):
        if interaction.data.get("custom_id") == "ask":
            await interaction.response.send_message(view=view, ephemeral=True)

    ask = discord.ui.View(timeout=None)
    ask.add_item(discord.ui.Button(label="Ask", custom_id="ask"))
    sent = await client.get_channel(help_.id).send("x", view=ask)
    await ana.presses("Ask", on=help_.message(sent.id))
    (hidden,) = ana.ephemerals
    with pytest.raises(AssertionError, match="doesn't see"):
        await tom.presses("Take it", on=hidden)
    await ana.presses("Take it", on=hidden)
    assert hidden.words == f"Taken by {ana.mention}"
    await ana.deletes(hidden)
    assert ana.ephemerals == []


async def test_buttons_in_direct_messages(server, client, ana):
    view = Card()
    await ana.says("hello")
    await server.settled()
    await client.latest("message").channel.send(view=view)
    *_, message = ana.direct
    await ana.presses("Take it", on=message)
    assert isinstance(view.pressed[0].channel, discord.DMChannel)
    assert view.pressed[0].app_permissions.send_messages


async def test_in_direct_messages_there_are_two_people_to_choose_from(server, client, ana, tom):
    view = Menus()
    await ana.says("hello")
    await server.settled()
    await client.latest("message").channel.send("Who?", view=view)
    *_, message = ana.direct
    await ana.picks("Deskmate", on=message, menu="Who")
    assert view.chosen[0][0].id == server.bot.id
    with pytest.raises(AssertionError, match="ana ruiz"):
        await ana.picks("Tom Baker", on=message, menu="Who")


async def test_a_card_that_came_by_a_webhook_is_pressed_as_any_other(server, client, help_, ana):
    view = Card()
    webhook = await client.get_channel(help_.id).create_webhook(name="Desk")
    sent = await webhook.send(view=view, username="Tom Baker", wait=True)
    message = help_.message(sent.id)
    assert message.author.shown_name == "Tom Baker"
    await ana.presses("Take it", on=message)
    assert ana.errors == []
    assert view.pressed[0].message.author.name == "Tom Baker"
    assert message.words == f"Taken by {ana.mention}"


async def test_where_the_application_is_no_more_nothing_can_be_pressed(server, guild, card, ana):
    view, message = card
    guild.leave(server.bot)
    await ana.presses("Take it", on=message)
    assert ana.errors == ["This interaction failed"]
    assert view.pressed == []


async def test_the_application_has_three_seconds(server):
    assert server.interactions.limit == 3.0
