"""The REST interface on the bare wire: tokens, paths, bodies, and the shape of what is refused."""

import json

import aiohttp
import pytest


async def test_without_a_good_token_nothing_is_answered(server, rest):
    for token in ("wrong", ""):
        status, body = await rest("GET", "/users/@me", token=token)
        assert (status, body) == (401, {"message": "401: Unauthorized", "code": 0})
    status, body = await rest("GET", "/users/@me")
    assert (status, body["id"], body["bot"]) == (200, str(server.bot.id), True)
    server.revoke()
    assert (await rest("GET", "/users/@me"))[0] == 401


async def test_json_is_told_without_a_charset(rest):
    await rest("GET", "/users/@me")
    assert rest.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("method", "path", "answer"),
    [
        ("GET", "/nowhere", (404, {"message": "404: Not Found", "code": 0})),
        ("PUT", "/users/@me", (405, {"message": "405: Method Not Allowed", "code": 0})),
        ("GET", "/channels/5", (404, {"message": "Unknown Channel", "code": 10003})),
        ("GET", "/guilds/5", (404, {"message": "Unknown Guild", "code": 10004})),
        ("GET", "/users/5", (404, {"message": "Unknown User", "code": 10013})),
        ("GET", "/webhooks/5", (404, {"message": "Unknown Webhook", "code": 10015})),
    ],
)
async def test_what_is_not_there(rest, method, path, answer):
    assert await rest(method, path) == answer


async def test_an_id_is_a_number(rest):
    status, body = await rest("GET", "/channels/abc")
    words = 'Value "abc" is not snowflake.'
    assert (status, body) == (
        400,
        {
            "message": "Invalid Form Body",
            "code": 50035,
            "errors": {
                "channel_id": {"_errors": [{"code": "NUMBER_TYPE_COERCE", "message": words}]}
            },
        },
    )


async def test_a_refused_body_names_each_fault_by_its_path(rest, help_):
    embeds = [{"title": "x" * 257}]
    body = {"content": "y" * 2001, "embeds": embeds}
    status, answer = await rest("POST", f"/channels/{help_.id}/messages", body)
    assert (status, answer["code"], answer["message"]) == (400, 50035, "Invalid Form Body")
    content = answer["errors"]["content"]["_errors"]
    assert content == [
        {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."}
    ]
    title = answer["errors"]["embeds"]["0"]["title"]["_errors"][0]
    assert title["code"] == "BASE_TYPE_MAX_LENGTH"


@pytest.mark.parametrize(("raw", "code"), [("{", 50109), ("[]", 50035), ("", 50006), ("{}", 50006)])
async def test_a_body_that_says_nothing(server, help_, raw, code):
    headers = {"Authorization": f"Bot {server.token}", "Content-Type": "application/json"}
    url = f"{server.api_url}/channels/{help_.id}/messages"
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, data=raw, headers=headers) as answer,
    ):
        assert (answer.status, (await answer.json())["code"]) == (400, code)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", "NUMBER_TYPE_MIN"),
        ("limit=101", "NUMBER_TYPE_MAX"),
        ("limit=many", "NUMBER_TYPE_COERCE"),
        ("before=then", "NUMBER_TYPE_COERCE"),
    ],
)
async def test_a_query_is_checked(rest, help_, query, code):
    status, body = await rest("GET", f"/channels/{help_.id}/messages?{query}")
    key = query.partition("=")[0]
    assert (status, body["errors"][key]["_errors"][0]["code"]) == (400, code)


async def test_a_message_goes_over_the_wire_as_published(server, rest, help_):
    _, wire = await rest("POST", f"/channels/{help_.id}/messages", {"content": "x"})
    assert wire["author"]["id"] == str(server.bot.id)
    assert (wire["id"], wire["channel_id"]) == (str(int(wire["id"])), str(help_.id))
    assert wire["timestamp"].endswith("+00:00")
    empty = {"mentions", "mention_roles", "attachments", "embeds", "components"}
    assert all(wire[key] == [] for key in empty)
    assert (wire["type"], wire["flags"], wire["pinned"], wire["edited_timestamp"]) == (
        0,
        0,
        False,
        None,
    )
    assert not wire.keys() & {"guild_id", "member", "nonce", "message_reference"}


async def test_calls_are_remembered(server, rest, help_):
    await rest("POST", f"/channels/{help_.id}/messages", {"content": "x"})
    call = server.calls[-1]
    assert (call.method, call.route, call.status) == (
        "POST",
        "POST /channels/{channel}/messages",
        200,
    )
    assert (call.path, call.body) == (f"/channels/{help_.id}/messages", {"content": "x"})


async def test_the_application_and_the_gateway_are_told(server, rest, client):
    _, gateway = await rest("GET", "/gateway/bot")
    assert (gateway["url"], gateway["shards"]) == (server.gateway_url, 1)
    info = await client.application_info()
    assert (info.id, info.name, info.bot_public) == (server.application_id, "Deskmate", False)
    assert info.flags.gateway_message_content_limited


async def test_both_prefixes_lead_there(server, help_):
    async with aiohttp.ClientSession() as http:
        headers = {"Authorization": f"Bot {server.token}"}
        async with http.get(f"{server.url}/api/channels/{help_.id}", headers=headers) as answer:
            assert json.loads(await answer.text())["name"] == "help"
        async with http.get(server.url + "/elsewhere") as answer:
            assert answer.status == 404
