"""How people call commands: what they see, and the options that their client sends."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.discord.channel import Channel, GuildChannel, Thread
from sandbox.discord.choice import Choosing
from sandbox.discord.command_options import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL,
    GROUP,
    INTEGER,
    MENTIONABLE,
    NUMBER,
    ROLE,
    SUB_COMMAND,
    USER,
)
from sandbox.discord.permission import Permission
from sandbox.discord.refusal import Wire
from sandbox.discord.role import Role
from sandbox.discord.user import User
from sandbox.discord.world import World

_KINDS: Mapping[int, tuple[type, ...]] = {
    USER: (User,),
    CHANNEL: (GuildChannel, Thread),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
}
_GUILD_CONTEXT, _DIRECT_CONTEXT = 0, 1


class Unfit(Exception):  # noqa: N818 - it reads as what happened
    """A client doesn't send a command so; it says why."""


def offered(world: World, kind: int, user: User, channel: Channel) -> list[Wire]:
    """Return the commands of a kind that somebody is offered in a channel."""
    guild = channel.guild_id
    here = list(world.commands.get(guild, {}).values()) if guild is not None else []
    named = {each["name"] for each in here if each["type"] == kind}
    for each in world.commands.get(None, {}).values():
        if each["name"] not in named:
            here.append(each)
    return [each for each in here if each["type"] == kind and _fits(world, each, user, channel)]


def command_named(world: World, name: str, kind: int, user: User, channel: Channel) -> Wire:
    """Return the command that somebody means; AssertionError, with those offered, if none."""
    every = offered(world, kind, user, channel)
    for each in every:
        if name in names(each, user.locale):
            return each
    shown = [shown_name(each, user.locale) for each in every]
    raise AssertionError(f"there is no command {name!r} here, only {shown}")


def names(declared: Wire, locale: str) -> tuple[str, ...]:
    """Return how a command, an option or a choice can be called by who speaks a language."""
    return shown_name(declared, locale), str(declared["name"])


def shown_name(declared: Wire, locale: str) -> str:
    """Return the name by which a client shows a command, an option or a choice."""
    return str((declared.get("name_localizations") or {}).get(locale) or declared["name"])


