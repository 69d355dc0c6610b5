"""Permissions as documented: the owner, roles, overwrites in order, threads by their channel."""

import pytest

from sandbox.discord.application import Application
from sandbox.discord.channel import Kind, Thread
from sandbox.discord.permission import EVERYONE, EVERYTHING, Permission
from sandbox.discord.world import World

VIEW, SEND = Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES


@pytest.fixture
def world():
    return World(Application(), lambda: 1_800_000_000.0)


@pytest.fixture
def guild(world):
    return world.add_guild("Example")


@pytest.fixture
def bea(world, guild):
    user = world.add_user("Bea")
    guild.join(user)
    return user


@pytest.fixture
def channel(guild):
    return guild.text("help")


def test_the_owner_and_an_administrator_may_everything(guild, channel, bea):
    guild.deny(channel, guild.everyone, VIEW)
    assert guild.permissions(guild.owner_id, channel) == EVERYTHING
    assert guild.permissions(bea.id, channel) == Permission(0)
    guild.give(guild.role("Boss", permissions=Permission.ADMINISTRATOR), bea)
    assert guild.permissions(bea.id, channel) == EVERYTHING


def test_who_is_not_there_may_nothing(world, guild, channel):
    assert guild.permissions(world.add_user("Stranger").id, channel) == Permission(0)


def test_roles_add_up(guild, channel, bea):
    assert guild.permissions(bea.id, channel) == EVERYONE
    guild.give(guild.role("Agents", permissions=Permission.MANAGE_THREADS), bea)
    assert guild.permissions(bea.id, channel) == EVERYONE | Permission.MANAGE_THREADS


def test_overwrites_go_from_everyone_over_roles_to_the_member(guild, channel, bea):
    quiet, loud = guild.role("Quiet", members=[bea]), guild.role("Loud", members=[bea])
    guild.deny(channel, guild.everyone, SEND)
    assert SEND not in guild.permissions(bea.id, channel)
    guild.deny(channel, quiet, SEND)
    guild.allow(channel, loud, SEND)  # of the roles' overwrites those that allow win
    assert SEND in guild.permissions(bea.id, channel)
    guild.deny(channel, bea, SEND)
    assert SEND not in guild.permissions(bea.id, channel)


def test_without_seeing_or_sending_the_rest_counts_for_nothing(guild, channel, bea):
    guild.deny(channel, guild.everyone, SEND)
    found = guild.permissions(bea.id, channel)
    assert not found & (Permission.ATTACH_FILES | Permission.EMBED_LINKS)
    assert Permission.ADD_REACTIONS in found
    guild.deny(channel, guild.everyone, VIEW)
    assert guild.permissions(bea.id, channel) == Permission(0)


def test_a_thread_goes_by_its_channel_and_a_private_one_by_its_members(guild, channel, bea):
    def thread(kind):
        return Thread(5, kind, "x", parent=channel, owner_id=1)

    public, private = thread(Kind.PUBLIC_THREAD), thread(Kind.PRIVATE_THREAD)
    assert guild.permissions(bea.id, public) == EVERYONE
    assert guild.permissions(bea.id, private) == Permission(0)
    private.members[bea.id] = 0.0
    assert guild.permissions(bea.id, private) == EVERYONE
    guild.deny(channel, guild.everyone, Permission.SEND_MESSAGES_IN_THREADS)
    assert Permission.ATTACH_FILES not in guild.permissions(bea.id, public)
    assert Permission.ATTACH_FILES in guild.permissions(bea.id, channel)
    guild.give(guild.role("Agents", permissions=Permission.MANAGE_THREADS), bea)
    del private.members[bea.id]
    assert guild.sees(bea.id, private)


def test_only_a_private_channels_members_see_it(world, guild, bea):
    agents = guild.role("Agents")
    desk = guild.text("desk", private=True, members=[agents, world.bot])
    assert not guild.sees(bea.id, desk)
    guild.give(agents, bea)
    assert guild.sees(bea.id, desk)
    assert guild.sees(world.bot.id, desk)
    guild.take(agents, bea)
    assert not guild.sees(bea.id, desk)


def test_the_bot_has_the_permissions_of_its_application(world, guild, channel):
    assert world.permissions(channel) == EVERYONE | Application().permissions
