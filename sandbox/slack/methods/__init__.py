"""The methods of the Web API that the local Slack has, each with the scopes it needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.slack.call import Call
from sandbox.slack.methods import (
    auth,
    chat,
    conversations,
    files,
    history,
    reactions,
    users,
    views,
)
from sandbox.slack.refusal import Wire


@dataclass(frozen=True, slots=True)
class Method:
    """What answers a method; any one of `scopes` opens it, () is open to every token."""

    run: Callable[[Call], Wire]
    scopes: tuple[str, ...] = ()
    app_token: bool = False


_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_OPEN = ("im:write", "mpim:write")

METHODS: Mapping[str, Method] = {
    "api.test": Method(auth.api_test),
    "auth.test": Method(auth.test),
    "auth.revoke": Method(auth.revoke),
    "apps.connections.open": Method(auth.open_connection, ("connections:write",), app_token=True),
    "team.info": Method(auth.team_info, ("team:read",)),
    "bots.info": Method(auth.bots_info, ("users:read",)),
    "chat.postMessage": Method(chat.post_message, ("chat:write",)),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",)),
    "chat.update": Method(chat.update, ("chat:write",)),
    "chat.delete": Method(chat.delete, ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink),
    "conversations.history": Method(history.history, _HISTORY),
    "conversations.replies": Method(history.replies, _HISTORY),
    "conversations.info": Method(conversations.info, _READ),
    "conversations.list": Method(conversations.list_all, _READ),
    "conversations.members": Method(conversations.members, _READ),
    "conversations.open": Method(conversations.open_direct, _OPEN),
    "conversations.join": Method(conversations.join, ("channels:join",)),
    "conversations.leave": Method(conversations.leave, ("channels:manage", "groups:write")),
    "users.conversations": Method(conversations.of_user, _READ),
    "users.info": Method(users.info, ("users:read",)),
    "users.list": Method(users.list_all, ("users:read",)),
    "users.lookupByEmail": Method(users.lookup_by_email, ("users:read.email",)),
    "views.open": Method(views.open_modal),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
    "views.publish": Method(views.publish),
    "reactions.add": Method(reactions.add, ("reactions:write",)),
    "reactions.remove": Method(reactions.remove, ("reactions:write",)),
    "reactions.get": Method(reactions.get, ("reactions:read",)),
    "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(files.complete_upload, ("files:write",)),
    "files.info": Method(files.info, ("files:read",)),
    "files.delete": Method(files.delete, ("files:write",)),
}
