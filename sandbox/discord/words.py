"""What people type and read: names in place of the marks that mention somebody."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from sandbox.discord.guild import Guild
from sandbox.discord.message import Message
from sandbox.discord.world import World

_MARKED = re.compile(r"<(@!?|@&|#)(\d{1,19})>")
_STAMP = re.compile(r"<t:(\d{1,12})(?::([tTdDfFR]))?>")
_CLOCK, _DAY = "%H:%M", "%Y-%m-%d %H:%M"  # in no language: whoever reads has their own
_TYPED = re.compile(r"(?<![\w<])([@#])(?=\w)")


def typed(world: World, text: str, guild: Guild | None) -> str:
    """Return what a client sends of a text: "@Ana Ruiz", "@Agents" and "#help" as marks."""
    people = _people(world, guild)
    places = _places(guild)

    def marked(text: str) -> str:
        found = _TYPED.search(text)
        if not found:
            return text
        before, rest = text[: found.start()], text[found.end() :]
        names = people if found[1] == "@" else places
        name = _longest(names, rest)
        if name is None:
            return before + found[1] + marked(rest)
        return before + names[name] + marked(rest[len(name) :])

    return marked(text)


def visible(world: World, message: Message) -> str:
    """Return all that is read in a message: its text, its embeds, its components."""
    return plain(world, message.words)


def plain(world: World, text: str) -> str:
    """Return a text as people read it: `<@1>` is "@Ana Ruiz", `<t:0:t>` is "00:00"."""

    def shown(mark: re.Match[str]) -> str:
        id_ = int(mark[2])
        if mark[1] == "#":
            return f"#{_place_name(world, id_)}"
        if mark[1] == "@&":
            return f"@{_role_name(world, id_)}"
        user = world.users.get(id_)
        return f"@{user.shown_name}" if user else mark[0]

    return _STAMP.sub(_on_the_clock, _MARKED.sub(shown, text))


def _on_the_clock(stamp: re.Match[str]) -> str:
    """A moment on the clock of this machine."""
    moment = datetime.fromtimestamp(int(stamp[1]), UTC).astimezone()
    return f"{moment:{_CLOCK if stamp[2] in ('t', 'T') else _DAY}}"


def _people(world: World, guild: Guild | None) -> dict[str, str]:
    """Return how people and roles are mentioned, by what they are called, folded.

    Where a role is called as somebody is, as the bot's own is, somebody is meant.
    """
    roles = guild.roles.values() if guild else ()
    found = {each.name.casefold(): each.mention for each in roles if each.position}
    users = [each.user for each in guild.members.values()] if guild else world.users.values()
    found |= {each.username.casefold(): each.mention for each in users}
    found |= {each.shown_name.casefold(): each.mention for each in users}
    members = guild.members.values() if guild else ()
    return found | {each.nick.casefold(): each.user.mention for each in members if each.nick}


def _places(guild: Guild | None) -> dict[str, str]:
    if guild is None:
        return {}
    places = [*guild.channels.values(), *guild.threads.values()]
    return {each.name.casefold(): each.mention for each in places}


def _longest(names: Iterable[str], text: str) -> str | None:
    folded = text.casefold()
    fit = [each for each in names if folded.startswith(each)]
    return max(fit, key=len, default=None)


def _place_name(world: World, id_: int) -> str:
    for guild in world.guilds.values():
        found = guild.channels.get(id_) or guild.threads.get(id_)
        if found:
            return found.name
    return "unknown"


def _role_name(world: World, id_: int) -> str:
    named = (guild.roles[id_].name for guild in world.guilds.values() if id_ in guild.roles)
    return next(named, "unknown")
