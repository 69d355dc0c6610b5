"""Messages of Discord as the desk takes them in: said, edited, taken back."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from adapters.chat.revision import fit, said_anew
from adapters.discord.decode_people import files_in, is_called, mentioned, words
from adapters.discord.decode_scene import Scene
from adapters.discord.ids import made_at, name
from adapters.discord.post import Gone, Ground, Post, Retagged, Spot
from adapters.discord.raw import kept
from bot.model.message import ExternalId, Inbound, Nature, Speaker

_LATELY = timedelta(days=1)  # what is older is tidied up, and nothing that somebody says now
_KEPT_OUT = ("📣", "📢")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands, and what it answers."""

    spot: Spot
    message: str
    answers: tuple[str, ...] = ()  # messages of the same channel, nearest first

    @property
    def id(self) -> ExternalId:
        """The message's name."""
        return name(self.spot.channel, self.message)

    @property
    def room(self) -> str:
        """The room as the desk has it; "" where the desk can't speak."""
        return "" if self.spot.ground is Ground.FOREIGN else self.spot.room

    @property
    def thread(self) -> str:
        """The thread as the desk has it, also before there is one.

        "" in a direct talk and in a private thread of the desk's: its room and what was said tell
        the way there.
        """
        match self.spot.ground:
            case Ground.THREAD | Ground.POST:
                return "" if self.spot.private else self.spot.channel
            case Ground.ROOM:
                return self.answers[-1] if self.answers else self.message
        return ""

    @property
    def is_root(self) -> bool:
        """Whether it begins its thread; in a direct talk each message stands for itself."""
        match self.spot.ground:
            case Ground.THREAD:
                return False
            case Ground.POST:
                return self.message == self.spot.channel
            case Ground.ROOM:
                return not self.answers
        return True

    @property
    def replies_to(self) -> tuple[ExternalId, ...]:
        """The messages it answers, nearest first, that which began its thread among them."""
        if self.spot.ground is Ground.FOREIGN:
            return ()
        answered = [name(self.spot.channel, each) for each in self.answers]
        if self.spot.in_thread and not self.is_root:
            answered.append(root_of(self.spot))
        return tuple(each for each in dict.fromkeys(answered) if each != self.id)


def root_of(thread: Spot) -> ExternalId:
    """The name of the message that began a thread: in its room, but in a forum within itself."""
    stands_in = thread.channel if thread.ground is Ground.POST else thread.parent
    return name(stands_in, thread.channel)


def place_of(post: Post) -> Place:
    """Where a message stands."""
    return Place(post.spot, post.id, post.answers)


def message(post: Post, scene: Scene) -> Inbound | None:
    """What a message says, told now or read from a history; None where it is none of ours."""
    place, called = place_of(post), is_called(post, scene)
    if _is_others(post, scene) or _is_passed_over(post, place, called, scene):
        return None
    inward, direct = scene.is_inward(post.spot), post.spot.ground is Ground.DIRECT
    offered = place.is_root and not called and scene.defaults(post.spot).ask_first
    return replace(
        inbound_of(post, scene),
        asked=called,
        offer=offered,
        overheard=not (called or direct or post.spot.private) and (not place.is_root or inward),
        interactive=called or offered or (inward and not direct),
        raw=kept("post", post, scene),
    )


def inbound_of(post: Post, scene: Scene) -> Inbound:
    """A message with what holds for each, however it came to the desk."""
    place, room = place_of(post), scene.defaults(post.spot)
    return Inbound(
        external_id=place.id,
        address=scene.address(place.room, place.thread),
        speaker=scene.speaker(post.author),
        text=words(post, scene),
        subject=fit(post.title).strip(),
        came_at=made_at(post.id),
        replies_to=place.replies_to,
        internal=scene.is_inward(post.spot),
        public=scene.is_public(post.spot),
        flows=post.spot.ground is Ground.DIRECT,
        listed=post.spot.ground is Ground.POST,
        labels=tuple(fit(each) for each in post.tags),
        mentioned=mentioned(post, scene),
        team=room.team,
        language=room.language,
    )


def edit(post: Post, scene: Scene) -> Inbound | None:
    """New words for a message; None where only its looks changed: a link's preview, a pin."""
    at = _moment(post.edited)
    if at is None or _is_others(post, scene):
        return None
    edited = _upon(inbound_of(post, scene), f"edit:{post.edited}", Nature.EDIT, at, post.spot)
    edited = replace(edited, raw=kept("edit", post, scene))
    said_at = made_at(post.id)
    if said_at and at - said_at > _LATELY:
        return replace(edited, overheard=True)
    return said_anew(edited, message(post, scene))


def gone(deleted: Gone, scene: Scene) -> Inbound:
    """A message was taken back."""
    place, room = Place(deleted.spot, deleted.id), scene.defaults(deleted.spot)
    inbound = Inbound(
        external_id=place.id,
        address=scene.address(place.room, place.thread),
        speaker=Speaker("", answerable=False),
        text="",
        internal=scene.is_inward(deleted.spot),
        public=scene.is_public(deleted.spot),
        team=room.team,
        language=room.language,
    )
    at = _moment(deleted.at) or made_at(deleted.id)
    taken = _upon(inbound, "deleted", Nature.DELETION, at, deleted.spot)
    return replace(taken, raw=kept("gone", deleted, scene))


def retagged(post: Retagged, scene: Scene) -> Inbound:
    """Somebody changed the tags of a forum's post."""
    root = root_of(post.spot)
    return Inbound(
        external_id=ExternalId(f"{root}:tags:{post.at}"),
        address=scene.address(post.spot.room, post.spot.channel),
        speaker=Speaker("", answerable=False),
        text="",
        replies_to=(root,),
        nature=Nature.LABELS,
        labels=tuple(fit(each) for each in post.put_on),
        unlabelled=tuple(fit(each) for each in post.taken_off),
        raw=kept("retagged", post, scene),
    )


def _is_others(post: Post, scene: Scene) -> bool:
    """Whether a program wrote it, or Discord itself, or it is kept from us."""
    return (
        post.author.bot
        or post.author.id in ("", scene.bot_user)
        or not post.said
        or post.unreadable
        or post.spot.ground is Ground.FOREIGN
    )


def _is_passed_over(post: Post, place: Place, called: bool, scene: Scene) -> bool:
    if called:
        return False
    if not (words(post, scene) or files_in(post) or post.title):
        return True  # a poll, a game: nobody could read it later
    if not place.is_root:
        return False
    begins = (post.title or post.text).lstrip()
    meant_for_people = post.spot.room in scene.rooms and (
        begins.startswith(_KEPT_OUT) or post.text.lstrip().startswith(_KEPT_OUT)
    )
    return meant_for_people or not scene.listens(post.spot)


def _upon(
    inbound: Inbound, suffix: str, nature: Nature, at: datetime | None, spot: Spot
) -> Inbound:
    """Make of a message what happened to it later."""
    return replace(
        inbound,
        external_id=ExternalId(f"{inbound.external_id}:{suffix}"),
        nature=nature,
        came_at=at,
        replies_to=(inbound.external_id,),
        overheard=spot.ground is not Ground.DIRECT and not spot.private,
    )


def _moment(text: str) -> datetime | None:
    """A moment as Discord writes it; None where there is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
