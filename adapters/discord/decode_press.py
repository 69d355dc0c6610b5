"""Commands, pressed buttons and forms: words that are said by pressing or to the desk alone."""

from dataclasses import replace

from adapters.chat.revision import fit
from adapters.discord.decode_message import Place, inbound_of, root_of
from adapters.discord.decode_people import mentioned, speakers, words
from adapters.discord.decode_scene import Scene
from adapters.discord.ids import OPEN, SAY, interaction, is_id, made_at, parted
from adapters.discord.modal_origin import Origin
from adapters.discord.post import Ground, Person, Post, Press, Sent, Spot, Typed, Typing
from adapters.discord.raw import kept
from bot.model.message import ExternalId, Inbound


def command(seen: Typed, scene: Scene) -> Inbound | None:
    """What stands behind the slash command."""
    if _is_nobody(seen.person):
        return None
    threaded = seen.spot.in_thread
    return replace(
        _said(seen.id, seen.person, seen.spot, words(seen, scene), scene),
        address=scene.address(_room(seen.spot), Place(seen.spot, "").thread if threaded else ""),
        replies_to=(root_of(seen.spot),) if threaded else (),
        public=threaded and scene.is_public(seen.spot),
        asked=True,
        mentioned=mentioned(seen, scene),
        raw=kept("typed", seen, scene),
    )


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
        address=scene.address(origin.room, thread),
        replies_to=_replies_to(origin, spot),
        filled=tuple((key, fit(value)) for key, value in seen.filled),
        mark=origin.mark,
        mentioned=speakers(seen.people, scene),
        raw=kept("sent", seen, scene, origin=origin),
    )


def typed(seen: Typing) -> tuple[str, str]:
    """What somebody types into an option whose choices are looked up: (the option, words)."""
    return seen.option, fit(seen.words).strip()


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
