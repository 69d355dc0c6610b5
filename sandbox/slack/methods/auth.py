"""Who the tokens belong to: auth, team, bots, and the door to Socket Mode."""

from sandbox.slack.call import Call
from sandbox.slack.refusal import Refused, Wire


def api_test(call: Call) -> Wire:
    """Echo what was sent, or the error that was asked for."""
    if call.text("error"):
        raise Refused(call.text("error"), args=dict(call.args))
    return {"args": dict(call.args)}


def test(call: Call) -> Wire:
    """Say whose token this is."""
    workspace = call.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.bot.handle,
        "team_id": workspace.team_id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot.bot_id,
        "is_enterprise_install": False,
    }


def revoke(call: Call) -> Wire:
    """Give the token up."""
    if call.flag("test"):
        return {"revoked": False}
    call.workspace.app.refusing = "token_revoked"
    return {"revoked": True}


def open_connection(call: Call) -> Wire:
    """Give out the address of a socket."""
    app, workspace = call.workspace.app, call.workspace
    if not app.socket_mode:
        raise Refused("socket_mode_not_enabled")
    socket = workspace.url.replace("http", "ws", 1)
    return {"url": f"{socket}/link/?ticket={workspace.ticket()}&app_id={app.id}"}


def team_info(call: Call) -> Wire:
    """Tell of the workspace."""
    workspace = call.workspace
    asked = call.text("team")
    if asked and asked != workspace.team_id:
        raise Refused("team_not_found")
    team = {
        "id": workspace.team_id,
        "name": workspace.name,
        "url": f"https://{workspace.domain}.slack.com/",
        "domain": workspace.domain,
        "email_domain": "",
        "icon": {"image_default": True},
    }
    return {"team": team}


def bots_info(call: Call) -> Wire:
    """Tell of a bot."""
    workspace = call.workspace
    bot = workspace.bot
    if call.text("bot") not in ("", bot.bot_id):
        raise Refused("bot_not_found")
    entry = {
        "id": bot.bot_id,
        "deleted": False,
        "name": workspace.app.name,
        "updated": 1763800000,
        "app_id": workspace.app.id,
        "user_id": bot.id,
        "icons": {"image_48": "https://avatars.slack.example/app?s=48"},
    }
    return {"bot": entry}