class Called:
    """A slash command as it is typed: its path of sub-commands, then its options."""

    def __init__(self, command: Wire, words: Sequence[str], locale: str) -> None:
        self.command = command
        self._locale = locale
        self._path: list[Wire] = []
        place = command
        for word in words:
            place = self._within(place, word)
            self._path.append(place)
        nested = [each["name"] for each in place.get("options", ()) if each["type"] in _NESTING]
        assert not nested, f"/{self.name} goes on with one of {nested}"
        self._declared: Sequence[Wire] = place.get("options", ())

    @property
    def name(self) -> str:
        """The whole name, its sub-commands included."""
        return " ".join([self.command["name"], *(each["name"] for each in self._path)])

    def options(self, choosing: Choosing, values: Mapping[str, object]) -> Wire:
        """Return the options and resolved data of a call; raises Unfit if one doesn't fit."""
        given = self._given(values)
        for each in self._declared:
            if each.get("required") and each["name"] not in given:
                raise Unfit(f"{each['name']}: This option is required. Specify a value")
        sent = [self._sent(each, given, choosing) for each in self._declared]
        return self._nested([each for each in sent if each], choosing)

    def typing(
        self, choosing: Choosing, option: str, typed: str, values: Mapping[str, object]
    ) -> Wire:
        """Return what is told while somebody types into an option."""
        (focused,) = self._given({option: typed})
        given = self._given(values)
        sent: list[Wire] = []
        for each in self._declared:
            if each["name"] == focused:
                assert each.get("autocomplete"), f"{option!r} isn't completed by the application"
                plain = {"type": each["type"], "name": each["name"]}
                sent.append(plain | {"value": typed, "focused": True})
            else:
                sent.append(self._sent(each, given, choosing))
        return self._nested([each for each in sent if each], choosing)

    def declared_name(self, option: str) -> str:
        """Return the name under which an option is declared."""
        (name,) = self._given({option: ""})
        return name

    def _given(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return the values by the declared names of their options."""
        found: dict[str, object] = {}
        for name, value in values.items():
            fit = [each["name"] for each in self._declared if name in names(each, self._locale)]
            declared = [shown_name(each, self._locale) for each in self._declared]
            assert fit, f"/{self.name} has no option {name!r}, only {declared}"
            if value is not None:
                found[fit[0]] = value
        return found

    def _sent(self, option: Wire, given: Mapping[str, object], choosing: Choosing) -> Wire:
        if option["name"] not in given:
            return {}
        value = _value(option, given[option["name"]], choosing, self._locale)
        return {"type": option["type"], "name": option["name"], "value": value}

    def _nested(self, sent: list[Wire], choosing: Choosing) -> Wire:
        options = sent
        for each in reversed(self._path):
            options = [{"type": each["type"], "name": each["name"], "options": options}]
        wire: Wire = {"options": options} if options else {}
        return wire | ({"resolved": choosing.resolved.wire} if choosing.resolved.wire else {})

    def _within(self, place: Wire, word: str) -> Wire:
        nested = [each for each in place.get("options", ()) if each["type"] in _NESTING]
        for each in nested:
            if word in names(each, self._locale):
                return dict(each)
        shown = [shown_name(each, self._locale) for each in nested]
        raise AssertionError(f"there is no {word!r} in {place['name']}, only {shown}")


_NESTING = (SUB_COMMAND, GROUP)


def _value(option: Wire, given: object, choosing: Choosing, locale: str) -> Any:
    choices = option.get("choices") or ()
    if choices:
        fit = [each["value"] for each in choices if given in (*names(each, locale), each["value"])]
        shown = [shown_name(each, locale) for each in choices]
        assert fit, f"{option['name']} is none of {shown}"
        return fit[0]
    kind = option["type"]
    if kind in _KINDS:
        return choosing.resolved.add(choosing.named(given, _KINDS[kind]))
    if kind == ATTACHMENT:
        return choosing.resolved.add(choosing.upload(given))
    if kind == BOOLEAN:
        return bool(given)
    return _measured(option, given)


def _measured(option: Wire, given: object) -> Any:
    """Return a text or a number that is within its bounds."""
    kind, name = option["type"], option["name"]
    if kind not in (INTEGER, NUMBER):
        text = str(given)
        _within_bounds(name, len(text), option.get("min_length"), option.get("max_length"))
        return text
    try:
        number = int(str(given)) if kind == INTEGER else float(str(given))
    except ValueError:
        raise Unfit(f"{name}: Input a valid number.") from None
    _within_bounds(name, number, option.get("min_value"), option.get("max_value"))
    return number


def _within_bounds(name: str, size: float, least: float | None, most: float | None) -> None:
    if (least is not None and size < least) or (most is not None and size > most):
        raise Unfit(f"{name}: Must be between {least} and {most}.")


def _fits(world: World, command: Wire, user: User, channel: Channel) -> bool:
    """Whether a command is offered there to somebody."""
    contexts = command.get("contexts")
    guild = world.guild_of(channel)
    if guild is None:
        both = {user.id, world.bot.id}
        met = any(both <= each.members.keys() for each in world.guilds.values())
        direct = command.get("dm_permission") is not False
        return met and (direct if contexts is None else _DIRECT_CONTEXT in contexts)
    here = contexts is None or _GUILD_CONTEXT in contexts
    return here and world.bot.id in guild.members and _may_use(world, command, user, channel)


def _may_use(world: World, command: Wire, user: User, channel: Channel) -> bool:
    found = world.permissions(channel, user.id)
    if Permission.ADMINISTRATOR in found:
        return True
    needed = command.get("default_member_permissions")
    enough = needed is None or (int(needed) > 0 and Permission(int(needed)) in found)
    return enough and Permission.USE_APPLICATION_COMMANDS in found
