"""How threads are begun, joined, changed and closed, and who hears of it."""

from collections.abc import Callable, Iterable
from typing import Any

from sandbox.discord.channel import GuildChannel, Kind, Thread
from sandbox.discord.message import Draft, Flag, Message, Reference, Sort
from sandbox.discord.news import News
from sandbox.discord.user import Mask, User
from sandbox.discord.world import World

Publish = Callable[..., Message]  # (channel, author, draft, id) as in `Posting.publish`


class Threads:
    """Puts threads into channels and tells the news of them; nothing is checked here."""

    def __init__(self, world: World, news: News, publish: Publish) -> None:
        self._world = world
        self._news = news
        self._publish = publish

    def upon(self, message: Message, owner: User, name: str, **more: Any) -> Thread:
        """Begin a thread at a message of a channel; it has the message's id."""
        channel = self._world.channel_of(message)
        assert isinstance(channel, GuildChannel)
        announced = channel.kind is Kind.ANNOUNCEMENT
        kind = Kind.ANNOUNCEMENT_THREAD if announced else Kind.PUBLIC_THREAD
        thread = self._open(channel, owner, name, kind, message.id, **more)
        message.thread_id = thread.id
        message.draft.flags |= Flag.HAS_THREAD
        self._news.changed(message)
        self._told(thread, owner)
        reference = Reference(channel.id, message.id, channel.guild)
        self._publish(thread, owner, Draft(sort=Sort.THREAD_STARTER, reference=reference))
        return thread

    def begin(
        self, channel: GuildChannel, owner: User, name: str, *, private: bool, **more: Any
    ) -> Thread:
        """Begin a thread without a message; a public one leaves a line in its channel."""
        kind = Kind.PRIVATE_THREAD if private else Kind.PUBLIC_THREAD
        thread = self._open(channel, owner, name, kind, **more)
        self._told(thread, owner)
        if not private:
            reference = Reference(thread.id, thread.id, channel.guild)
            line = Draft(name, sort=Sort.THREAD_CREATED, reference=reference)
            self._publish(channel, owner, line)
        return thread

    def post(
        self, forum: GuildChannel, owner: User | Mask, name: str, draft: Draft, **more: Any
    ) -> tuple[Thread, Message]:
        """Post in a forum: a thread and its first message, which has the thread's id."""
        thread = self._open(forum, owner, name, Kind.PUBLIC_THREAD, **more)
        forum.last_message_id = thread.id
        if isinstance(owner, User):
            thread.members[owner.id] = self._world.now
        self._news.thread_opened(thread)
        return thread, self._publish(thread, owner, draft, thread.id)

    def change(self, thread: Thread, by: User | None = None, **fields: Any) -> None:
        """Give some of a thread's fields another value, and tell of it."""
        renamed = fields.get("name", thread.name) != thread.name
        if fields.get("archived", thread.archived) != thread.archived:
            thread.changed = self._world.now
        for name, value in fields.items():
            setattr(thread, name, value)
        self._news.thread_changed(thread)
        if renamed and by:
            self._publish(thread, by, Draft(thread.name, sort=Sort.CHANNEL_NAME_CHANGE))

    def let_in(self, thread: Thread, users: Iterable[int]) -> list[int]:
        """Let users into a thread, and return those who weren't in it."""
        guild = self._world.guilds[thread.guild_id]
        new = [each for each in users if each not in thread.members and each in guild.members]
        new = list(dict.fromkeys(new))
        for each in new:
            thread.members[each] = self._world.now
        if thread.private and self._world.bot.id in new:
            self._news.thread_opened(thread, newly=False)
        if new:
            self._news.thread_members(thread, added=new)
        return new

    def add(self, thread: Thread, user: User, by: User) -> None:
        """Let somebody else into a thread, with the line that says so."""
        if self.let_in(thread, [user.id]):
            line = Draft(user.mention, sort=Sort.RECIPIENT_ADD)
            self._publish(thread, by, line)

    def leave(self, thread: Thread, user: int) -> None:
        """Let somebody out of a thread."""
        if thread.members.pop(user, None) is not None:
            self._news.thread_members(thread, removed=[user])

    def close(self, thread: Thread) -> None:
        """Delete a thread."""
        self._news.thread_closed(thread)
        del self._world.guilds[thread.guild_id].threads[thread.id]

    def _open(
        self,
        channel: GuildChannel,
        owner: User | Mask,
        name: str,
        kind: Kind,
        id_: int | None = None,
        **more: Any,
    ) -> Thread:
        guild = self._world.guilds[channel.guild]
        made = Thread(
            id_ or self._world.mint.fresh(),
            kind,
            name,
            parent=channel,
            owner_id=owner.id,
            changed=self._world.now,
            **more,
        )
        guild.threads[made.id] = made
        return made

    def _told(self, thread: Thread, owner: User) -> None:
        thread.members[owner.id] = self._world.now
        self._news.thread_opened(thread)
        self._news.thread_members(thread, added=[owner.id])
