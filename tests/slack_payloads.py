"""Payloads of the shapes that Slack publishes, and a workspace in which they are read."""

from typing import Any

from adapters.slack.decode import Scene
from adapters.slack.room import Room
from bot.model.message import Speaker

SUPPORT, ASKING, AGENTS, GENERAL, DIRECT = "C0HELP", "C0ASK", "G0DESK", "C0TALK", "D0ANA"
ANA, LEO, BOT, ALIEN = "U0ANA", "U0LEO", "U0DESK", "W0ALIEN"
TS, REPLY_TS, EVENT_TS = "1763802000.000100", "1763802060.000200", "1763802120.000300"
TRIGGER = "944799105734.773906753841.38b5894552bdd4a780554ee59d1f3638"

SPEAKERS = {
    ANA: Speaker(
        ANA, "Ana Ruiz", True, "es-ES", "Europe/Madrid", also=(("email", "ana@example.org"),)
    ),
    LEO: Speaker(LEO, "Leo Prats", True, "en-GB", "Europe/London"),
    BOT: Speaker(BOT, "Desk", True),
}

Json = dict[str, Any]


def speaker(user: str) -> Speaker:
    return SPEAKERS.get(user) or Speaker(user)


SCENE = Scene(
    channel="slack",
    team_id="T0ACME",
    bot_user=BOT,
    bot_id="B0DESK",
    app_id="A0DESK",
    rooms={
        SUPPORT: Room(channel=SUPPORT, team="it", language="es"),
        ASKING: Room(channel=ASKING, ask_first=True),
    },
    agents_rooms=frozenset({AGENTS}),
    speaker=speaker,
)


def said(text: str, room: str = SUPPORT, user: str = ANA, **more: object) -> Json:
    """A `message` event, as Slack's clients bring it about."""
    kinds = {"D": "im", "G": "group"}
    return {
        "client_msg_id": "1a2b3c4d-0000-4000-8000-000000000001",
        "type": "message",
        "text": text,
        "user": user,
        "ts": TS,
        "team": "T0ACME",
        "blocks": [rich(text)],
        "channel": room,
        "event_ts": TS,
        "channel_type": kinds.get(room[0], "channel"),
        **more,
    }


def rich(text: str) -> Json:
    words = {"type": "text", "text": text}
    section = {"type": "rich_text_section", "elements": [words]}
    return {"type": "rich_text", "block_id": "qWe1", "elements": [section]}


def reply(text: str, room: str = SUPPORT, user: str = ANA, **more: object) -> Json:
    """A message in the thread that `said` begins."""
    thread = {"ts": REPLY_TS, "thread_ts": TS, "parent_user_id": ANA}
    return {**said(text, room, user), **thread, "event_ts": REPLY_TS, **more}


def of_program(text: str, room: str = SUPPORT, **more: object) -> Json:
    """A post of another app."""
    return {
        "type": "message",
        "subtype": "bot_message",
        "text": text,
        "ts": TS,
        "username": "Backups",
        "bot_id": "B0BACKUP",
        "app_id": "A0BACKUP",
        "channel": room,
        "event_ts": TS,
        "channel_type": "channel",
        **more,
    }


def changed(now: Json, before: Json | None = None, **more: object) -> Json:
    """A `message_changed` event; the inner messages have no room of their own."""
    event: Json = {
        "type": "message",
        "subtype": "message_changed",
        "message": inner(now),
        "channel": now["channel"],
        "hidden": True,
        "ts": EVENT_TS,
        "event_ts": EVENT_TS,
        "channel_type": "channel",
        **more,
    }
    return event if before is None else {**event, "previous_message": inner(before)}


def deleted(before: Json, **more: object) -> Json:
    """A `message_deleted` event."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": inner(before),
        "channel": before["channel"],
        "hidden": True,
        "deleted_ts": before["ts"],
        "ts": EVENT_TS,
        "event_ts": EVENT_TS,
        "channel_type": "channel",
        **more,
    }


def inner(message: Json) -> Json:
    outer = {"channel", "event_ts", "channel_type"}
    return {key: value for key, value in message.items() if key not in outer}


def reacted(emoji: str, room: str = SUPPORT, user: str = LEO, **more: object) -> Json:
    """A `reaction_added` event."""
    return {
        "type": "reaction_added",
        "user": user,
        "reaction": emoji,
        "item_user": ANA,
        "item": {"type": "message", "channel": room, "ts": TS},
        "event_ts": EVENT_TS,
        **more,
    }


def slash(text: str, room: str = GENERAL, user: str = ANA, **more: object) -> Json:
    """The body of a slash command."""
    return {
        "token": "secret-of-old",
        "team_id": "T0ACME",
        "team_domain": "acme",
        "channel_id": room,
        "channel_name": "general",
        "user_id": user,
        "user_name": "ana",
        "command": "/desk",
        "text": text,
        "api_app_id": "A0DESK",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T0ACME/1/secret",
        "trigger_id": TRIGGER,
        **more,
    }


def interactive(kind: str, user: str = LEO, **more: object) -> Json:
    """What every interactive payload has."""
    return {
        "type": kind,
        "team": {"id": "T0ACME", "domain": "acme"},
        "user": {"id": user, "username": "leo", "name": "leo", "team_id": "T0ACME"},
        "api_app_id": "A0DESK",
        "token": "secret-of-old",
        "trigger_id": TRIGGER,
        **more,
    }


def pressed(value: str, room: str = AGENTS, user: str = LEO, **more: object) -> Json:
    """A press of a button in a message that stands in a thread."""
    box = {"message_ts": REPLY_TS, "channel_id": room, "is_ephemeral": False, "thread_ts": TS}
    action = {
        "action_id": "press:0",
        "block_id": "gqP",
        "text": {"type": "plain_text", "text": "Take it", "emoji": True},
        "value": value,
        "style": "primary",
        "type": "button",
        "action_ts": "1763802120.000400",
    }
    return interactive(
        "block_actions",
        user,
        **{
            "container": {"type": "message", **box},
            "channel": {"id": room, "name": "desk"},
            "message": {
                "type": "message",
                "user": BOT,
                "bot_id": "B0DESK",
                "text": "IT-1, of <@U0ANA>",
                "ts": REPLY_TS,
                "thread_ts": TS,
            },
            "state": {"values": {}},
            "response_url": "https://hooks.slack.com/actions/T0ACME/1/secret",
            "actions": [action],
            **more,
        },
    )


def shortcut_on(message: Json, user: str = LEO, **more: object) -> Json:
    """A message shortcut."""
    return interactive(
        "message_action",
        user,
        **{
            "action_ts": "1763802120.000400",
            "callback_id": "make_ticket",
            "response_url": "https://hooks.slack.com/app/T0ACME/1/secret",
            "message_ts": message["ts"],
            "channel": {"id": message["channel"], "name": "general"},
            "message": inner(message),
            **more,
        },
    )


def submitted(view: Json, values: Json, user: str = LEO, **more: object) -> Json:
    """A form that was sent off, with the states of its inputs."""
    shown = {**view, "id": "V0FORM", "hash": "156772938.1827394", "state": {"values": values}}
    return interactive("view_submission", user, view=shown, response_urls=[], **more)
