"""Slash commands and pressed buttons: words that are said by pressing or to the desk alone."""

from collections.abc import Mapping
from dataclasses import replace

from adapters.slack.decode_fields import moment, stamp, table, tables, word
from adapters.slack.decode_message import Place, of_history
from adapters.slack.decode_people import NOBODY, mentioned, words
from adapters.slack.decode_scene import Scene
from adapters.slack.ids import OPEN, parted
from adapters.slack.raw import kept
from bot.model.message import ExternalId, Inbound


def trigger(body: Mapping[str, object], user: str) -> ExternalId:
    """The id of what somebody did: Slack gives each a trigger of its own."""
    own = word(body, "trigger_id") or ":".join(
        filter(None, (word(body, "view", "id"), word(body, "view", "hash"), user))
    )
    return ExternalId(f"trigger:{own}")


def command(body: Mapping[str, object], scene: Scene) -> Inbound | None:
    """What stands behind the slash command."""
    user, room = word(body, "user_id"), word(body, "channel_id")
    if user in NOBODY:
        return None
    defaults = scene.defaults(room)
    return Inbound(
        external_id=trigger(body, user),
        address=scene.address(room, ""),
        speaker=scene.speaker(user),
        text=words({"text": word(body, "text")}, scene),
        interactive=True,
        internal=scene.is_inward(room),
        asked=True,
        mentioned=mentioned(body, scene),
        team=defaults.team,
        language=defaults.language,
        raw=kept("command", body, scene),
    )


def press(body: Mapping[str, object], scene: Scene) -> Inbound | None:
    """The words of a pressed button or a chosen option; None where it stands for none."""
    user, text = word(body, "user", "id"), _pressed(body)
    if user in NOBODY or not text:
        return None
    place = _place(body)
    defaults = scene.defaults(place.room)
    inward = not place.room or scene.is_inward(place.room)
    return Inbound(
        external_id=trigger(body, user),
        address=scene.address(place.room, place.thread),
        speaker=scene.speaker(user),
        text=text,
        came_at=moment(_pressed_at(body)),
        replies_to=(place.id, *place.replies_to) if place.ts else (),
        interactive=True,
        internal=inward,
        public=not inward,
        team=defaults.team,
        language=defaults.language,
        raw=kept("press", body, scene),
    )


def offered(body: Mapping[str, object]) -> tuple[str, str] | None:
    """The room and ts of the message that a pressed button offers to make a ticket of."""
    said, _, about = _pressed(body).partition(" ")
    room, ts = parted(about)
    return (room, ts) if said == OPEN and room else None


def opened(
    body: Mapping[str, object], scene: Scene, message: Mapping[str, object]
) -> Inbound | None:
    """The message that its writer, asked first, wants a ticket for; `message` is it, fetched."""
    about = offered(body)
    inbound = of_history(message, about[0], scene) if about else None
    if inbound is None:
        return None
    return replace(
        inbound,
        external_id=trigger(body, inbound.speaker.external_id),
        known_as=inbound.external_id,
        offer=False,
        interactive=True,
        raw=kept("opened", body, scene, more=message),
    )


def _pressed(body: Mapping[str, object]) -> str:
    action = next(tables(body, "actions"), {})
    value = word(action, "value") or word(action, "selected_option", "value")
    # Slack sends some texts of blocks back escaped; no command has an entity of its own.
    return value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _pressed_at(body: Mapping[str, object]) -> str:
    return stamp(next(tables(body, "actions"), {}), "action_ts")


def _place(body: Mapping[str, object]) -> Place:
    """Where the pressed thing stands; nowhere for one on a page of the app's own."""
    box, shown = table(body, "container"), table(body, "message")
    room = word(body, "channel", "id") or word(box, "channel_id")
    ts = stamp(shown, "ts") or stamp(box, "message_ts")
    thread = stamp(shown, "thread_ts") or stamp(box, "thread_ts")
    if box.get("is_ephemeral") is True:
        return Place(room, "", thread)  # nobody else sees it, and nothing can answer to it
    return Place(room, ts, thread or ts)
