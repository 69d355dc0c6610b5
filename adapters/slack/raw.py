"""Keeps what came from Slack as bytes, with the people it names, and reads it again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from adapters.slack.decode_fields import table, word
from adapters.slack.decode_people import people_in
from adapters.slack.decode_scene import Scene
from bot.model.message import Speaker

# With these somebody could speak as the desk, for a while.
_SECRET = frozenset(
    {"authorizations", "bot_access_token", "response_url", "response_urls", "token"}
)
_PROFILE = ("external_id", "name", "language", "zone")
_APP = ("team_id", "bot_user", "bot_id", "app_id")


@dataclass(frozen=True, slots=True)
class Kept:
    """A payload as it came: `kind` is the name of the function that decodes it."""

    kind: str
    payload: Mapping[str, object]
    more: Mapping[str, object]  # what was fetched for it: the message that a reaction stands at
    room: str  # of a message that doesn't say where it stands
    people: Mapping[str, Speaker]
    app: Mapping[str, str]  # who the app was then, by the names of a scene's fields
    agents_rooms: frozenset[str]

    def scene(self, now: Scene) -> Scene:
        """What was known when it came: without a connection nobody knows it any more."""

        def speaker(user: str) -> Speaker:
            return self.people.get(user) or Speaker(user)

        known = self.app.get
        return replace(
            now,
            speaker=speaker,
            agents_rooms=self.agents_rooms | now.agents_rooms,
            team_id=known("team_id", now.team_id),
            bot_user=known("bot_user", now.bot_user),
            bot_id=known("bot_id", now.bot_id),
            app_id=known("app_id", now.app_id),
        )


def kept(
    kind: str,
    payload: Mapping[str, object],
    scene: Scene,
    *,
    more: Mapping[str, object] | None = None,
    room: str = "",
) -> bytes:
    """The payload as bytes, without its tokens; who speaks in it as they were known by then."""
    named = people_in(payload) | people_in(more or {})
    whole = {
        "kind": kind,
        "payload": {key: value for key, value in payload.items() if key not in _SECRET},
        "more": more or {},
        "room": room,
        "people": [_profile(scene.speaker(each)) for each in sorted(named)],
        "app": {key: getattr(scene, key) for key in _APP},
        "agents_rooms": sorted(scene.agents_rooms),
    }
    return json.dumps(whole, separators=(",", ":"), default=str).encode()


def opened(raw: bytes) -> Kept | None:
    """What `kept` put away; None for bytes that aren't its own."""
    try:
        whole = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not word(whole, "kind"):
        return None
    profiles = table(whole).get("people")
    told = table(whole).get("agents_rooms")
    rooms = told if isinstance(told, list) else []
    people = [_speaker(each) for each in profiles] if isinstance(profiles, list) else []
    return Kept(
        word(whole, "kind"),
        table(whole, "payload"),
        table(whole, "more"),
        word(whole, "room"),
        {each.external_id: each for each in people},
        {key: value for key in _APP if (value := word(whole, "app", key))},
        frozenset(each for each in rooms if isinstance(each, str)),
    )


def _profile(speaker: Speaker) -> dict[str, object]:
    texts: dict[str, object] = {key: getattr(speaker, key) for key in _PROFILE}
    flags = {"verified": speaker.verified, "answerable": speaker.answerable}
    return {**texts, **flags, "also": speaker.also}


def _speaker(profile: object) -> Speaker:
    also = table(profile).get("also")
    pairs = also if isinstance(also, list) else []
    return Speaker(
        **{key: word(profile, key) for key in _PROFILE},
        verified=table(profile).get("verified") is True,
        answerable=table(profile).get("answerable") is not False,
        also=tuple((str(each[0]), str(each[1])) for each in pairs if _is_pair(each)),
    )


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == len(("channel", "address"))
