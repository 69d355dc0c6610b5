"""Reactions and shortcuts: a message that somebody points at, and what they want with it."""

from collections.abc import Mapping
from dataclasses import replace

from adapters.slack.decode_fields import moment, stamp, table, word
from adapters.slack.decode_message import Place, inbound_of, place_of
from adapters.slack.decode_people import NOBODY, is_own, is_program, program
from adapters.slack.decode_press import trigger
from adapters.slack.decode_scene import Scene, is_direct
from adapters.slack.ids import name
from adapters.slack.raw import kept
from bot.model.message import ExternalId, Inbound, Speaker

SHORTCUT = "make_ticket"  # the callback_id of the message shortcut

_SIGNS: Mapping[str, str] = {
    "eyes": "/claim",
    "white_check_mark": "/resolve",
    "heavy_check_mark": "/resolve",
    "ballot_box_with_check": "/resolve",
    "rotating_light": "/priority urgent",
    "mega": "/close",
    "loudspeaker": "/close",
    "lock": "/close",
}
_UNNAMED_ROOMS = frozenset({"", "privategroup", "directmessage"})
_TICKETS = frozenset({"ticket", "admission_tickets", "pushpin"})


def wanted(event: Mapping[str, object], scene: Scene) -> tuple[str, str] | None:
    """The room and ts of the message to fetch for `reaction`; None for one that says nothing."""
    emoji = word(event, "reaction").partition("::")[0]  # "::skin-tone-2" may follow
    room, ts = word(event, "item", "channel"), stamp(event, "item", "ts")
    user = word(event, "user")
    heard = word(event, "type") == "reaction_added" and (emoji in _SIGNS or emoji in _TICKETS)
    if not heard or not room or not ts or user in NOBODY | {scene.bot_user}:
        return None
    return room, ts


def makes_ticket(event: Mapping[str, object]) -> bool:
    """Whether a reaction hands on the message it stands at, with its thread."""
    return word(event, "reaction").partition("::")[0] in _TICKETS


def reaction(
    event: Mapping[str, object], scene: Scene, item_message: Mapping[str, object] | None
) -> Inbound | None:
    """What an emoji stands for; None for one that stands for nothing, and for the app's own.

    `item_message` is the message it stands at, None where it couldn't be fetched: then there is
    nothing to make a ticket of.
    """
    pointed = wanted(event, scene)
    if pointed is None:
        return None
    room, ts = pointed
    user, emoji = word(event, "user"), word(event, "reaction").partition("::")[0]
    item = item_message or {}
    place = Place(room, ts, stamp(item, "thread_ts") or ts)
    said = "ticket" if emoji in _TICKETS else emoji
    external_id = ExternalId(f"{place.id}:{said}:{user}:{stamp(event, 'event_ts')}")
    raw = kept("reaction", event, scene, more=item)
    if emoji in _TICKETS:
        if not item:
            return None
        inbound = _handed_on(item, place, user, scene)
        return replace(inbound, external_id=external_id, sign=True, raw=raw)
    inward = scene.is_inward(room)
    return Inbound(
        external_id=external_id,
        address=scene.address(room, place.thread),
        speaker=scene.speaker(user),
        text=_SIGNS[emoji],
        came_at=moment(stamp(event, "event_ts")),
        replies_to=(place.id,),
        interactive=True,
        internal=inward,
        public=not inward,
        sign=True,
        raw=raw,
    )


def shortcut(body: Mapping[str, object], scene: Scene) -> Inbound | None:
    """The message that somebody makes a ticket of, by its menu; None for any other shortcut."""
    if word(body, "callback_id") != SHORTCUT:
        return None
    item, room, user = table(body, "message"), word(body, "channel", "id"), word(body, "user", "id")
    place = place_of({"ts": word(body, "message_ts"), **item}, room)
    if place is None or user in NOBODY:
        return None
    inbound = _handed_on(item, place, user, scene)
    if is_direct(room):
        # Most likely two people's own: the desk can't speak there, it writes to the one who asked.
        inbound = replace(inbound, address=scene.address("", ""), replies_to=(), internal=False)
    raw = kept("shortcut", body, scene)
    stood = _stood(word(body, "channel", "name"))
    return replace(inbound, external_id=trigger(body, user), stood=stood, raw=raw)


def _stood(room: str) -> str:
    """What people call the room of a shortcut; "" for one that Slack doesn't name."""
    unnamed = room in _UNNAMED_ROOMS or room.startswith("mpdm-")
    return "" if unnamed else f"#{room}"


def _handed_on(item: Mapping[str, object], place: Place, by: str, scene: Scene) -> Inbound:
    """A message as somebody points at it: they speak, its author wrote it first."""
    inbound = inbound_of(item, place, scene.speaker(by), scene)
    author = _author(item, scene)
    return replace(
        inbound,
        known_as=name(place.room, place.ts),
        forwarded=None if author.external_id == by else author,
        interactive=True,
    )


def _author(item: Mapping[str, object], scene: Scene) -> Speaker:
    if is_program(item) or is_own(item, scene) or word(item, "user") in NOBODY:
        return program(item)
    return scene.speaker(word(item, "user"))
