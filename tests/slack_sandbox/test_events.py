"""What the app hears of: each event in Slack's own shape, and only those subscribed to."""

import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from sandbox.slack import SlackServer


@pytest.fixture
async def bodies(slack, web):
    """The bodies of all events, as they arrive; those of the bot's own posts too."""
    heard = []
    client = SocketModeClient(app_token=slack.app_token, web_client=web)

    async def listen(client, request):
        heard.append(request.payload)
        await client.send_socket_mode_response({"envelope_id": request.envelope_id})

    client.socket_mode_request_listeners.append(listen)
    await client.connect()
    await slack.connected()
    yield heard
    await client.close()


def kinds(bodies):
    events = [body["event"] for body in bodies]
    return [event.get("subtype") or event["type"] for event in events]


async def test_an_event_tells_of_the_workspace_and_the_app(slack, bodies, ana, help_):
    post = await ana.says("The VPN is down", channel=help_)
    (body,) = bodies
    assert body["type"] == "event_callback"
    assert body["team_id"] == body["context_team_id"] == slack.workspace.team_id
    assert body["api_app_id"] == slack.app.id
    assert body["event_id"].startswith("Ev")
    assert isinstance(body["event_time"], int)
    assert body["authorizations"][0]["user_id"] == slack.bot.id
    event = body["event"]
    assert (event["ts"], event["event_ts"], event["channel"]) == (post.ts, post.ts, help_.id)
    assert (event["user"], event["team"]) == (ana.id, slack.workspace.team_id)
    assert event["blocks"][0]["type"] == "rich_text"
    assert event["client_msg_id"]


async def test_each_kind_of_conversation_says_what_it_is(slack, bodies, ana):
    secret = slack.channel("secret", [ana, slack.bot], private=True)
    talk = slack.group_message(ana, slack.person("Tom Baker"), slack.bot)
    await ana.says("a", channel=secret)
    await ana.says("b", channel=talk)
    await ana.says("c")
    found = [body["event"]["channel_type"] for body in bodies]
    assert found == ["group", "mpim", "im"]


async def test_where_the_bot_isnt_it_hears_nothing(slack, bodies, ana):
    await ana.says("a", channel=slack.channel("random", members=[ana]))
    assert bodies == []


async def test_a_mention_in_a_channel_comes_twice_and_in_direct_messages_once(
    slack, bodies, ana, help_
):
    post = await ana.says("@Deskmate help", channel=help_)
    assert sorted(kinds(bodies)) == ["app_mention", "message"]
    assert {body["event"]["ts"] for body in bodies} == {post.ts}
    assert len({body["event_id"] for body in bodies}) == 2
    bodies.clear()
    await ana.says("@Deskmate help")
    assert kinds(bodies) == ["message"]


async def test_changes_and_deletions_carry_what_was_before(slack, bodies, ana, help_):
    post = await ana.says("one", channel=help_)
    await ana.edits(post, "two")
    await ana.deletes(post)
    changed, deleted = (body["event"] for body in bodies[1:])
    assert changed["subtype"] == "message_changed"
    assert changed["message"]["text"] == "two"
    assert changed["message"]["edited"]["user"] == ana.id
    assert changed["previous_message"]["text"] == "one"
    assert changed["ts"] > post.ts == changed["message"]["ts"]
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", post.ts)
    assert deleted["previous_message"]["text"] == "two"
    assert slack.posts(help_) == []


async def test_a_deleted_root_with_replies_is_told_as_a_change_to_a_tombstone(bodies, ana, help_):
    post = await ana.says("one", channel=help_)
    await ana.says("reply", thread=post)
    await ana.deletes(post)
    event = bodies[-1]["event"]
    assert event["subtype"] == "message_changed"
    assert event["message"]["subtype"] == "tombstone"


async def test_replies_name_their_root_and_broadcasts_carry_it(bodies, ana, help_):
    post = await ana.says("root", channel=help_)
    await ana.says("reply", thread=post)
    await ana.says("to all", thread=post, broadcast=True)
    reply, broadcast = (body["event"] for body in bodies[1:])
    assert (reply["thread_ts"], reply["parent_user_id"]) == (post.ts, ana.id)
    assert broadcast["subtype"] == "thread_broadcast"
    assert broadcast["root"]["ts"] == post.ts


