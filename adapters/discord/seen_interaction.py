"""Makes our own shapes of discord.py's interactions: presses, commands, menus, forms."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import discord

from adapters.discord.modal_fields import values
from adapters.discord.post import Ground, Menu, Person, Press, Sent, Spot, Typed, Typing
from adapters.discord.seen import post, spot

Data = Mapping[str, Any]

_MESSAGE_MENU = 3  # the type of a command of a message's context menu
_SLASH = 1
_GROUPS = (1, 2)  # the types of options that are subcommands
_FILE = 11
_MARKS = {6: "<@{}>", 7: "<#{}>", 8: "<@&{}>"}  # users, channels, roles, as a text names them
_ANYBODY = 9  # a user or a role


def interaction(event: discord.Interaction) -> Press | Typed | Typing | Menu | Sent | None:
    """What somebody did; None for what is none of the desk's.

    What was typed into a form for a choice is as it was typed: `modal.values` reads it of
    `event.data` once more where the form is known.
    """
    data: Data = dict(event.data or {})
    own, who, where = str(event.id), presser(event), stage(event)
    match event.type:
        case discord.InteractionType.component:
            return _press(event, data)
        case discord.InteractionType.modal_submit:
            key = str(data.get("custom_id", ""))
            return Sent(own, who, where, key, values(data), tuple(_people(data)))
        case discord.InteractionType.autocomplete:
            option, words = _typing(data.get("options", ()))
            return Typing(own, who, where, option, words)
        case discord.InteractionType.application_command if data.get("type") == _MESSAGE_MENU:
            return _menu(event, data)
        case discord.InteractionType.application_command if data.get("type") == _SLASH:
            return _typed(event, data)
    return None


def presser(event: discord.Interaction) -> Person:
    """Whoever did it, with the language of their own client."""
    user = event.user
    language = event.locale.value.partition("-")[0]
    return Person(str(user.id), user.display_name, user.bot, language)


def stage(event: discord.Interaction) -> Spot:
    """Where it was done; foreign is where the bot has no business but to answer."""
    place = event.channel
    if place is None:
        return Spot("", Ground.FOREIGN, server=str(event.guild_id or ""))
    where = spot(place)
    if event.guild_id:
        let_in = event.is_guild_integration() and event.app_permissions.view_channel
        return where if let_in else replace(where, ground=Ground.FOREIGN)
    foreign = event.context.private_channel and not event.context.dm_channel
    return replace(where, ground=Ground.FOREIGN) if foreign else where


def _press(event: discord.Interaction, data: Data) -> Press:
    message = event.message
    return Press(
        str(event.id),
        presser(event),
        stage(event),
        str(data.get("custom_id", "")),
        tuple(str(each) for each in data.get("values", ())),
        str(message.id) if message else "",
        hidden=message is None or message.flags.ephemeral,
    )


def _typed(event: discord.Interaction, data: Data) -> Typed:
    resolved = data.get("resolved", {})
    roles, channels = resolved.get("roles", {}), resolved.get("channels", {})
    return Typed(
        str(event.id),
        presser(event),
        stage(event),
        " ".join(_words(data.get("options", ()), roles)).strip(),
        tuple(_people(data)),
        tuple((str(key), str(each.get("name", ""))) for key, each in roles.items()),
        tuple((str(key), str(each.get("name", ""))) for key, each in channels.items()),
    )


def _menu(event: discord.Interaction, data: Data) -> Menu | None:
    told = data.get("resolved", {}).get("messages", {}).get(str(data.get("target_id", "")))
    if not told or event.channel is None:
        return None
    # discord.py reads what is resolved for its own command tree alone.
    message = discord.Message(
        state=event._state,  # noqa: SLF001 - see above
        channel=event.channel,  # type: ignore[arg-type] # as Interaction itself does
        data=told,
    )
    where = stage(event)
    item = replace(post(message, event.client), spot=where)
    return Menu(str(event.id), presser(event), where, str(data.get("name", "")), item)


def _words(options: Any, roles: Data) -> Iterator[str]:
    """Subcommands and values in their order, people and places as a message names them."""
    for each in options:
        kind, value = each.get("type"), each.get("value")
        if kind in _GROUPS:
            yield str(each.get("name", ""))
            yield from _words(each.get("options", ()), roles)
        elif kind == _ANYBODY:
            yield _MARKS[8 if str(value) in roles else 6].format(value)
        elif kind != _FILE:
            yield _MARKS.get(kind, "{}").format(value)


def _typing(options: Any) -> tuple[str, str]:
    """The option that the cursor stands in, and what is typed there."""
    for each in options:
        if each.get("focused"):
            return str(each.get("name", "")), str(each.get("value", ""))
        found = _typing(each.get("options", ()))
        if found[0]:
            return found
    return "", ""


def _people(data: Data) -> Iterator[Person]:
    """Those whom an interaction names, as this server calls them."""
    resolved = data.get("resolved", {})
    members = resolved.get("members", {})
    for key, user in resolved.get("users", {}).items():
        nick = members.get(key, {}).get("nick")
        name = nick or user.get("global_name") or user.get("username") or ""
        yield Person(str(key), str(name), bool(user.get("bot")))
