"""Makes our own shapes of discord.py's interactions: presses, commands, menus, forms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import discord

from adapters.discord.modal_fields import values
from adapters.discord.post import Ground, Menu, Person, Press, Sent, Spot, Typed, Typing
from adapters.discord.seen import post, spot

Data = Mapping[str, Any]

_SUB_COMMAND = 1  # a kind of option
_FOR_SOMEBODY = "log"  # the desk's command that somebody's context menu stands for


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
            command, options = _parted(data)
            option, words = _typing(options)
            return Typing(own, who, where, option, words, command)
        case discord.InteractionType.application_command:
            return _command(event, data)
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


def _command(event: discord.Interaction, data: Data) -> Typed | Menu | None:
    match data.get("type"):
        case 1:
            return _typed(event, data)
        case 2:  # of somebody's context menu
            given = (("person", str(data.get("target_id", ""))),)
            own, who, where = str(event.id), presser(event), stage(event)
            return Typed(own, who, where, "", _FOR_SOMEBODY, given, tuple(_people(data)))
        case 3:  # of a message's
            return _menu(event, data)
    return None


def _typed(event: discord.Interaction, data: Data) -> Typed:
    command, options = _parted(data)
    given = tuple((str(each.get("name", "")), str(each.get("value", ""))) for each in options)
    text = "" if command else " ".join(value for _, value in given).strip()
    own, who, where = str(event.id), presser(event), stage(event)
    return Typed(own, who, where, text, command, given if command else (), tuple(_people(data)))


def _parted(data: Data) -> tuple[str, Sequence[Data]]:
    """The sub-command, "" for none, and the options that were given."""
    options = data.get("options", ())
    for each in options:
        if each.get("type") == _SUB_COMMAND:
            return str(each.get("name", "")), each.get("options", ())
    return "", options


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


def _typing(options: Sequence[Data]) -> tuple[str, str]:
    """The option that the cursor stands in, and what is typed there."""
    for each in options:
        if each.get("focused"):
            return str(each.get("name", "")), str(each.get("value", ""))
    return "", ""


def _people(data: Data) -> Iterator[Person]:
    """Those whom an interaction names, as this server calls them."""
    resolved = data.get("resolved", {})
    members = resolved.get("members", {})
    for key, user in resolved.get("users", {}).items():
        nick = members.get(key, {}).get("nick")
        name = nick or user.get("global_name") or user.get("username") or ""
        yield Person(str(key), str(name), bool(user.get("bot")))
