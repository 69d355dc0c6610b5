"""The conversations methods: what conversations there are, and who is in them."""

from collections.abc import Iterable

from sandbox.slack.call import Call, cursor
from sandbox.slack.channel import SCOPES, Channel
from sandbox.slack.refusal import Refused, Wire
from sandbox.slack.workspace import scope_of

_KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
_MOST_TALKERS = 8


def info(call: Call) -> Wire:
    """Tell of one conversation."""
    channel = call.workspace.seen(call.text("channel"))
    call.demand(scope_of(channel, "read"))
    wire = call.workspace.channel_wire(channel)
    if call.flag("include_num_members"):
        wire["num_members"] = len(channel.members)
    if call.flag("include_locale"):
        wire["locale"] = "en-US"
    return {"channel": wire}


def list_all(call: Call) -> Wire:
    """Return the conversations that the bot can see."""
    bot = call.workspace.bot.id
    seen = [
        each
        for each in call.workspace.channels.values()
        if each.kind == "channel" or bot in each.members
    ]
    return _listed(call, seen)


def of_user(call: Call) -> Wire:
    """Return the conversations in which the bot is, or those it shares with `user`."""
    bot = call.workspace.bot.id
    user = call.workspace.user(call.text("user") or bot).id
    inside = [
        each
        for each in call.workspace.channels.values()
        if user in each.members and (each.kind == "channel" or bot in each.members)
    ]
    return _listed(call, inside)


def members(call: Call) -> Wire:
    """Return the ids of those who are in a conversation."""
    channel = call.workspace.seen(call.text("channel"))
    call.demand(scope_of(channel, "read"))
    start, size = call.page(100)
    ids = list(channel.members)
    following = cursor(start + size, len(ids))
    return {
        "members": ids[start : start + size],
        "response_metadata": {"next_cursor": following},
    }


def open_direct(call: Call) -> Wire:
    """Open a direct conversation with one person, or with up to eight."""
    workspace = call.workspace
    if call.text("channel"):
        channel = workspace.seen(call.text("channel"))
        if channel.kind not in ("im", "mpim"):
            raise Refused("method_not_supported_for_channel_type")
        return _opened(call, channel, already=True)
    ids = [each for each in call.many("users") if each != workspace.bot.id]
    if not ids:
        raise Refused("users_list_not_supplied")
    if len(ids) > _MOST_TALKERS:
        raise Refused("too_many_users")
    for each in ids:
        if workspace.user(each).deleted:
            raise Refused("user_disabled")
    call.demand("im:write" if len(ids) == 1 else "mpim:write")
    before = len(workspace.channels)
    channel = workspace.direct(ids[0]) if len(ids) == 1 else _together(call, ids)
    return _opened(call, channel, already=len(workspace.channels) == before)


def join(call: Call) -> Wire:
    """Let the bot into a public channel."""
    workspace = call.workspace
    channel = workspace.seen(call.text("channel"))
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    if workspace.bot.id in channel.members:
        return {
            "channel": workspace.channel_wire(channel),
            "warning": "already_in_channel",
            "response_metadata": {"warnings": ["already_in_channel"]},
        }
    call.posting.announce(channel, workspace.bot)
    return {"channel": workspace.channel_wire(channel)}


def leave(call: Call) -> Wire:
    """Take the bot out of a channel."""
    channel = call.workspace.seen(call.text("channel"))
    if channel.members.pop(call.workspace.bot.id, "") is not None:
        return {"not_in_channel": True}
    return {}


def _together(call: Call, ids: list[str]) -> Channel:
    workspace = call.workspace
    pair = {*ids, workspace.bot.id}
    for channel in workspace.channels.values():
        if channel.kind == "mpim" and set(channel.members) == pair:
            return channel
    handles = [workspace.users[each].handle for each in (workspace.bot.id, *ids)]
    name = f"mpdm-{'--'.join(handles)}-1"
    return workspace.add_channel(name, "mpim", (workspace.bot.id, *ids))


def _opened(call: Call, channel: Channel, *, already: bool) -> Wire:
    full = call.flag("return_im")
    wire = call.workspace.channel_wire(channel) if full else {"id": channel.id}
    return {"channel": wire} | ({"no_op": True, "already_open": True} if already else {})


def _listed(call: Call, channels: Iterable[Channel]) -> Wire:
    kinds = []
    for name in call.many("types") or ["public_channel"]:
        if name not in _KINDS:
            raise Refused("invalid_types")
        kinds.append(_KINDS[name])
        call.demand(f"{SCOPES[_KINDS[name]]}:read")
    skip = call.flag("exclude_archived")
    fit = [each for each in channels if each.kind in kinds and not (skip and each.archived)]
    start, size = call.page(100, 1000)
    wires = [_with_size(call, each) for each in fit[start : start + size]]
    following = cursor(start + size, len(fit))
    return {"channels": wires, "response_metadata": {"next_cursor": following}}


def _with_size(call: Call, channel: Channel) -> Wire:
    wire = call.workspace.channel_wire(channel)
    return wire if channel.kind == "im" else wire | {"num_members": len(channel.members)}
