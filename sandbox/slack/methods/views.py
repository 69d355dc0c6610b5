"""The views methods: forms and homes."""

import json
from typing import Any

from sandbox.slack.block_kit import check_view
from sandbox.slack.call import Call
from sandbox.slack.refusal import Refused, Wire, faulty
from sandbox.slack.view import View
from sandbox.slack.workspace import Workspace

LARGEST = 250_000  # bytes of a view
DEEPEST = 3  # views in a stack


def open_modal(call: Call) -> Wire:
    """Open a form for whoever just acted."""
    view = _view(call, "modal")
    trigger = call.workspace.triggers.exchange(_trigger(call), call.workspace.now())
    _unique(call, view.get("external_id"), "")
    opened = raised(call.workspace, trigger.user, view)
    call.workspace.modals[trigger.user] = [opened]
    return {"view": opened.payload()}


def push(call: Call) -> Wire:
    """Lay a form upon the one that is open."""
    view = _view(call, "modal")
    trigger = call.workspace.triggers.exchange(_trigger(call), call.workspace.now())
    _unique(call, view.get("external_id"), "")
    stack = call.workspace.modals.get(trigger.user, [])
    if not stack or not trigger.view:
        raise Refused("not_found")
    if len(stack) >= DEEPEST:
        raise Refused("push_limit_reached")
    stack.append(raised(call.workspace, trigger.user, view, stack))
    return {"view": stack[-1].payload()}


def update(call: Call) -> Wire:
    """Put another content into an open form or a home."""
    new = _view(call)
    view = _found(call)
    if new["type"] != view.wire["type"]:
        raise faulty("invalid_arguments", ["view.type: it can't change"])
    if call.text("hash") and call.text("hash") != view.wire["hash"]:
        raise Refused("hash_conflict")
    _unique(call, new.get("external_id"), view.id)
    view.show(new, call.workspace.now())
    return {"view": view.payload()}


def publish(call: Call) -> Wire:
    """Put a content into somebody's home of the app."""
    workspace = call.workspace
    user = workspace.user(call.needed("user_id"))
    new = _view(call, "home")
    if not workspace.app.home_tab:
        raise Refused("not_enabled")
    home = workspace.homes.get(user.id)
    if call.text("hash") and (home is None or call.text("hash") != home.wire["hash"]):
        raise Refused("hash_conflict")
    if home is None:
        home = workspace.homes[user.id] = raised(workspace, user.id, new)
    else:
        home.show(new, workspace.now())
    return {"view": home.payload()}


def raised(workspace: Workspace, user: str, content: Wire, stack: list[View] | None = None) -> View:
    """Return a new view of this content for a user, upon a stack if one is open."""
    common = {
        "team_id": workspace.team_id,
        "app_id": workspace.app.id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot.bot_id,
    }
    view = View(workspace.fresh("V"), user, common, workspace.name_of)
    view.root = stack[0].id if stack else view.id
    view.previous = stack[-1].id if stack else None
    view.show(content, workspace.now())
    workspace.views[view.id] = view
    return view


def faults_of(view: object, kind: str = "") -> list[str]:
    """Return what is wrong with a view that the app sends."""
    if not isinstance(view, dict):
        return ["view: must be an object"]
    if kind and view.get("type") != kind:
        return [f"view.type: must be {kind}"]
    return check_view(view)


def _view(call: Call, kind: str = "") -> Wire:
    view: Any = call.structure("view", "invalid_arguments")
    if view is None:
        call.needed("view")
    faults = faults_of(view, kind)
    if faults:
        raise faulty("invalid_arguments", faults)
    if len(json.dumps(view)) > LARGEST:
        raise Refused("view_too_large")
    found: Wire = view
    return found


def _trigger(call: Call) -> str:
    return call.needed("trigger_id")


def _found(call: Call) -> View:
    views = call.workspace.views
    wanted, outside = call.text("view_id"), call.text("external_id")
    if not wanted and not outside:
        raise Refused("invalid_arguments")
    open_ = [
        *(view for stack in call.workspace.modals.values() for view in stack),
        *call.workspace.homes.values(),
    ]
    for view in open_:
        if (wanted and views.get(wanted) is view) or (
            not wanted and view.wire["external_id"] == outside
        ):
            return view
    raise Refused("not_found")


def _unique(call: Call, external_id: str | None, own: str) -> None:
    for stack in call.workspace.modals.values():
        for view in stack:
            if external_id and view.wire["external_id"] == external_id and view.id != own:
                raise Refused("duplicate_external_id")
