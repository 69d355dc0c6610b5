"""Reactions and the context menu: a message that somebody points at, and what they want with it."""

from collections.abc import Mapping
from dataclasses import replace

from adapters.chat.revision import fit
from adapters.discord.decode_message import Place, inbound_of, place_of
from adapters.discord.decode_scene import Scene
from adapters.discord.ids import interaction
from adapters.discord.post import Ground, Menu, Post, Reaction, Spot
from adapters.discord.raw import kept
from bot.model.message import ExternalId, Inbound

_SIGNS: Mapping[str, str] = {
    "👀": "/claim",
    "✅": "/resolve",
    "✔": "/resolve",
    "☑": "/resolve",
    "🚨": "/priority urgent",
    "📣": "/close",
    "📢": "/close",
    "🔒": "/close",
}
_TICKETS = frozenset("🎫🎟📌")
_LOOKS = {0xFE0E: None, 0xFE0F: None}  # whether a character is drawn in colour


def wanted(seen: Reaction, scene: Scene) -> tuple[str, str] | None:
    """The channel and id of the message to fetch for `reaction`; None where it says nothing."""
    emoji = _emoji(seen)
    heard = emoji in _SIGNS or emoji in _TICKETS
    if not heard or seen.person.bot or seen.person.id in ("", scene.bot_user):
        return None
    return (seen.spot.channel, seen.message) if seen.spot.channel and seen.message else None


def makes_ticket(seen: Reaction) -> bool:
    """Whether a reaction hands on the message it stands at, with its thread."""
    return _emoji(seen) in _TICKETS


def reaction(seen: Reaction, scene: Scene) -> Inbound | None:
    """What an emoji stands for; None for one that stands for nothing, and for the bot's own.

    Without the message it stands at there is nothing to make a ticket of.
    """
    if wanted(seen, scene) is None:
        return None
    post, emoji = seen.post, _emoji(seen)
    place = place_of(post) if post else Place(seen.spot, seen.message)
    said = "ticket" if emoji in _TICKETS else emoji
    external_id = ExternalId(f"{place.id}:{said}:{seen.person.id}:{seen.at}")
    raw = kept("reaction", seen, scene)
    if emoji in _TICKETS:
        if post is None or post.unreadable:
            return None
        inbound = _handed_on(post, seen, scene)
        return replace(inbound, external_id=external_id, sign=True, raw=raw)
    return Inbound(
        external_id=external_id,
        address=scene.address(place.room, place.thread),
        speaker=scene.speaker(seen.person),
        text=_SIGNS[emoji],
        # The desk knows a private thread by its name alone.
        replies_to=(place.id, *place.replies_to) if seen.spot.private else (place.id,),
        interactive=True,
        internal=scene.is_inward(seen.spot),
        public=scene.is_public(seen.spot),
        sign=True,
        raw=raw,
    )


def menu(seen: Menu, scene: Scene) -> Inbound | None:
    """The message that somebody makes a ticket of, by its menu; None for one without words."""
    if seen.person.bot or not seen.person.id or seen.post.unreadable:
        return None
    return replace(
        _handed_on(seen.post, seen, scene),
        external_id=interaction(seen.id),
        stood=_stood(seen.spot),
        raw=kept("menu", seen, scene),
    )


def _emoji(seen: Reaction) -> str:
    return seen.emoji.translate(_LOOKS)


def _stood(spot: Spot) -> str:
    """What people call the room; "" for a talk, which has no name."""
    called = fit(spot.name).strip()
    return f"#{called}" if called and spot.ground is not Ground.DIRECT and spot.server else ""


def _handed_on(post: Post, seen: Reaction | Menu, scene: Scene) -> Inbound:
    """A message as somebody points at it: they speak, its author wrote it first."""
    inbound = inbound_of(replace(post, spot=seen.spot), scene)
    author = None if post.author.id == seen.person.id else scene.speaker(post.author)
    return replace(
        inbound,
        known_as=inbound.external_id,
        speaker=scene.speaker(seen.person),
        forwarded=author,
        interactive=True,
    )
