"""A local Discord that speaks the published wire format: REST and gateway, version 10."""

from sandbox.discord.application import Application
from sandbox.discord.channel import Channel, Direct, GuildChannel, Tag, Thread
from sandbox.discord.guild import Guild
from sandbox.discord.message import Message
from sandbox.discord.permission import Permission
from sandbox.discord.person import Person
from sandbox.discord.role import Member, Role
from sandbox.discord.server import DiscordServer
from sandbox.discord.user import User

__all__ = [
    "Application",
    "Channel",
    "Direct",
    "DiscordServer",
    "Guild",
    "GuildChannel",
    "Member",
    "Message",
    "Permission",
    "Person",
    "Role",
    "Tag",
    "Thread",
    "User",
]
