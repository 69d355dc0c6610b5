"""Forms that people fill in: what a client looks at first, and what discord.py then reads."""

import discord
import pytest
from discord import app_commands


def labelled(text, component, **more):
    return discord.ui.Label(text=text, component=component, **more)


def options(kind, *labels):
    return [kind(label=each, value=each.lower()) for each in labels]


class Ticket(discord.ui.Modal, title="New ticket"):
    intro = discord.ui.TextDisplay("Tell us what happened.")
    what = labelled("What", discord.ui.TextInput(min_length=3, max_length=10))
    urgency = labelled(
        "Urgency", discord.ui.Select(options=options(discord.SelectOption, "High", "Low"))
    )
    who = labelled("Who", discord.ui.UserSelect(required=False, max_values=2))
    files = labelled("Files", discord.ui.FileUpload(required=False, max_values=2))


class Survey(discord.ui.Modal, title="Survey"):
    mood = labelled(
        "Mood", discord.ui.RadioGroup(options=options(discord.RadioGroupOption, "Good", "Bad"))
    )
    boxes = labelled(
        "Boxes",
        discord.ui.CheckboxGroup(
            options=options(discord.CheckboxGroupOption, "One", "Two"), required=False
        ),
    )
    again = labelled("Again", discord.ui.Checkbox(default=True))
    where = labelled("Where", discord.ui.ChannelSelect(required=False))
    words = labelled("Words", discord.ui.TextInput(required=False, default="none"))


@pytest.fixture
async def sent(client, server, help_, ana):
    """The forms that were sent; `desk ticket` and `desk survey` open one."""
    received = []
    tree = app_commands.CommandTree(client)

    @tree.command(description="Open a form")
    async def form(interaction: discord.Interaction, which: str):
        modal = Ticket() if which == "ticket" else Survey()

        async def submitted(answer):
            received.append((modal, answer))
            await answer.response.send_message("Thanks", ephemeral=True)

        modal.on_submit = submitted
        await interaction.response.send_modal(modal)

    await tree.sync()
    server.interactions.limit = 0.5
    return received


async def test_a_form_is_opened_read_and_sent(sent, server, guild, help_, ana):
    tom = server.person("Tom Baker", guilds=[guild])
    await ana.uses_command("form", {"which": "ticket"}, channel=help_)
    assert ana.form.title == "New ticket"
    assert ana.form.labels == ["What", "Urgency", "Who", "Files"]
    assert "Tell us what happened." in ana.form.words
    files = [("a.txt", b"hello", "text/plain")]
    await ana.fills({"What": "VPN", "urgency": "High", "Who": [ana], "Files": files})
    await ana.fills({"Who": tom})
    await ana.submits()
    ((modal, answer),) = sent
    assert modal.what.component.value == "VPN"
    assert modal.urgency.component.values == ["high"]
    assert [each.id for each in modal.who.component.values] == [tom.id]
    (attachment,) = modal.files.component.values
    assert await attachment.read() == b"hello"
    assert list(answer.data["resolved"]["users"]) == [str(tom.id)]
    assert answer.type is discord.InteractionType.modal_submit
    assert ana.form is None
    assert ana.errors == []
    assert [each.content for each in ana.ephemerals] == ["Thanks"]


async def test_boxes_are_read_too_and_what_was_set_at_first(sent, help_, ana):
    await ana.uses_command("form", {"which": "survey"}, channel=help_)
    assert ana.form.state("Again") is True
    assert ana.form.state("Words") == "none"
    await ana.fills({"Mood": "Bad", "Boxes": ["One", "Two"], "Again": False, "Where": "help"})
    await ana.submits()
    ((modal, _),) = sent
    assert modal.mood.component.value == "bad"
    assert modal.boxes.component.values == ["one", "two"]
    assert modal.again.component.value is False
    assert [each.id for each in modal.where.component.values] == [help_.id]
    assert modal.words.component.value == "none"


async def test_what_a_client_refuses_keeps_the_form_open(sent, help_, ana):
    await ana.uses_command("form", {"which": "ticket"}, channel=help_)
    await ana.fills({"What": "ab"})
    await ana.submits()
    assert ana.form.errors == {
        "What": "Must be between 3 and 10 in length.",
        "Urgency": "This field is required.",
    }
    await ana.fills({"What": "x" * 11, "Urgency": "Low", "Files": [("a", b"", "")] * 3})
    await ana.submits()
    assert list(ana.form.errors) == ["What", "Files"]
    assert sent == []
    await ana.fills({"What": "VPN", "Files": None})
    await ana.submits()
    assert len(sent) == 1


