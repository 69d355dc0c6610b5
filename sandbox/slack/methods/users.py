"""The users methods: who is there."""

from sandbox.slack.call import Call, cursor
from sandbox.slack.refusal import Refused, Wire
from sandbox.slack.user import User


def info(call: Call) -> Wire:
    """Tell of one user."""
    return {"user": _wire(call, call.workspace.user(call.text("user")))}


def list_all(call: Call) -> Wire:
    """Tell of everybody."""
    everybody = list(call.workspace.users.values())
    start, size = call.page(len(everybody) or 1)
    following = cursor(start + size, len(everybody))
    return {
        "members": [_wire(call, each) for each in everybody[start : start + size]],
        "cache_ts": int(call.workspace.now()),
        "response_metadata": {"next_cursor": following},
    }


def lookup_by_email(call: Call) -> Wire:
    """Find the member with an address; guests too, but nobody who left or is of elsewhere."""
    address = call.text("email").strip().casefold()
    for user in call.workspace.users.values():
        if user.email.casefold() == address != "" and not (user.deleted or user.stranger):
            return {"user": _wire(call, user)}
    raise Refused("users_not_found")


def _wire(call: Call, user: User) -> Wire:
    allows = call.workspace.app.scopes.__contains__
    return user.wire(allows, call.workspace.now(), locale=call.flag("include_locale"))
