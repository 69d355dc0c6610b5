"""Messages of Slack as the desk takes them in: said, edited, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from adapters.chat.revision import said_anew
from adapters.slack.decode_fields import moment, stamp, table, word
from adapters.slack.decode_people import (
    NOBODY,
    is_called,
    is_own,
    is_program,
    mentioned,
    program,
    words,
)
from adapters.slack.decode_scene import Scene, is_direct
from adapters.slack.ids import name
from adapters.slack.raw import kept
from bot.model.message import BY_PROGRAM, ExternalId, Inbound, Nature, Speaker

_SAID = frozenset({"", "file_share", "thread_broadcast", "me_message", "bot_message"})
_LATELY = 86_400  # seconds: what is older is tidied up, and nothing that somebody says now
_KEPT_OUT = (":mega:", ":loudspeaker:", "📣", "📢")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands."""

    room: str
    ts: str
    thread: str  # the ts of its first message

    @property
    def id(self) -> ExternalId:
        """The message's name."""
        return name(self.room, self.ts)

    @property
    def is_root(self) -> bool:
        """Whether it begins its thread."""
        return self.thread == self.ts

    @property
    def replies_to(self) -> tuple[ExternalId, ...]:
        """The message whose thread it stands in."""
        return () if self.is_root else (name(self.room, self.thread),)


def place_of(message: Mapping[str, object], room: str) -> Place | None:
    """Where a message of this room stands; None for what is no message."""
    ts = stamp(message, "ts")
    return Place(room, ts, stamp(message, "thread_ts") or ts) if room and ts else None


def message(event: Mapping[str, object], scene: Scene) -> Inbound | None:
    """What a `message` or `app_mention` event says; None where it is no concern of the desk."""
    match word(event, "subtype"):
        case "message_changed" if word(event, "message", "subtype") == "tombstone":
            # What has replies leaves a stone behind when it is deleted.
            return _taken_back(event, stamp(event, "message", "ts"), scene)
        case "message_changed":
            return _edited(event, scene)
        case "message_deleted":
            return _taken_back(event, stamp(event, "deleted_ts"), scene)
        case subtype if subtype in _SAID:
            return of_history(event, word(event, "channel"), scene)
    return None


def of_history(item: Mapping[str, object], room: str, scene: Scene) -> Inbound | None:
    """The same as `message`, of what conversations.history or .replies told of this room."""
    place = place_of(item, room)
    if place is None or word(item, "subtype") not in _SAID or is_own(item, scene):
        return None
    called, automatic = is_called(item, scene), is_program(item)
    if _is_passed_over(item, place, called, scene):
        return None
    speaker = program(item) if automatic else scene.speaker(word(item, "user"))
    inbound = inbound_of(item, place, speaker, scene)
    inward, direct = scene.is_inward(room), is_direct(room)
    offered = place.is_root and not called and scene.defaults(room).ask_first
    return replace(
        inbound,
        asked=called,
        offer=offered,
        overheard=not (called or direct) and (not place.is_root or inward),
        interactive=not automatic and (called or offered or (inward and not direct)),
        remarks=(BY_PROGRAM,) if automatic else (),
        raw=kept("of_history", item, scene, room=room),
    )


def inbound_of(item: Mapping[str, object], place: Place, speaker: Speaker, scene: Scene) -> Inbound:
    """A message with what holds for each, however it came to the desk."""
    room = scene.defaults(place.room)
    inward = scene.is_inward(place.room)
    return Inbound(
        external_id=place.id,
        address=scene.address(place.room, place.thread),
        speaker=speaker,
        text=words(item, scene),
        came_at=moment(place.ts),
        replies_to=place.replies_to,
        internal=inward,
        public=not inward,
        mentioned=mentioned(item, scene),
        team=room.team,
        language=room.language,
    )


def _is_passed_over(item: Mapping[str, object], place: Place, called: bool, scene: Scene) -> bool:
    if is_program(item):
        # Two programs that answer each other never end; one that calls the desk once is heard.
        return not (called and place.is_root)
    if word(item, "user") in NOBODY:
        return True
    if not place.is_root or called:
        return False
    meant_for_people = place.room in scene.rooms and word(item, "text").startswith(_KEPT_OUT)
    return meant_for_people or not scene.listens(place.room)


def _edited(event: Mapping[str, object], scene: Scene) -> Inbound | None:
    """New words for a message; None where only its looks changed: a link's preview, a reaction."""
    now, before = table(event, "message"), table(event, "previous_message")
    place = place_of(now, word(event, "channel"))
    if place is None or _is_others(now, scene):
        return None
    stamps = (stamp(now, "edited", "ts"), stamp(event, "event_ts"), stamp(event, "ts"))
    at = next(filter(None, stamps), place.ts)
    inbound = inbound_of(now, place, scene.speaker(word(now, "user")), scene)
    unchanged = words(before, scene) == inbound.text if before else "edited" not in now
    if unchanged:
        return None
    edited = _upon(inbound, f"edit:{at}", Nature.EDIT, at, event, scene)
    if float(at) - float(place.ts) > _LATELY:
        return replace(edited, overheard=True)
    return said_anew(edited, of_history(now, place.room, scene))


def _taken_back(event: Mapping[str, object], ts: str, scene: Scene) -> Inbound | None:
    before = table(event, "previous_message")
    room = word(event, "channel")
    place = place_of({**before, "ts": ts}, room)
    if place is None or _is_others(before, scene):
        return None
    user = word(before, "user")
    speaker = scene.speaker(user) if user not in NOBODY else Speaker("", answerable=False)
    inbound = replace(inbound_of({}, place, speaker, scene), text="")
    stamps = (stamp(event, "event_ts"), stamp(event, "ts"))
    at = next(filter(None, stamps), place.ts)
    return _upon(inbound, "deleted", Nature.DELETION, at, event, scene)


def _is_others(message: Mapping[str, object], scene: Scene) -> bool:
    """Whether a program wrote it, or Slack itself: nothing that the desk keeps."""
    if is_own(message, scene) or is_program(message):
        return True
    return "user" in message and word(message, "user") in NOBODY


def _upon(
    inbound: Inbound,
    suffix: str,
    nature: Nature,
    at: str,
    event: Mapping[str, object],
    scene: Scene,
) -> Inbound:
    """Make of a message what happened to it later."""
    return replace(
        inbound,
        external_id=ExternalId(f"{inbound.external_id}:{suffix}"),
        nature=nature,
        came_at=moment(at),
        replies_to=(inbound.external_id,),
        overheard=not is_direct(inbound.address.room),
        raw=kept("message", event, scene),
    )
