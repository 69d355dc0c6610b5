"""What people do on Discord, in the door's own shapes, and the servers on which they do it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from adapters.discord.decode import Scene
from adapters.discord.ids import made_at, since
from adapters.discord.post import (
    Attached,
    Ground,
    Menu,
    Person,
    Post,
    Press,
    Reaction,
    Spot,
    Typed,
)
from adapters.discord.room import Room

SERVER = "1000000000000000001"
SUPPORT, ASKING, AGENTS, GENERAL, FORUM, DIRECT = (f"10000000000000001{at:02}" for at in range(6))
BOT, ROLE = "1000000000000000201", "1000000000000000202"
ANA = Person("1000000000000000203", "Ana Ruiz")
LEO = Person("1000000000000000204", "Leo Prats")
BACKUPS = Person("1000000000000000205", "Backups", bot=True)

ROOT = "1442806870123450001"
REPLY = str(int(ROOT) + (60_000 << 22))  # a minute later
LAST = str(int(ROOT) + (120_000 << 22))
INTERACTION = str(int(ROOT) + (180_000 << 22))
SAID_AT = made_at(ROOT)
assert SAID_AT
LATER = (SAID_AT + timedelta(minutes=5)).isoformat()

HELP = Spot(SUPPORT, Ground.ROOM, "", SERVER, "help")
ASK = Spot(ASKING, Ground.ROOM, "", SERVER, "ask")
DESK = Spot(AGENTS, Ground.ROOM, "", SERVER, "desk")
TALK = Spot(GENERAL, Ground.ROOM, "", SERVER, "general")
THREAD = Spot(ROOT, Ground.THREAD, SUPPORT, SERVER, "My VPN is down")
TALK_THREAD = replace(THREAD, parent=GENERAL)
DESK_THREAD = replace(THREAD, parent=AGENTS)
POST = Spot(ROOT, Ground.POST, FORUM, SERVER, "VPN")
TALK_POST = replace(POST, parent=GENERAL)
ALONE = Spot(DIRECT, Ground.DIRECT)
ABROAD = Spot(GENERAL, Ground.FOREIGN, "", SERVER, "lounge")

SCENE = Scene(
    channel="discord",
    bot_user=BOT,
    bot_roles=frozenset({ROLE}),
    rooms={
        SUPPORT: Room(channel=SUPPORT, team="it", language="es"),
        ASKING: Room(channel=ASKING, ask_first=True),
        FORUM: Room(channel=FORUM),
    },
    agents_rooms=frozenset({AGENTS}),
)

FILE = Attached(
    "1000000000000000301", "screen.png", "https://cdn.example.org/screen.png?ex=1&hm=secret"
)
CALL = f"<@{BOT}>"


def said(text: str, spot: Spot = HELP, author: Person = ANA, **more: Any) -> Post:
    """A message that begins a conversation."""
    return replace(Post(ROOT, spot, author, text), **more)


def reply(text: str, spot: Spot = THREAD, author: Person = ANA, **more: Any) -> Post:
    """A message that stands in a thread."""
    return replace(Post(REPLY, spot, author, text), **more)


def reacted(emoji: str, post: Post | None = None, by: Person = LEO, **more: Any) -> Reaction:
    """An emoji at a message, which was fetched."""
    item = post or said("My VPN is down")
    seen = Reaction(emoji, by, item.spot, item.id, LATER, item)
    return replace(seen, **more)


def pressed(custom_id: str, spot: Spot = DESK, by: Person = LEO, **more: Any) -> Press:
    """A button pressed in a message of the desk's."""
    return replace(Press(INTERACTION, by, spot, custom_id, message=REPLY), **more)


def slash(text: str, spot: Spot = TALK, by: Person = ANA, **more: Any) -> Typed:
    """What stands behind the slash command."""
    return replace(Typed(INTERACTION, by, spot, text), **more)


def menu_on(post: Post, by: Person = LEO, spot: Spot | None = None) -> Menu:
    """A message picked by its context menu."""
    return Menu(INTERACTION, by, spot or post.spot, "Create a ticket", post)


def later(**apart: float) -> str:
    """A snowflake so much later than the root."""
    assert SAID_AT
    return since(SAID_AT + timedelta(**apart))
