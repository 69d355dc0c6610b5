"""Presses, commands, menus and forms as a real client brings them, in the door's own shapes."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from discord import app_commands

from adapters.discord import decode, seen
from adapters.discord.modal_origin import Origin
from adapters.discord.post import Ground, Menu, Person, Press, Sent, Typed, Typing
from adapters.discord.seen_interaction import interaction, stage

SLASH, MESSAGE_MENU, PERSON_MENU = 1, 3, 2
OPTIONS = [
    {"name": "assign", "description": "Give it to somebody", "type": 1, "options": [
        {"name": "ticket", "description": "Which", "type": 3, "autocomplete": True},
        {"name": "agent", "description": "Whom", "type": 3},
        {"name": "page", "description": "How often", "type": 4},
    ]},
]  # fmt: skip
WORDS = [{"name": "words", "description": "What you need", "type": 3, "autocomplete": True}]
COMMANDS = [
    {"name": "desk", "description": "The desk", "type": SLASH, "options": WORDS},
    {"name": "ticket", "description": "Tickets", "type": SLASH, "options": OPTIONS},
    {"name": "Create a ticket", "type": MESSAGE_MENU},
    {"name": "Create a ticket for them", "type": PERSON_MENU},
]
BUTTONS = {
    "flags": 1 << 15,
    "components": [
        {"type": 1, "components": [
            {"type": 2, "style": 1, "label": "Claim", "custom_id": "say:/claim IT-1"},
        ]},
        {"type": 1, "components": [
            {"type": 3, "custom_id": "more:0", "placeholder": "More", "options": [
                {"label": "Close", "value": "say:/close IT-1"},
            ]},
        ]},
    ],
}  # fmt: skip
MODAL = {
    "custom_id": "form:1",
    "title": "Assign",
    "components": [
        {"type": 18, "label": "Why", "component": {
            "type": 4, "style": 2, "custom_id": "field:text", "required": True,
        }},
        {"type": 18, "label": "Whom", "component": {"type": 5, "custom_id": "field:person"}},
    ],
}  # fmt: skip
ACKNOWLEDGED, NOTHING_NEW, CHOICES, FORM = 4, 6, 8, 9


class Desk:
    """A client that answers each interaction at once and keeps what it saw."""

    def __init__(self, office: Any) -> None:
        self.office = office
        self.events: list[discord.Interaction] = []
        self.asks = False  # answer commands with a form

    async def hear(self, event: discord.Interaction) -> None:
        self.events.append(event)
        kinds = {
            discord.InteractionType.autocomplete: (CHOICES, {"choices": []}),
            discord.InteractionType.component: (NOTHING_NEW, {}),
        }
        plain = (FORM, MODAL) if self.asks else (ACKNOWLEDGED, {"content": "ok", "flags": 64})
        kind, data = kinds.get(event.type, plain)
        self.asks = False
        await event.client.http.request(
            discord.http.Route(
                "POST",
                "/interactions/{interaction_id}/{interaction_token}/callback",
                interaction_id=event.id,
                interaction_token=event.token,
            ),
            json={"type": kind, "data": data},
        )

    def latest(self) -> Any:
        """What was seen last."""
        return interaction(self.events[-1])

    def scene(self) -> decode.Scene:
        client = self.events[-1].client
        return seen.scene(client, "discord", {}, {str(self.office.agents.id)})


@pytest.fixture
async def desk(office: Any) -> AsyncIterator[Desk]:
    office.ana = office.discord.person("Ana Soler", locale="es-ES", guilds=[office.guild])
    watching = Desk(office)
    async with office.connected({"interaction": watching.hear}) as client:
        await client.http.bulk_upsert_global_commands(client.application_id, COMMANDS)
        yield watching


async def test_words_behind_the_desks_own_command_are_one_line(desk, office):
    words = f"assign IT-1 to {office.leo.mention}"
    await office.ana.uses_command("desk", {"words": words}, channel=office.lounge)
    typed = desk.latest()
    assert isinstance(typed, Typed)
    assert (typed.text, typed.command, typed.filled) == (words, "", ())
    assert typed.person == Person(str(office.ana.id), "Ana Soler", language="es")
    inbound = decode.command(typed, desk.scene())
    assert inbound.speaker.language == "es"
    assert [each.external_id for each in inbound.mentioned] == [str(office.leo.id)]
    assert inbound.address.room == str(office.lounge.id)
    await office.ana.uses_command("desk", channel=office.lounge)
    assert (desk.latest().text, desk.latest().command) == ("", "")


async def test_a_sub_command_is_seen_with_its_options(desk, office):
    given = {"ticket": "IT-1", "agent": office.leo.mention, "page": 3}
    await office.ana.uses_command("ticket assign", given, channel=office.help)
    typed = desk.latest()
    assert (typed.text, typed.command) == ("", "assign")
    assert dict(typed.filled) == {"ticket": "IT-1", "agent": f"<@{office.leo.id}>", "page": "3"}
    inbound = decode.command(typed, desk.scene())
    assert inbound.text == "/assign"
    assert dict(inbound.filled)["agent"] == str(office.leo.id)


async def test_a_command_in_a_direct_talk_is_said_to_the_desk(desk, office):
    await office.ana.uses_command("ticket assign", {"ticket": "IT-1"})
    typed = desk.latest()
    assert typed.spot.ground is Ground.DIRECT
    assert typed.person.name == "Ana Soler"
    assert decode.command(typed, desk.scene()).internal


async def test_what_is_typed_into_an_option_is_seen(desk, office):
    await office.ana.completes("ticket assign", "ticket", "vp", channel=office.help)
    typing = desk.latest()
    assert isinstance(typing, Typing)
    assert (typing.command, typing.option, typing.words) == ("assign", "ticket", "vp")
    await office.ana.completes("desk", "words", "cl", channel=office.help)
    assert (desk.latest().command, desk.latest().words) == ("", "cl")


async def posted(desk: Desk, office: Any, channel: Any) -> Any:
    """A message of the desk's with a button and a menu."""
    api = office.discord
    await office.ana.uses_command("ticket assign", {"ticket": "IT-1"}, channel=channel)
    http = desk.events[-1].client.http
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)
    told = await http.request(route, json=BUTTONS)
    return api.world.channel(channel.id).messages[int(told["id"])]