async def test_the_app_hears_its_own_posts_and_those_under_other_names(slack, web, bodies, help_):
    await web.chat_postMessage(channel=help_.id, text="mine")
    await web.chat_postMessage(channel=help_.id, text="masked", username="Sara")
    await slack.settled()
    own, masked = (body["event"] for body in bodies)
    assert (own["bot_id"], own["app_id"]) == (slack.bot.bot_id, slack.app.id)
    assert own["user"] == slack.bot.id
    assert (masked["subtype"], masked["username"]) == ("bot_message", "Sara")
    assert "user" not in masked


async def test_reactions_name_the_post_and_its_author(bodies, slack, ana, help_):
    carla = slack.person("Carla Soto")
    help_.members[carla.id] = None
    post = await ana.says("x", channel=help_)
    await carla.reacts("eyes", on=post)
    await carla.unreacts(":eyes:", on=post)
    added, removed = (body["event"] for body in bodies[1:])
    item = {"type": "message", "channel": help_.id, "ts": post.ts}
    assert (added["type"], added["item"], added["item_user"]) == ("reaction_added", item, ana.id)
    assert (removed["type"], removed["user"]) == ("reaction_removed", carla.id)


async def test_who_comes_in_is_told_twice_and_written_down(slack, bodies, ana, help_):
    tom = slack.person("Tom Baker")
    await tom.joins(help_)
    assert sorted(kinds(bodies)) == ["channel_join", "member_joined_channel"]
    bodies.clear()
    random = slack.channel("random", members=[ana])
    await ana.invites(slack.bot, to=random)
    joined = next(b["event"] for b in bodies if b["event"]["type"] == "member_joined_channel")
    assert (joined["user"], joined["inviter"]) == (slack.bot.id, ana.id)


async def test_channels_and_people_that_change_are_told(slack, bodies, ana, help_):
    await slack.renames(help_, "support")
    await slack.archives(help_)
    await slack.changes(ana, real_name="Ana R.", deleted=True)
    assert kinds(bodies) == ["channel_rename", "channel_archive", "user_change"]
    assert bodies[0]["event"]["channel"]["name"] == "support"
    assert bodies[2]["event"]["user"]["deleted"] is True


async def test_strangers_write_from_a_team_of_their_own(slack, bodies):
    olaf = slack.person("Olaf", "olaf@elsewhere.example", stranger=True)
    shared = slack.channel("shared", members=[olaf, slack.bot])
    await olaf.says("Hello", channel=shared, files=[("a.txt", b"a", "text/plain")])
    (body,) = bodies
    assert body["is_ext_shared_channel"] is True
    assert body["event"]["user_team"] != slack.workspace.team_id
    assert body["event"]["files"][0]["file_access"] == "check_file_info"


async def test_what_isnt_subscribed_to_isnt_told(manifest):
    manifest["settings"]["event_subscriptions"]["bot_events"] = ["message.im"]
    async with await SlackServer.start(manifest) as slack:
        slack.redelivery = ()
        ana = slack.person("Ana Ruiz")
        await ana.says("x", channel=slack.channel("help", [ana, slack.bot]))
        await ana.says("y")
        assert [each["event"]["text"] for each in slack.deliveries.given_up] == ["y"]


async def test_without_its_scope_a_subscribed_event_isnt_told(manifest):
    async with await SlackServer.start(manifest, scopes=["im:history"]) as slack:
        slack.redelivery = ()
        ana = slack.person("Ana Ruiz")
        await ana.says("x", channel=slack.channel("help", [ana, slack.bot]))
        await ana.says("y")
        assert [each["event"]["text"] for each in slack.deliveries.given_up] == ["y"]


async def test_an_uninstalled_app_hears_so_and_then_nothing_more(slack, bodies, ana):
    await slack.revoke()
    assert kinds(bodies) == ["tokens_revoked", "app_uninstalled"]
    assert bodies[0]["event"]["tokens"] == {"bot": [slack.bot.id]}
    await ana.says("x")
    assert len(bodies) == 2
