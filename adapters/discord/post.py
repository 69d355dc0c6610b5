"""What happens on Discord, in shapes of our own: the codec reads these, and no library's objects.

Ids are Discord's snowflakes as text. Each shape is made of texts, numbers, flags and one another
alone, so that it can be kept as JSON and read again.
"""

from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    """What kind of place something happens in."""

    ROOM = "room"  # a text channel of a server
    THREAD = "thread"  # below a text channel
    POST = "post"  # the thread that a post in a forum is
    DIRECT = "direct"  # the direct talk with the desk
    FOREIGN = "foreign"  # where the desk isn't: others' talks, servers that it was never let into


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on Discord, as they are called there."""

    id: str
    name: str = ""  # the server nickname, else the global display name, else the user name
    bot: bool = False  # a program, a webhook, or Discord itself
    language: str = ""  # "es"; known of those alone who press or type a command


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something happens: the channel, and of a thread the channel that it belongs to."""

    channel: str
    ground: Ground = Ground.ROOM
    parent: str = ""  # of a thread: its text channel or forum
    server: str = ""  # "" for a talk outside of servers
    name: str = ""  # what people call the channel, without "#"
    private: bool = False  # a private thread that the desk began for one conversation

    @property
    def room(self) -> str:
        """The room as the desk has it: what a thread belongs to, else the channel itself."""
        return self.parent or self.channel

    @property
    def in_thread(self) -> bool:
        """Whether it is a thread, a forum's posts among them."""
        return self.ground in (Ground.THREAD, Ground.POST)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a message; `url` is where it is fetched, for a day."""

    id: str
    name: str
    url: str
    content_type: str = ""
    size: int = 0  # bytes


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A message that was handed on within another; Discord doesn't tell whose it is."""

    text: str
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A message as it stands now.

    `answers`: the message that this one is a reply to, and the one that that answered, nearest
    first, all in the same channel.
    """

    id: str
    spot: Spot
    author: Person
    text: str = ""  # in Discord's markdown, with "<@123>" for a mention
    said: bool = True  # False for what Discord says: joins, pins, threads that were made
    title: str = ""  # of a forum's post, with its first message
    tags: tuple[str, ...] = ()  # of a forum's post, with its first message
    people: tuple[Person, ...] = ()  # those whom the text may name
    roles: tuple[tuple[str, str], ...] = ()  # ids and names, of those that the text may name
    channels: tuple[tuple[str, str], ...] = ()  # ids and names, of those that the text may name
    files: tuple[Attached, ...] = ()
    stickers: tuple[str, ...] = ()  # their names
    forwarded: tuple[Forwarded, ...] = ()
    answers: tuple[str, ...] = ()
    edited: str = ""  # ISO 8601, "" when its words were never changed
    threaded: bool = False  # a thread was made from it
    unreadable: bool = False  # Discord keeps its words from us: the content intent is off


@dataclass(frozen=True, slots=True)
class Gone:
    """A message that was deleted; whose it was isn't told. `at`: ISO 8601, when we heard of it."""

    id: str
    spot: Spot
    at: str = ""


@dataclass(frozen=True, slots=True)
class Retagged:
    """A forum's post whose tags were changed; who did it isn't told. `at`: as of what is gone."""

    spot: Spot
    put_on: tuple[str, ...] = ()  # their names
    taken_off: tuple[str, ...] = ()
    at: str = ""


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji that somebody put at a message.

    `at`: ISO 8601, when we heard of it. `post` is the message, fetched; None where there is none.
    """

    emoji: str  # as a character; a server's own are ""
    person: Person
    spot: Spot
    message: str
    at: str = ""
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed, or something chosen from a menu in a message.

    `message` is the one it stands in; `hidden`, when nobody else sees that one.
    """

    id: str  # of the interaction, as of all below
    person: Person
    spot: Spot
    custom_id: str
    chosen: tuple[str, ...] = ()
    message: str = ""
    hidden: bool = False
    post: Post | None = None  # for a press of "open:…": the message that is meant, fetched


@dataclass(frozen=True, slots=True)
class Typed:
    """A slash command: words behind the desk's own, or one of the desk's `command`s with what it
    was given, by the parameters' names.
    """

    id: str
    person: Person
    spot: Spot
    text: str = ""
    command: str = ""
    filled: tuple[tuple[str, str], ...] = ()
    people: tuple[Person, ...] = ()  # those whom it names
    roles: tuple[tuple[str, str], ...] = ()
    channels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody types into an option whose choices are looked up, of a `command` or of words."""

    id: str
    person: Person
    spot: Spot
    option: str
    words: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A message picked by its context menu."""

    id: str
    person: Person
    spot: Spot
    command: str  # the name of the menu's entry
    post: Post


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent off; `filled` by the parameters' names."""

    id: str
    person: Person
    spot: Spot
    custom_id: str
    filled: tuple[tuple[str, str], ...] = ()
    people: tuple[Person, ...] = ()  # those who were picked


Seen = Post | Gone | Retagged | Reaction | Press | Typed | Typing | Menu | Sent
