"""A manifest that Slack would refuse is refused, with each of its faults."""

import pytest

from sandbox.slack.app import APP_TOKEN, BOT_TOKEN
from sandbox.slack.manifest import install


def test_a_full_manifest_becomes_an_app(manifest):
    app = install(manifest)
    assert (app.name, app.bot_token, app.app_token) == ("Deskmate", BOT_TOKEN, APP_TOKEN)
    assert list(app.commands) == ["/desk", "/silent"]
    assert [each.kind for each in app.shortcuts] == ["message", "global"]
    assert app.hears("message.im")
    assert not app.hears("team_join")


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (("display_information", "name"), "x" * 36, "35"),
        (("display_information", "description"), "x" * 141, "140"),
        (("features", "slash_commands", 0, "usage_hint"), "x" * 1001, "1000"),
        (("features", "slash_commands", 0, "command"), "desk", "no name"),
        (("features", "slash_commands", 0, "description"), "", "description"),
        (("features", "shortcuts", 0, "name"), "x" * 25, "24"),
        (("features", "shortcuts", 0, "type"), "channel", "neither"),
        (("oauth_config", "scopes", "bot"), [], "message.im needs im:history"),
        (("oauth_config", "scopes", "bot"), [], "scope commands"),
        (("settings", "event_subscriptions", "bot_events"), ["message"], "unknown"),
        (("settings", "socket_mode_enabled"), False, "request_url"),
    ],
)
def test_a_fault_is_named(manifest, place, value, fault):
    *path, last = place
    spot = manifest
    for step in path:
        spot = spot[step]
    spot[last] = value
    with pytest.raises(ValueError, match=fault):
        install(manifest)


def test_among_agents_an_app_says_what_it_is(manifest):
    manifest["features"]["agent_view"] = {"suggested_prompts": [{"title": "Help"}]}
    with pytest.raises(ValueError, match="assistant:write") as refused:
        install(manifest)
    assert "agent_description" in str(refused.value)
    assert "a title and a message" in str(refused.value)