async def test_a_press_is_seen_with_its_message(desk, office):
    message = await posted(desk, office, office.help)
    await office.leo.presses("Claim", message)
    press = desk.latest()
    assert isinstance(press, Press)
    assert (press.custom_id, press.message) == ("say:/claim IT-1", str(message.id))
    assert not press.hidden
    inbound = decode.press(press, desk.scene())
    assert inbound.text == "/claim IT-1"
    assert inbound.replies_to == (f"{office.help.id}:{message.id}",)


async def test_a_choice_from_a_menu_is_seen(desk, office):
    message = await posted(desk, office, office.help)
    await office.leo.picks("Close", message)
    assert desk.latest().chosen == ("say:/close IT-1",)
    assert decode.press(desk.latest(), desk.scene()).text == "/close IT-1"


async def test_a_form_is_seen_with_what_was_filled_in(desk, office):
    desk.asks = True
    await office.ana.uses_command("ticket assign", channel=office.help)
    await office.ana.fills({"Why": "It's theirs", "Whom": office.leo})
    await office.ana.submits()
    sent = desk.latest()
    assert isinstance(sent, Sent)
    assert sent.custom_id == "form:1"
    assert dict(sent.filled) == {"text": "It's theirs", "person": str(office.leo.id)}
    assert sent.people == (Person(str(office.leo.id), "Leo Lang"),)
    inbound = decode.submission(sent, Origin("/assign IT-1"), desk.scene())
    assert [each.external_id for each in inbound.mentioned] == [str(office.leo.id)]


async def test_a_message_is_picked_by_its_menu(desk, office):
    root = await office.leo.says("The @Ana Soler printer burns", office.help)
    thread = await office.leo.opens_thread("Printer", root)
    inside = await office.leo.says("Still", thread=thread)
    await office.ana.uses_menu("Create a ticket", root)
    menu = desk.latest()
    assert isinstance(menu, Menu)
    assert menu.command == "Create a ticket"
    assert (menu.post.id, menu.post.author.name) == (str(root.id), "Leo Lang")
    inbound = decode.menu(menu, desk.scene())
    assert inbound.text == "The @Ana Soler printer burns"
    assert inbound.stood == "#help"
    await office.ana.uses_menu("Create a ticket", inside)
    within = desk.latest()
    assert within.spot.ground is Ground.THREAD
    assert within.spot.parent == str(office.help.id)


async def test_somebodys_menu_asks_for_a_ticket_of_theirs(desk, office):
    await office.ana.uses_menu("Create a ticket for them", office.leo, channel=office.help)
    typed = desk.latest()
    assert (typed.command, typed.filled) == ("log", (("person", str(office.leo.id)),))
    inbound = decode.command(typed, desk.scene())
    assert [each.name for each in inbound.mentioned] == ["Leo Lang"]


async def test_where_the_bot_is_not_is_foreign(desk, office):
    await office.ana.uses_command("ticket assign", {"ticket": "IT-1"}, channel=office.help)
    event = desk.events[-1]
    assert stage(event).ground is Ground.ROOM
    event._app_permissions = 0
    assert stage(event).ground is Ground.FOREIGN
    event._integration_owners = {}
    assert stage(event).ground is Ground.FOREIGN
    assert decode.command(desk.latest(), desk.scene()).address.room == ""
    event.channel = None
    assert stage(event).ground is Ground.FOREIGN
    await office.ana.uses_command("ticket assign", {"ticket": "IT-1"})
    alone = desk.events[-1]
    assert stage(alone).ground is Ground.DIRECT
    alone.context = app_commands.AppCommandContext(private_channel=True)
    assert stage(alone).ground is Ground.FOREIGN
