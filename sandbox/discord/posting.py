"""How messages and reactions come to stand in a channel, change and go, and who hears of it."""

import dataclasses
from collections.abc import Callable
from typing import Any

from sandbox.discord.channel import Channel, Thread
from sandbox.discord.guild import allowed_in
from sandbox.discord.mentions import accounts, effective, mentioned, text_of
from sandbox.discord.message import Draft, Flag, Message, Sort
from sandbox.discord.news import News
from sandbox.discord.permission import EVERYTHING, Permission
from sandbox.discord.refusal import Refused, unknown
from sandbox.discord.threads import Threads
from sandbox.discord.user import Mask, User
from sandbox.discord.world import World

_MOST_REACTIONS = 20
_UNCOUNTED = (Sort.THREAD_STARTER, Sort.RECIPIENT_ADD, Sort.RECIPIENT_REMOVE)


class Posting:
    """Puts messages into channels and tells the news of them; nothing is checked here.

    `watch` sees each message that a channel takes, before the bot is told of it.
    """

    def __init__(self, world: World, news: News) -> None:
        self.news = news
        self.threads = Threads(world, news, self.publish)
        self.watch: Callable[[Message], None] = _nobody
        self._world = world

    def publish(
        self, channel: Channel, author: User | Mask, draft: Draft, id_: int | None = None
    ) -> Message:
        """Add a message to a channel; an archived thread opens, and the author comes into it."""
        message = self._made(channel, author, draft, id_)
        if isinstance(channel, Thread):
            self._into_thread(channel, message)
        channel.keep(message)
        for each in draft.attachments:
            self._world.attachments[each.id] = each
        self._world.remember_nonce(message)
        self.watch(message)
        self.news.posted(message)
        return message

    def whisper(self, channel: Channel, draft: Draft, to: int) -> Message:
        """Show a message of the bot's to one person only; no channel keeps it, nobody is told."""
        draft.flags |= Flag.EPHEMERAL
        message = self._made(channel, self._world.bot, draft, None)
        message.ephemeral_to = to
        for each in draft.attachments:
            self._world.attachments[each.id] = each
        self._world.ephemerals.setdefault(to, []).append(message)
        return message

    def change(self, message: Message, **fields: Any) -> None:
        """Give some of a message's `Draft` fields another value, and tell of it."""
        message.draft = dataclasses.replace(message.draft, **fields)
        for each in message.attachments:
            self._world.attachments[each.id] = each
        if set(fields) - {"flags"}:
            message.edited = self._world.now
            self._mention(self._world.channel_of(message), message)
        if message.ephemeral_to is None:
            self.news.changed(message)

    def delete(self, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        if message.ephemeral_to is not None:
            seen = self._world.ephemerals[message.ephemeral_to]
            if message in seen:  # unless they dismissed it
                seen.remove(message)
            return
        channel = self._world.channel_of(message)
        self._drop(channel, message)
        self.news.deleted(message)

    def delete_many(self, channel: Channel, messages: list[Message]) -> None:
        """Take messages of a channel away at once."""
        for each in messages:
            each.deleted = True
            self._drop(channel, each)
        self.news.deleted_many(channel, [each.id for each in messages])

    def pin(self, message: Message, by: User, *, on: bool) -> None:
        """Pin a message to its channel or take the pin away."""
        message.pinned = on
        channel = self._world.channel_of(message)
        self.news.changed(message)
        if on:
            self.publish(channel, by, Draft(sort=Sort.PINNED))

    def react(self, message: Message, user: int, emoji: str) -> None:
        """Add somebody's reaction; once more is as once."""
        if emoji not in message.reactions and len(message.reactions) >= _MOST_REACTIONS:
            raise Refused(400, 30010, f"Maximum number of reactions reached ({_MOST_REACTIONS})")
        users = message.reactions.setdefault(emoji, [])
        if user not in users:
            users.append(user)
            self.news.reacted(message, user, emoji, added=True)

    def unreact(self, message: Message, user: int, emoji: str) -> None:
        """Take somebody's reaction away, or refuse."""
        if emoji not in message.reactions:
            raise unknown("Emoji")
        users = message.reactions[emoji]
        if user not in users:
            return
        users.remove(user)
        if not users:
            del message.reactions[emoji]
        self.news.reacted(message, user, emoji, added=False)

    def clear_reactions(self, message: Message, emoji: str | None = None) -> None:
        """Take all reactions away, or all with one emoji."""
        if emoji is None:
            message.reactions.clear()
        elif message.reactions.pop(emoji, None) is None:
            raise unknown("Emoji")
        self.news.reactions_cleared(message, emoji)

    def typing(self, channel: Channel, user: User) -> None:
        """Let somebody type."""
        self.news.typing(channel, user)

    def _made(
        self, channel: Channel, author: User | Mask, draft: Draft, id_: int | None
    ) -> Message:
        if draft.sort == Sort.DEFAULT and draft.reference:
            draft.sort = Sort.REPLY
        fresh = self._world.mint.fresh()
        message = Message(id_ or fresh, channel.id, channel.guild_id, author, draft)
        self._mention(channel, message)
        return message

    def _mention(self, channel: Channel, message: Message) -> None:
        draft = message.draft
        text = text_of(draft.content, draft.components)
        found = mentioned(text, draft.allowed, self._answered(message))
        guild = self._world.guild_of(channel)
        rights = self._rights(channel, message.author)
        counting = effective(found, guild, rights)
        message.mentions = accounts(counting.users, self._world.users)
        message.mention_roles = counting.roles
        message.mention_everyone = counting.everyone

    def _rights(self, channel: Channel, author: User | Mask) -> Permission:
        if isinstance(author, Mask):
            return EVERYTHING
        return allowed_in(self._world.guild_of(channel), author.id, channel)

    def _answered(self, message: Message) -> int | None:
        """Return who is answered by a message."""
        reference = message.draft.reference
        if message.draft.sort != Sort.REPLY or reference is None:
            return None
        channel = self._world.channel(reference.channel_id)
        answered = channel.messages.get(reference.message_id)
        return answered.author.id if answered else None

    def _into_thread(self, thread: Thread, message: Message) -> None:
        message.position = thread.total_sent
        if message.draft.sort not in _UNCOUNTED and message.id != thread.id:
            thread.total_sent += 1
            thread.message_count += 1
        if thread.archived:
            self.threads.change(thread, archived=False)
        guild = self._world.guilds[thread.guild_id]
        coming = [each.id for each in message.mentions if guild.sees(each.id, thread.parent)]
        if isinstance(message.author, User) and message.draft.sort != Sort.THREAD_STARTER:
            coming.insert(0, message.author.id)
        self.threads.let_in(thread, coming)

    def _drop(self, channel: Channel, message: Message) -> None:
        del channel.messages[message.id]
        if isinstance(channel, Thread) and message.draft.sort not in _UNCOUNTED:
            thread_start = message.id == channel.id
            channel.message_count -= 0 if thread_start else 1


def _nobody(message: Message) -> None:
    """Nobody watches."""
