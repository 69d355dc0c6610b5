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
WORDS = [
    {"name": "assign", "description": "Give it to somebody", "type": 1, "options": [
        {"name": "ticket", "description": "Which", "type": 3, "autocomplete": True},
        {"name": "to", "description": "Whom", "type": 6},
        {"name": "in", "description": "Where", "type": 7},
        {"name": "team", "description": "Which", "type": 8},
        {"name": "anybody", "description": "Any", "type": 9},
        {"name": "times", "description": "How often", "type": 4},
        {"name": "proof", "description": "A file", "type": 11},
    ]},
]  # fmt: skip
COMMANDS = [
    {"name": "desk", "description": "The desk", "type": SLASH, "options": WORDS},
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


async def test_a_command_is_one_line_of_words(desk, office):
    role = office.guild.role("Ops", [office.leo])
    options = {
        "ticket": "IT-1",
        "to": office.leo,
        "in": office.help,
        "team": role,
        "anybody": role,
        "times": 3,
        "proof": ("a.txt", b"abc", "text/plain"),
    }
    await office.ana.uses_command("desk assign", options, channel=office.lounge)
    typed = desk.latest()
    assert isinstance(typed, Typed)
    ids = f"<@{office.leo.id}> <#{office.help.id}> <@&{role.id}> <@&{role.id}> 3"
    assert typed.text == f"assign IT-1 {ids}"
    assert typed.person == Person(str(office.ana.id), "Ana Soler", language="es")
    inbound = decode.command(typed, desk.scene())
    assert inbound.text == "assign IT-1 @Leo Lang #help @Ops @Ops 3"
    assert inbound.speaker.language == "es"
    assert [each.name for each in inbound.mentioned] == ["Leo Lang"]
    assert inbound.address.room == str(office.lounge.id)


async def test_anybody_may_be_a_person(desk, office):
    office.guild.rename(office.leo, "Leo L.")
    await office.ana.uses_command("desk assign", {"anybody": office.leo}, channel=office.help)
    assert decode.command(desk.latest(), desk.scene()).text == "assign @Leo L."


async def test_a_command_in_a_direct_talk_is_said_to_the_desk(desk, office):
    await office.ana.uses_command("desk assign", {"ticket": "IT-1"})
    typed = desk.latest()
    assert typed.spot.ground is Ground.DIRECT
    assert typed.person.name == "Ana Soler"
    assert decode.command(typed, desk.scene()).internal


async def test_what_is_typed_into_an_option_is_seen(desk, office):
    await office.ana.completes("desk assign", "ticket", "vp", channel=office.help)
    typing = desk.latest()
    assert isinstance(typing, Typing)
    assert decode.typed(typing) == ("ticket", "vp")


async def posted(desk: Desk, office: Any, channel: Any) -> Any:
    """A message of the desk's with a button and a menu."""
    api = office.discord
    await office.ana.uses_command("desk assign", {"ticket": "IT-1"}, channel=channel)
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
    await office.ana.uses_command("desk assign", channel=office.help)
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


async def test_other_menus_are_none_of_the_desks(desk, office):
    await office.ana.uses_menu("Create a ticket for them", office.leo, channel=office.help)
    assert desk.latest() is None


async def test_where_the_bot_is_not_is_foreign(desk, office):
    await office.ana.uses_command("desk assign", {"ticket": "IT-1"}, channel=office.help)
    event = desk.events[-1]
    assert stage(event).ground is Ground.ROOM
    event._app_permissions = 0
    assert stage(event).ground is Ground.FOREIGN
    event._integration_owners = {}
    assert stage(event).ground is Ground.FOREIGN
    assert decode.command(desk.latest(), desk.scene()).address.room == ""
    event.channel = None
    assert stage(event).ground is Ground.FOREIGN
    await office.ana.uses_command("desk assign", {"ticket": "IT-1"})
    alone = desk.events[-1]
    assert stage(alone).ground is Ground.DIRECT
    alone.context = app_commands.AppCommandContext(private_channel=True)
    assert stage(alone).ground is Ground.FOREIGN