async def test_what_isnt_in_the_form_cant_be_filled_in(sent, help_, ana):
    await ana.uses_command("form", {"which": "survey"}, channel=help_)
    for values, there in (
        ({"Colour": "x"}, "Mood"),
        ({"Mood": "Middling"}, "Good"),
        ({"Mood": ["Good", "Bad"]}, "one choice"),
        ({"Where": "nowhere"}, "help"),
    ):
        with pytest.raises(AssertionError, match=there):
            await ana.fills(values)


async def test_a_closed_form_is_gone_and_nobody_hears_of_it(sent, help_, ana):
    await ana.uses_command("form", {"which": "survey"}, channel=help_)
    await ana.closes_form()
    assert ana.form is None
    for doing in (ana.fills({"Mood": "Good"}), ana.submits(), ana.closes_form()):
        with pytest.raises(AssertionError, match="no form open"):
            await doing
    assert sent == []


async def test_silence_leaves_the_form_open_with_what_was_filled_in(
    sent, server, client, help_, ana
):
    await ana.uses_command("form", {"which": "survey"}, channel=help_)
    await ana.fills({"Mood": "Good"})
    await client.close()
    server.interactions.limit = 0.02
    await ana.submits()
    assert ana.errors == ["Something went wrong. Try again."]
    assert ana.form.state("Mood") == "good"


async def test_a_form_can_be_answered_with_a_change_of_its_card(server, client, help_, ana):
    class Why(discord.ui.Modal, title="Why"):
        why = labelled("Why", discord.ui.TextInput())

        async def on_submit(self, interaction):
            await interaction.response.edit_message(content=self.why.component.value)

    view = discord.ui.View(timeout=None)
    button = discord.ui.Button(label="Close", custom_id="close")

    async def ask(interaction):
        await interaction.response.send_modal(Why())

    button.callback = ask
    view.add_item(button)
    posted = await client.get_channel(help_.id).send("card", view=view)
    message = help_.message(posted.id)
    await ana.presses("Close", on=message)
    await ana.fills({"Why": "It works again"})
    await ana.submits()
    assert message.content == "It works again"
    assert ana.form is None


async def test_what_menus_begin_with_is_sent_unless_it_is_changed(
    server, guild, client, help_, ana
):
    tom = server.person("Tom Baker", guilds=[guild])
    agents = guild.role("Agents", [tom])
    told = []

    def beginning(id_, kind):
        return [discord.Object(id_, type=kind)]

    class Assign(discord.ui.Modal, title="Assign"):
        who = labelled("Who", discord.ui.UserSelect(default_values=beginning(tom.id, discord.User)))
        team = labelled(
            "Team", discord.ui.RoleSelect(default_values=beginning(agents.id, discord.Role))
        )
        where = labelled(
            "Where",
            discord.ui.ChannelSelect(default_values=beginning(help_.id, discord.TextChannel)),
        )

        async def on_submit(self, interaction):
            told.extend(each.component.values for each in (self.who, self.team, self.where))
            await interaction.response.defer(ephemeral=True, thinking=True)

    tree = app_commands.CommandTree(client)

    @tree.command(description="Assign")
    async def assign(interaction: discord.Interaction):
        await interaction.response.send_modal(Assign())

    await tree.sync()
    await ana.uses_command("assign", channel=help_)
    await ana.fills({"Who": ana})
    await ana.submits()
    assert [each.id for group in told for each in group] == [ana.id, agents.id, help_.id]
    assert isinstance(told[0][0], discord.Member)


async def test_a_field_may_have_its_own_label_in_a_row_of_its_own(client, help_, ana):
    class Old(discord.ui.Modal, title="Old"):
        what = discord.ui.TextInput(label="What", style=discord.TextStyle.paragraph)

        async def on_submit(self, interaction):
            await interaction.response.send_message(self.what.value)

    tree = app_commands.CommandTree(client)

    @tree.command(description="The old way")
    async def old(interaction: discord.Interaction):
        await interaction.response.send_modal(Old())

    await tree.sync()
    await ana.uses_command("old", channel=help_)
    await ana.fills({"What": "VPN"})
    await ana.submits()
    assert [each.content for each in help_] == ["VPN"]
