"""Commands, pressed buttons and forms: words that are said by pressing or to the desk alone."""

import re
from dataclasses import replace
from hashlib import sha256
from json import dumps

from adapters.chat.revision import fit
from adapters.discord.decode_message import Place, inbound_of, root_of
from adapters.discord.decode_people import mentioned, speakers, words
from adapters.discord.decode_scene import Scene
from adapters.discord.ids import OPEN, SAY, interaction, is_id, made_at, parted
from adapters.discord.modal_origin import Origin
from adapters.discord.modal_origin import opened as unpacked
from adapters.discord.post import Ground, Person, Post, Press, Sent, Spot, Typed, Typing
from adapters.discord.raw import kept
from bot.model.message import ExternalId, Inbound, Speaker

_MENTION = re.compile(r"<@!?(\d{1,20})>")


def command(seen: Typed, scene: Scene) -> Inbound | None:
    """What stands behind the slash command, or one of the desk's commands with its options."""
    if _is_nobody(seen.person):
        return None
    text = f"/{fit(seen.command)}" if seen.command else words(seen, scene)
    named = replace(seen, text=" ".join([seen.text, *(value for _, value in seen.filled)]))
    return replace(
        _within(_said(seen.id, seen.person, seen.spot, text, scene), seen.spot, scene),
        filled=tuple((key, _given(value, seen, scene)) for key, value in seen.filled),
        mentioned=_both(mentioned(named, scene), speakers(seen.people, scene)),
        raw=kept("typed", seen, scene),
    )


def typing(seen: Typing, scene: Scene) -> Inbound | None:
    """What somebody has typed so far; nothing is done about it."""
    if _is_nobody(seen.person):
        return None
    said = _said(seen.id, seen.person, seen.spot, fit(seen.words), scene)
    return _within(said, seen.spot, scene)


def press(seen: Press, scene: Scene) -> Inbound | None:
    """The words of a pressed button or a chosen option; None where it stands for none."""
    said = _pressed(seen)
    if _is_nobody(seen.person) or not said:
        return None
    place = Place(seen.spot, seen.message)
    shown = bool(seen.message) and not seen.hidden
    threaded = shown or seen.spot.in_thread
    return replace(
        _said(seen.id, seen.person, seen.spot, said, scene),
        address=scene.address(place.room, place.thread if threaded else ""),
        replies_to=(place.id, *place.replies_to) if shown else (),
        raw=kept("press", seen, scene),
    )


def offered(seen: Press) -> tuple[str, str] | None:
    """The channel and id of the message that a pressed button offers to make a ticket of."""
    chosen = (seen.custom_id, *seen.chosen)
    about = next((each.removeprefix(OPEN) for each in chosen if each.startswith(OPEN)), "")
    channel, message = parted(about)
    return (channel, message) if channel else None


def opened(seen: Press, scene: Scene) -> Inbound | None:
    """The message that its writer, asked first, wants a ticket for; `seen.post` is it, fetched.

    Whoever else presses there hands it on.
    """
    post, about = seen.post, offered(seen)
    if post is None or about != (post.spot.channel, post.id):
        return None
    if _is_nobody(seen.person) or not _is_readable(post, scene):
        return None
    inbound = inbound_of(post, scene)
    return replace(
        inbound,
        external_id=interaction(seen.id),
        known_as=inbound.external_id,
        speaker=scene.speaker(seen.person),
        forwarded=None if post.author.id == seen.person.id else inbound.speaker,
        interactive=True,
        raw=kept("opened", seen, scene),
    )


def submission(seen: Sent, origin: Origin, scene: Scene) -> Inbound | None:
    """A form that was sent off: the command it belongs to, with what was filled in."""
    if _is_nobody(seen.person) or not origin.command:
        return None
    spot = seen.spot
    thread = origin.thread if spot.ground is not Ground.DIRECT else ""
    return replace(
        _said(seen.id, seen.person, spot, fit(origin.command), scene),
        external_id=_once(seen),
        address=scene.address(origin.room, thread),
        replies_to=_replies_to(origin, spot),
        filled=tuple((key, fit(value)) for key, value in seen.filled),
        mark=origin.mark,
        mentioned=speakers(seen.people, scene),
        raw=kept("sent", seen, scene, origin=origin),
    )


def _once(seen: Sent) -> ExternalId:
    """The name of a form with these words: who is told that it failed sends the same again."""
    key, _ = unpacked(seen.custom_id)
    written = sha256(dumps(seen.filled).encode()).hexdigest()
    return interaction(f"{key}:{written[:16]}" if key else seen.id)


def _said(own: str, person: Person, spot: Spot, text: str, scene: Scene) -> Inbound:
    """What holds for all that is pressed, typed or sent off."""
    room = scene.defaults(spot)
    return Inbound(
        external_id=interaction(own),
        address=scene.address(_room(spot), ""),
        speaker=scene.speaker(person),
        text=text,
        came_at=made_at(own),
        interactive=True,
        internal=scene.is_inward(spot),
        public=scene.is_public(spot),
        team=room.team,
        language=room.language,
    )


def _within(said: Inbound, spot: Spot, scene: Scene) -> Inbound:
    """The same, said to the desk by name, about the thread it was typed in."""
    threaded = spot.in_thread
    return replace(
        said,
        address=scene.address(_room(spot), Place(spot, "").thread if threaded else ""),
        replies_to=(root_of(spot),) if threaded else (),
        public=threaded and scene.is_public(spot),
        asked=True,
    )


def _given(value: str, seen: Typed, scene: Scene) -> str:
    """What an option holds: somebody who is named alone is their id, as from a list."""
    alone = _MENTION.fullmatch(value.strip())
    return alone[1] if alone else words(replace(seen, text=value), scene)


def _both(some: tuple[Speaker, ...], others: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
    named = {each.external_id: each for each in (*some, *others)}
    return tuple(named.values())


def _pressed(seen: Press) -> str:
    """The words: the button's own, else those of what was chosen."""
    both = (seen.custom_id, *seen.chosen)
    said = next((each.removeprefix(SAY) for each in both if each.startswith(SAY)), "")
    return fit(said).strip()


def _replies_to(origin: Origin, spot: Spot) -> tuple[ExternalId, ...]:
    """The message with the button, and the one that began its thread."""
    found = [ExternalId(origin.message)] if parted(origin.message)[0] else []
    if spot.in_thread and (spot.private or spot.channel == origin.thread):
        found.append(root_of(spot))
    return tuple(dict.fromkeys(found))


def _room(spot: Spot) -> str:
    return "" if spot.ground is Ground.FOREIGN else spot.room


def _is_nobody(person: Person) -> bool:
    return person.bot or not is_id(person.id)


def _is_readable(post: Post, scene: Scene) -> bool:
    """Whether somebody's words are to be had, and not the bot's own."""
    told = post.said and not (post.unreadable or post.author.bot)
    return told and post.author.id not in ("", scene.bot_user)
