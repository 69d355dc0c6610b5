"""What people do with the application beyond talking, as the payloads that Discord sends of it."""

import asyncio
from secrets import token_urlsafe
from typing import Any

from sandbox.discord.channel import Channel, Direct
from sandbox.discord.drafting import LARGEST
from sandbox.discord.interaction import Deed, Interaction
from sandbox.discord.message import Message
from sandbox.discord.posting import Posting
from sandbox.discord.refusal import Wire
from sandbox.discord.resolved import Resolved, number, partial
from sandbox.discord.user import User
from sandbox.discord.world import World

_GUILD, _BOT_DIRECT = 0, 1  # the contexts
_GUILD_INSTALL = "0"
_TOKEN = 32  # random bytes


class Unanswered(Exception):  # noqa: N818 - it reads as what happened
    """The application didn't answer in time."""


class Interactions:
    """Tells the application of commands, presses and forms, and waits for its first answer.

    Each raises `Unanswered` when there is none within `limit` seconds, or at once where the
    application isn't any more; then the token is dead.
    """

    def __init__(self, world: World, posting: Posting) -> None:
        self.limit = 3.0
        self._world = world
        self._posting = posting

    def resolved(self, user: User, channel: Channel) -> Resolved:
        """Return where to name what somebody's interaction in a channel is about."""
        return Resolved(self._world, channel, user)

    async def command(
        self, user: User, channel: Channel, command: Wire, name: str, more: Wire
    ) -> Interaction:
        """Use a command; `more` are the options, the target and the resolved data."""
        data = _of_command(command) | more
        return await self._ask(self._begun(Deed.COMMAND, user, channel, data, name=name))

    async def completion(
        self, user: User, channel: Channel, command: Wire, more: Wire
    ) -> list[Wire]:
        """Type into an option, and return the choices that the application offers."""
        data = _of_command(command) | more
        asked = self._begun(Deed.AUTOCOMPLETE, user, channel, data)
        return (await self._ask(asked)).choices

    async def component(
        self, user: User, message: Message, part: Wire, more: Wire | None = None
    ) -> Interaction:
        """Press a button or choose from a menu; `more` are the values and the resolved data."""
        data = {
            "component_type": part["type"],
            "id": part.get("id", 0),
            "custom_id": part["custom_id"],
            **(more or {}),
        }
        channel = self._world.channel_of(message)
        made = self._begun(Deed.COMPONENT, user, channel, data, message=message)
        return await self._ask(made)

    async def modal(self, user: User, origin: Interaction, data: Wire) -> Interaction:
        """Submit the form that an interaction was answered with."""
        made = self._begun(Deed.MODAL, user, origin.channel, data, message=origin.message)
        made.origin = origin
        return await self._ask(made)

    def _begun(
        self, deed: Deed, user: User, channel: Channel, data: Wire, **more: Any
    ) -> Interaction:
        world = self._world
        made = Interaction(
            world.mint.fresh(),
            token_urlsafe(_TOKEN),
            deed,
            user,
            channel,
            world.now,
            data=data,
            **more,
        )
        world.interactions[made.token] = made
        return made

    async def _ask(self, interaction: Interaction) -> Interaction:
        guild = self._world.guild_of(interaction.channel)
        if guild and self._world.bot.id not in guild.members:
            interaction.dead = True
            raise Unanswered
        self._posting.news.tell("INTERACTION_CREATE", self._payload(interaction))
        try:
            async with asyncio.timeout(self.limit):
                await interaction.answered.wait()
        except TimeoutError:
            interaction.dead = True
            raise Unanswered from None
        return interaction

    def _payload(self, interaction: Interaction) -> Wire:
        world, user, channel = self._world, interaction.user, interaction.channel
        wire: Wire = {
            "id": str(interaction.id),
            "application_id": str(world.application_id),
            "type": int(interaction.deed),
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "channel_id": str(channel.id),
            "channel": partial(world, channel, user),
            "app_permissions": number(world.permissions(channel)),
            "locale": user.locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": owners(channel),
            "context": _BOT_DIRECT if isinstance(channel, Direct) else _GUILD,
            "attachment_size_limit": LARGEST,
        }
        if interaction.message:
            wire["message"] = world.shown(interaction.message, content=True)
        return wire | self._whose(user, channel)

    def _whose(self, user: User, channel: Channel) -> Wire:
        guild = self._world.guild_of(channel)
        if guild is None:
            return {"user": user.payload()}
        member = guild.members[user.id].payload()
        member["permissions"] = number(self._world.permissions(channel, user.id))
        return {
            "member": member,
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
        }


def owners(channel: Channel) -> Wire:
    """Return for whom the application is installed where an interaction happens."""
    return {_GUILD_INSTALL: str(channel.guild_id or 0)}


def metadata(interaction: Interaction) -> Wire:
    """Return what a message says of the interaction that it answers."""
    wire: Wire = {
        "id": str(interaction.id),
        "type": int(interaction.deed),
        "user": interaction.user.payload(),
        "authorizing_integration_owners": owners(interaction.channel),
    }
    if interaction.deed is Deed.COMMAND:
        wire |= {"name": interaction.name, "command_type": interaction.data["type"]}
        wire |= _target(interaction.data)
    if interaction.deed is Deed.COMPONENT and interaction.message:
        wire["interacted_message_id"] = str(interaction.message.id)
    if interaction.reply:
        wire["original_response_message_id"] = str(interaction.reply.id)
    if interaction.origin:
        wire["triggering_interaction_metadata"] = metadata(interaction.origin)
    return wire


def _target(data: Wire) -> Wire:
    """Return upon whom or what a command of a context menu was used."""
    target, resolved = data.get("target_id"), data.get("resolved", {})
    if target in resolved.get("messages", {}):
        return {"target_message_id": target}
    return {"target_user": resolved["users"][target]} if target else {}


def _of_command(command: Wire) -> Wire:
    wire = {key: command[key] for key in ("id", "name", "type")}
    return wire | {"guild_id": command["guild_id"]} if command.get("guild_id") else wire
