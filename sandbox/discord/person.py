"""Somebody at their Discord: what they say, press, fill in, and what they see."""

from collections.abc import Iterable, Mapping, Sequence

from sandbox.discord.attachment import Attachment
from sandbox.discord.channel import Channel, Direct, GuildChannel, Kind, Tag, Thread
from sandbox.discord.choice import File
from sandbox.discord.deeds import Deeds
from sandbox.discord.form import Form
from sandbox.discord.guild import Guild
from sandbox.discord.interactions import Interactions
from sandbox.discord.message import Draft, Message, Reference
from sandbox.discord.permission import Permission
from sandbox.discord.posting import Posting
from sandbox.discord.thread_rules import MOST_TAGS
from sandbox.discord.user import User
from sandbox.discord.words import typed
from sandbox.discord.world import World

_NO_FILES: Sequence[File] = ()
_NOTHING: Mapping[str, object] = {}


class Person:
    """One person, spoken for.

    What is said, changed and reacted is told to the application at once. A command, press, choice
    or form returns once the application acknowledged it, or once the person sees that it didn't:
    then `errors` says what they see. What isn't there to be pressed, or may not be done, raises
    AssertionError with what there is.
    """

    def __init__(
        self, user: User, world: World, posting: Posting, interactions: Interactions
    ) -> None:
        self.user = user
        self.errors: list[str] = []
        self._world = world
        self._posting = posting
        self._deeds = Deeds(user, world, interactions, self.errors)

    @property
    def id(self) -> int:
        """Their account's id."""
        return self.user.id

    @property
    def name(self) -> str:
        """The name that others see."""
        return self.user.shown_name

    @property
    def mention(self) -> str:
        """How a text mentions them."""
        return self.user.mention

    @property
    def form(self) -> Form | None:
        """The form they have open."""
        return self._deeds.form

    @property
    def direct(self) -> Direct:
        """Their direct messages with the bot."""
        return self._world.direct(self.user)

    @property
    def ephemerals(self) -> list[Message]:
        """The messages that only they see, oldest first."""
        return self._world.ephemerals.setdefault(self.id, [])

    async def says(
        self,
        words: str,
        channel: Channel | None = None,
        thread: Thread | Message | None = None,
        *,
        reply_to: Message | None = None,
        files: Iterable[File] = _NO_FILES,
    ) -> Message:
        """Post what they typed: in a channel, in a thread, or else directly to the bot.

        "@Name" and "#channel" mention. A message stands for the thread it is in, or began.
        """
        place = self._place(channel, thread, reply_to)
        self._may_write(place)
        draft = self._draft(place, words, files)
        if reply_to:
            draft.reference = Reference(reply_to.channel_id, reply_to.id, reply_to.guild_id)
        return self._posting.publish(place, self.user, draft)

    async def opens_post(
        self,
        forum: GuildChannel,
        title: str,
        words: str,
        *,
        tags: Iterable[Tag | str] = (),
        files: Iterable[File] = _NO_FILES,
    ) -> Message:
        """Open a post in a forum, and return its first message."""
        assert forum.kind is Kind.FORUM, f"{forum.name} is no forum"
        self._may(Permission.SEND_MESSAGES, forum)
        chosen = [forum.tag(each) if isinstance(each, str) else each for each in tags]
        self._may_tag(forum, chosen)
        assert chosen or not forum.requires_tag, f"{forum.name} wants a tag"
        draft = self._draft(forum, words, files)
        ids = [each.id for each in chosen]
        return self._posting.threads.post(forum, self.user, title, draft, tags=ids)[1]

    async def retags(self, post: Message, *put_on: str, off: Iterable[str] = ()) -> None:
        """Put tags on a post of theirs in a forum and take others off, or where they moderate."""
        thread = self._world.channel_of(post)
        assert isinstance(thread, Thread), "it stands in no forum"
        if thread.owner_id != self.id:
            self._may(Permission.MANAGE_THREADS, thread)
        assert not thread.archived, f"{thread.name} is closed"
        chosen, gone = [[*map(thread.parent.tag, each)] for each in (put_on, off)]
        self._may_tag(thread.parent, chosen + gone)
        ids = dict.fromkeys((*thread.tags, *(each.id for each in chosen)))
        left = [each for each in ids if each not in {tag.id for tag in gone}]
        assert len(left) <= MOST_TAGS, f"a post has {MOST_TAGS} tags at most"
        self._posting.threads.change(thread, self.user, tags=left)

    async def opens_thread(
        self, name: str, on: Message | GuildChannel, *, private: bool = False
    ) -> Thread:
        """Begin a thread at a message, or in a channel."""
        channel = self._world.channel_of(on) if isinstance(on, Message) else on
        kind = "CREATE_PRIVATE_THREADS" if private else "CREATE_PUBLIC_THREADS"
        self._may(Permission[kind], channel)
        if isinstance(on, Message):
            assert on.thread_id is None, "there is a thread already"
            return self._posting.threads.upon(on, self.user, name)
        return self._posting.threads.begin(on, self.user, name, private=private)

    async def edits(self, message: Message, words: str) -> None:
        """Change a message of theirs."""
        assert message.author is self.user, "only their own"
        guild = self._world.guild_of(message)
        self._posting.change(message, content=typed(self._world, words, guild))

    async def deletes(self, message: Message) -> None:
        """Delete a message of theirs, or any where they moderate; hide one that only they see."""
        if message.author is not self.user and message.ephemeral_to != self.id:
            self._may(Permission.MANAGE_MESSAGES, self._world.channel_of(message))
        self._posting.delete(message)

    async def reacts(self, emoji: str, on: Message) -> None:
        """Add an emoji to a message."""
        channel = self._seen(on)
        if emoji not in on.reactions:
            self._may(Permission.ADD_REACTIONS, channel)
        self._posting.react(on, self.id, emoji)

    async def unreacts(self, emoji: str, on: Message) -> None:
        """Take their emoji back."""
        self._posting.unreact(on, self.id, emoji)

    async def joins(self, guild: Guild) -> None:
        """Come into a guild."""
        guild.join(self.user)

    async def leaves(self, guild: Guild) -> None:
        """Go out of a guild."""
        guild.leave(self.user)

    async def types(self, channel: Channel | None = None) -> None:
        """Be seen typing."""
        self._posting.typing(channel or self.direct, self.user)

    async def presses(self, label: str, on: Message) -> None:
        """Press a button, found by its label or emoji."""
        self._seen(on)
        await self._deeds.press(label, on)

    async def picks(self, choice: object, on: Message, menu: str = "") -> None:
        """Choose from a menu; `menu` names it if it isn't told by what it offers.

        `choice` is the label of an option, a Person, a role, a channel, or a list of them.
        """
        self._seen(on)
        await self._deeds.pick(choice, on, menu)

    async def uses_command(
        self,
        command: str,
        options: Mapping[str, object] = _NOTHING,
        channel: Channel | None = None,
    ) -> None:
        """Send a slash command, its sub-commands as words: "desk new".

        `options` by name: texts, numbers, truths, a Person, a role, a channel, a file.
        """
        await self._deeds.use_command(command, self._where(channel), options)

    async def completes(
        self,
        command: str,
        option: str,
        words: str,
        *,
        options: Mapping[str, object] = _NOTHING,
        channel: Channel | None = None,
    ) -> list[str]:
        """Type into an option that the application completes, and return what is offered."""
        where = self._where(channel)
        return await self._deeds.complete(command, where, option, words, options)

    async def uses_menu(
        self, name: str, on: "Message | Person | User", channel: Channel | None = None
    ) -> None:
        """Use a command of the context menu of a message, or of somebody."""
        if isinstance(on, Message):
            await self._deeds.use_menu(name, self._seen(on), on)
            return
        target = on.user if isinstance(on, Person) else on
        await self._deeds.use_menu(name, self._where(channel), target)

    async def fills(self, values: Mapping[str, object]) -> None:
        """Fill fields of the open form in, by their labels; None empties one."""
        self._deeds.opened().fill(values)

    async def submits(self) -> None:
        """Send the open form; `form.errors` says by label what keeps it from being sent."""
        await self._deeds.submit()

    async def closes_form(self) -> None:
        """Close the open form; the application doesn't hear of it."""
        self._deeds.opened()
        self._deeds.form = None

    def _place(
        self, channel: Channel | None, thread: Thread | Message | None, reply_to: Message | None
    ) -> Channel:
        if isinstance(thread, Message):
            began = thread.thread_id
            return self._world.channel(began) if began else self._world.channel_of(thread)
        if thread or channel:
            return thread or channel or self.direct
        return self._world.channel_of(reply_to) if reply_to else self.direct

    def _where(self, channel: Channel | None) -> Channel:
        place = channel or self.direct
        assert place.takes_messages, f"nothing can be typed in {place.name} itself"
        self._may(Permission.VIEW_CHANNEL, place)
        return place

    def _may_write(self, place: Channel) -> None:
        assert place.takes_messages, f"no messages stand in {place.name} itself"
        if isinstance(place, Direct):
            guilds = self._world.guilds.values()
            both = {self.id, self._world.bot.id}
            met = any(both <= each.members.keys() for each in guilds)
            assert met, f"the bot can't be reached by {self.name}: they share no guild"
        elif isinstance(place, Thread):
            self._may(Permission.SEND_MESSAGES_IN_THREADS, place)
            moderates = Permission.MANAGE_THREADS in self._rights(place)
            assert moderates or not place.locked, f"{place.name} is locked"
        else:
            self._may(Permission.SEND_MESSAGES, place)

    def _may_tag(self, forum: GuildChannel, chosen: Iterable[Tag]) -> None:
        moderates = Permission.MANAGE_THREADS in self._rights(forum)
        closed = [each.name for each in chosen if each.moderated and not moderates]
        assert not closed, f"the tags {closed} are for moderators"

    def _may(self, permission: Permission, channel: Channel) -> None:
        own = not isinstance(channel, Direct) or channel is self.direct
        allowed = own and permission in self._rights(channel)
        assert allowed, f"{self.name} may not {permission.name} in {channel.name or 'there'}"

    def _rights(self, channel: Channel) -> Permission:
        return self._world.permissions(channel, self.id)

    def _seen(self, message: Message) -> Channel:
        """Return where a message stands that they see."""
        assert not message.deleted, "it was deleted"
        hidden = message.ephemeral_to not in (None, self.id)
        assert not hidden, f"{self.name} doesn't see that"
        channel = self._world.channel_of(message)
        self._may(Permission.VIEW_CHANNEL, channel)
        return channel

    def _draft(self, place: Channel, words: str, files: Iterable[File]) -> Draft:
        attachments = [self._attached(place, *each) for each in files]
        assert words or attachments, "there is nothing to send"
        guild = self._world.guild_of(place)
        return Draft(typed(self._world, words, guild), attachments=attachments)

    def _attached(self, place: Channel, name: str, content: bytes, kind: str) -> Attachment:
        return Attachment(self._world.mint.fresh(), place.id, name, content, kind)
