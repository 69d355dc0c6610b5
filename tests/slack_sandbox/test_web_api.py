"""Every call: tokens, scopes, encodings, and the codes that the local Slack refuses with."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack import SlackServer


@pytest.fixture
async def http(slack):
    async with aiohttp.ClientSession() as session:
        yield session


async def called(http, slack, method, *, verb="POST", token="", **more):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    headers |= more.pop("headers", {})
    async with http.request(verb, slack.api_url + method, headers=headers, **more) as answer:
        return answer, await answer.json()


async def error(http, slack, method, **more):
    return (await called(http, slack, method, **more))[1].get("error")


async def test_a_token_is_asked_for_and_looked_at(http, slack):
    assert await error(http, slack, "auth.test") == "not_authed"
    assert await error(http, slack, "auth.test", token="xoxb-wrong") == "invalid_auth"
    assert await error(http, slack, "auth.test", token=slack.bot_token) is None
    assert await error(http, slack, "auth.test", data={"token": slack.bot_token}) is None
    assert await error(http, slack, "auth.test", json={"token": slack.bot_token}) == "not_authed"


async def test_each_token_opens_only_what_it_is_for(http, slack):
    open_ = "apps.connections.open"
    assert await error(http, slack, open_, token=slack.app_token) is None
    assert await error(http, slack, open_, token=slack.bot_token) == "not_allowed_token_type"
    assert await error(http, slack, "auth.test", token=slack.app_token) == "not_allowed_token_type"


async def test_an_unknown_method_is_named(http, slack):
    _, answer = await called(http, slack, "chat.shout", token=slack.bot_token)
    assert answer == {"ok": False, "error": "unknown_method", "req_method": "chat.shout"}


async def test_a_revoked_token_says_so_until_it_is_restored(http, slack):
    await slack.revoke("token_revoked")
    assert await error(http, slack, "auth.test", token=slack.bot_token) == "token_revoked"
    await slack.revoke()
    assert await error(http, slack, "auth.test", token=slack.bot_token) == "account_inactive"
    slack.restore()
    assert await error(http, slack, "auth.test", token=slack.bot_token) is None
    await slack.revoke_app_token()
    opened = await error(http, slack, "apps.connections.open", token=slack.app_token)
    assert opened == "invalid_auth"


async def test_json_forms_and_queries_say_the_same(http, slack):
    ana = slack.person("Ana Ruiz", "ana@example.org")
    token = slack.bot_token
    for how in (
        {"verb": "GET", "params": {"user": ana.id}},
        {"params": {"user": ana.id}},
        {"data": {"user": ana.id}},
        {"json": {"user": ana.id}},
    ):
        _, answer = await called(http, slack, "users.info", token=token, **how)
        assert answer["user"]["real_name"] == "Ana Ruiz", how


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"{", "application/json", "invalid_json"),
        (b"[]", "application/json", "json_not_object"),
        (b"<a/>", "application/xml", "invalid_post_type"),
    ],
)
async def test_a_body_that_cant_be_read_is_refused(http, slack, body, kind, code):
    headers = {"Content-Type": kind}
    sent = {"data": body, "headers": headers, "token": slack.bot_token}
    assert await error(http, slack, "auth.test", **sent) == code


async def test_blocks_come_in_forms_as_json(http, slack):
    help_ = slack.channel("help", members=[slack.bot])
    form = {"channel": help_.id, "text": "x", "blocks": '[{"type":"divider"}]'}
    _, answer = await called(http, slack, "chat.postMessage", token=slack.bot_token, data=form)
    assert answer["message"]["blocks"][0]["type"] == "divider"
    form["blocks"] = "[{"
    code = await error(http, slack, "chat.postMessage", token=slack.bot_token, data=form)
    assert code == "invalid_blocks_format"


async def test_an_app_with_fewer_scopes_is_told_which_it_needs(manifest):
    async with (
        await SlackServer.start(manifest, scopes=["users:read", "chat:write"]) as slack,
        aiohttp.ClientSession() as http,
    ):
        ana = slack.person("Ana Ruiz", "ana@example.org")
        help_ = slack.channel("help", members=[slack.bot])
        token = slack.bot_token
        answer, body = await called(http, slack, "reactions.add", token=token)
        assert body["error"] == "missing_scope"
        assert (body["needed"], body["provided"]) == ("reactions:write", "chat:write,users:read")
        assert answer.headers["x-oauth-scopes"] == "chat:write,users:read"
        assert answer.headers["x-accepted-oauth-scopes"] == "reactions:write"
        _, body = await called(http, slack, "users.info", token=token, data={"user": ana.id})
        assert "email" not in body["user"]["profile"]
        form = {"channel": help_.id, "text": "x", "username": "Sara"}
        _, body = await called(http, slack, "chat.postMessage", token=token, data=form)
        assert body["needed"] == "chat:write.customize"
        assert slack.posts(help_) == []


async def test_the_scope_for_a_conversation_is_that_of_its_kind(manifest):
    scopes = ["channels:history", "channels:read", "chat:write"]
    async with (
        await SlackServer.start(manifest, scopes=scopes) as slack,
        aiohttp.ClientSession() as http,
    ):
        ana = slack.person("Ana Ruiz")
        secret = slack.channel("secret", [ana, slack.bot], private=True)
        asked = {"token": slack.bot_token, "data": {"channel": secret.id}}
        _, body = await called(http, slack, "conversations.history", **asked)
        assert (body["error"], body["needed"]) == ("missing_scope", "groups:history")
        _, body = await called(http, slack, "conversations.info", **asked)
        assert body["needed"] == "groups:read"
        kinds = {"types": "public_channel,im"}
        _, body = await called(
            http, slack, "users.conversations", token=slack.bot_token, data=kinds
        )
        assert body["needed"] == "im:read"


async def test_auth_test_says_who_the_app_is(slack, web):
    answer = await web.auth_test()
    assert answer["user_id"] == slack.bot.id
    assert answer["bot_id"] == slack.bot.bot_id
    assert answer["team_id"] == slack.workspace.team_id
    assert (await web.bots_info(bot=slack.bot.bot_id))["bot"]["app_id"] == slack.app.id
    assert (await web.team_info())["team"]["domain"] == "example-desk"


async def test_what_was_called_is_remembered_with_its_refusal(slack, web):
    with pytest.raises(SlackApiError, match="user_not_found"):
        await web.users_info(user="U404")
    last = slack.calls[-1]
    assert (last.method, last.args["user"]) == ("users.info", "U404")
    assert last.error == "user_not_found"
