"""The manifest asks for all that is used, and for nothing else."""

import re
from pathlib import Path

import pytest

from adapters.slack import manifest as module
from adapters.slack.manifest import EVENTS, SCOPES, WORDS, manifest
from adapters.slack.settings import SlackSettings
from sandbox.slack import SlackServer

SETTINGS = SlackSettings(bot_token="xoxb-1", app_token="xapp-1", command="/help")
HTTP = SlackSettings(bot_token="xoxb-1", signing_secret="s", mode="http")
URL = "https://desk.example.org/slack/events"
#: By Slack's documentation, the scopes of the methods that the door calls.
NEEDS = {
    "apps.connections.open": set(),
    "auth.test": set(),
    "chat.delete": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations.info": {"channels:read", "groups:read", "im:read", "mpim:read"},
    "conversations.join": {"channels:join"},
    "conversations.members": {"channels:read", "groups:read", "im:read", "mpim:read"},
    "conversations.open": {"im:write"},
    "conversations.replies": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "files.completeUploadExternal": {"files:write"},
    "files.delete": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "files.info": {"files:read"},
    "users.conversations": {"channels:read", "groups:read", "im:read", "mpim:read"},
    "users.info": {"users:read"},
    "users.list": {"users:read"},
    "users.lookupByEmail": {"users:read.email"},
    "views.open": set(),
    "views.publish": set(),
}
#: What isn't asked for by a method's name: events, the command, and what is in a profile.
ELSEWHERE = {
    "app_mentions:read",
    "assistant:write",
    "chat:write.customize",
    "commands",
    "reactions:read",
    "users:read.email",
}


def called():
    folder = Path(module.__file__).parent
    text = "".join(each.read_text("utf-8") for each in folder.glob("*.py"))
    names = r'"((?:apps|auth|chat|conversations|files|users|views)\.[A-Za-z.]+)"'
    found = set(re.findall(names, text)) | {"conversations.history", "conversations.replies"}
    return {each for each in found if not each.startswith("conversations.{")}


def test_every_method_that_is_called_has_its_scopes_and_no_scope_is_unused():
    assert called() == set(NEEDS)
    assert set().union(*NEEDS.values()) | ELSEWHERE == set(SCOPES)


@pytest.mark.parametrize(("settings", "url"), [(SETTINGS, ""), (HTTP, URL)])
async def test_slack_takes_the_manifest(settings, url, words):
    made = manifest(settings, words, url=url)
    async with await SlackServer.start(made) as slack:
        assert slack.app.events == frozenset(EVENTS)
        assert settings.command in slack.app.commands


def test_a_command_brings_people_by_their_ids(words):
    (command,) = manifest(SETTINGS, words)["features"]["slash_commands"]
    assert command["should_escape"] is True


def test_http_mode_names_the_address_wherever_slack_calls(words):
    made = manifest(HTTP, words, url=URL)
    assert made["settings"]["event_subscriptions"]["request_url"] == URL
    assert made["settings"]["interactivity"]["request_url"] == URL
    assert made["settings"]["interactivity"]["message_menu_options_url"] == URL
    assert made["features"]["slash_commands"][0]["url"] == URL
    assert made["settings"]["socket_mode_enabled"] is False


def test_words_of_any_length_fit_where_slack_sets_limits(words):
    long = dict.fromkeys(WORDS, "word " * 1000)
    made = manifest(SETTINGS, long)
    shortcut = made["features"]["shortcuts"][0]
    assert len(made["display_information"]["name"]) <= WORDS["name"]
    assert len(shortcut["name"]) <= WORDS["shortcut"]
    assert len(shortcut["description"]) <= WORDS["shortcut_description"]


def test_among_agents_it_says_what_it_is_and_what_one_may_say(words):
    made = manifest(SETTINGS, words)
    view = made["features"]["agent_view"]
    assert view["agent_description"]
    assert [set(each) for each in view["suggested_prompts"]] == [{"title", "message"}] * 2


async def test_a_plan_without_agents_takes_the_manifest_as_well(words):
    made = manifest(SETTINGS, words, agent=False)
    assert "agent_view" not in made["features"]
    assert "assistant:write" not in made["oauth_config"]["scopes"]["bot"]
    async with await SlackServer.start(made) as slack:
        assert SETTINGS.command in slack.app.commands
