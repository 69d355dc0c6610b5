"""The bot posts, changes and deletes; what Slack would refuse is refused with Slack's code."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack import SlackServer


def button(label):
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "action_id": "a", "text": text}


async def test_a_post_has_the_bots_name_and_a_ts_of_its_own(slack, web, help_):
    first = await web.chat_postMessage(channel=help_.id, text="one")
    second = await web.chat_postMessage(channel="#help", text="two")
    assert second["channel"] == help_.id
    assert second["ts"] > first["ts"]
    assert first["message"]["bot_id"] == slack.bot.bot_id
    assert first["message"]["user"] == slack.bot.id
    assert [post.text for post in slack.posts(help_)] == ["one", "two"]


async def test_posts_of_one_moment_have_rising_ts(manifest):
    async with await SlackServer.start(manifest, now=lambda: 1763802000.0) as slack:
        ana = slack.person("Ana Ruiz")
        help_ = slack.channel("help", members=[ana])
        stamps = [(await ana.says("x", channel=help_)).ts for _ in range(3)]
    assert stamps == ["1763802000.000000", "1763802000.000100", "1763802000.000200"]


async def test_a_user_id_means_their_direct_messages(slack, web, ana):
    answer = await web.chat_postMessage(channel=ana.id, text="hello")
    assert answer["channel"].startswith("D")
    assert [post.words for post in slack.conversation(ana)] == ["hello"]


async def test_what_a_post_lacks_or_has_too_much_of_is_refused(slack, web, help_, refused):
    post = web.chat_postMessage
    for text in ("", " \n"):
        blank = web.api_call("chat.postMessage", json={"channel": help_.id, "text": text})
        assert await refused(blank) == "no_text"
    assert await refused(post(channel="C404", text="x")) == "channel_not_found"
    assert await refused(post(channel="nowhere", text="x")) == "channel_not_found"
    metadata = {"event_type": "x"}
    refusal = await refused(post(channel=help_.id, text="x", metadata=metadata))
    assert refusal == "invalid_metadata_format"
    cut = await post(channel=help_.id, text="x" * 40_001)
    assert len(cut["message"]["text"]) == 40_000
    assert cut["response_metadata"]["warnings"] == ["message_truncated"]


async def test_faulty_blocks_are_refused_with_their_faults(web, help_):
    blocks = [{"type": "actions", "elements": [button("x" * 76)]}]
    with pytest.raises(SlackApiError) as no:
        await web.chat_postMessage(channel=help_.id, text="x", blocks=blocks)
    assert no.value.response["error"] == "invalid_blocks"
    (message,) = no.value.response["response_metadata"]["messages"]
    assert "75" in message


async def test_the_bot_posts_only_where_it_is(slack, web, ana, refused):
    elsewhere = slack.channel("random", members=[ana])
    secret = slack.channel("secret", members=[ana], private=True)
    old = slack.channel("old", members=[slack.bot])
    await slack.archives(old)
    assert await refused(web.chat_postMessage(channel=elsewhere.id, text="x")) == "not_in_channel"
    assert await refused(web.chat_postMessage(channel=secret.id, text="x")) == "channel_not_found"
    assert await refused(web.chat_postMessage(channel=old.id, text="x")) == "is_archived"
    await web.conversations_join(channel=elsewhere.id)
    await web.chat_postMessage(channel=elsewhere.id, text="x")


async def test_a_name_of_its_own_choice_stands_in_the_bots_place(slack, web, help_):
    await web.chat_postMessage(
        channel=help_.id, text="x", username="Sara Stone", icon_url="https://x.example/s.png"
    )
    (post,) = slack.posts(help_)
    assert (post.username, post.icon_url) == ("Sara Stone", "https://x.example/s.png")
    assert post.wire["subtype"] == "bot_message"
    assert post.user == ""


async def test_metadata_is_shown_only_to_who_asks(web, help_):
    metadata = {"event_type": "desk_outbox", "event_payload": {"id": "7"}}
    posted = await web.chat_postMessage(channel=help_.id, text="x", metadata=metadata)
    plain = await web.conversations_history(channel=help_.id)
    full = await web.conversations_history(channel=help_.id, include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata
    assert full["messages"][0]["ts"] == posted["ts"]


async def test_a_reply_counts_for_its_root_and_leaves_the_channel_alone(
    slack, web, ana, help_, refused
):
    root = await ana.says("The VPN is down", channel=help_)
    reply = await web.chat_postMessage(channel=help_.id, text="On it", thread_ts=root.ts)
    everybody = await web.chat_postMessage(
        channel=help_.id, text="Fixed", thread_ts=root.ts, reply_broadcast=True
    )
    history = (await web.conversations_history(channel=help_.id))["messages"]
    assert [each["ts"] for each in history] == [everybody["ts"], root.ts]
    assert history[0]["subtype"] == "thread_broadcast"
    assert history[1]["reply_count"] == 2
    assert history[1]["latest_reply"] == everybody["ts"]
    replies = (await web.conversations_replies(channel=help_.id, ts=root.ts))["messages"]
    assert [each["ts"] for each in replies] == [root.ts, reply["ts"], everybody["ts"]]
    assert replies[1]["parent_user_id"] == ana.id
    post = web.chat_postMessage
    no_thread = await refused(post(channel=help_.id, text="x", thread_ts="1.000100"))
    of_reply = await refused(post(channel=help_.id, text="x", thread_ts=reply["ts"]))
    assert (no_thread, of_reply) == ("thread_not_found", "cannot_reply_to_message")
    no_ts = await refused(post(channel=help_.id, text="x", thread_ts="0"))
    assert no_ts == "invalid_thread_ts"


async def test_an_update_keeps_what_it_doesnt_name(slack, web, help_, refused):
    blocks = [{"type": "actions", "elements": [button("Claim")]}]
    ts = (await web.chat_postMessage(channel=help_.id, text="one", blocks=blocks))["ts"]
    await web.chat_update(channel=help_.id, ts=ts, text="two")
    (post,) = slack.posts(help_)
    assert (post.text, post.buttons, post.edited) == ("two", ["Claim"], True)
    await web.chat_update(channel=help_.id, ts=ts, text="three", blocks=[])
    assert (post.words, post.buttons) == ("three", [])
    long = await refused(web.chat_update(channel=help_.id, ts=ts, text="x" * 4001))
    assert long == "msg_too_long"


async def test_only_its_own_posts_are_the_bots_to_change(slack, web, ana, help_, refused):
    post = await ana.says("mine", channel=help_)
    args = {"channel": help_.id, "ts": post.ts}
    assert await refused(web.chat_update(**args, text="x")) == "cant_update_message"
    assert await refused(web.chat_delete(**args)) == "cant_delete_message"
    gone = {"channel": help_.id, "ts": "1.000100"}
    assert await refused(web.chat_update(**gone, text="x")) == "message_not_found"
    assert await refused(web.chat_delete(**gone)) == "message_not_found"


async def test_a_deleted_root_with_replies_stays_as_a_tombstone(slack, web, help_):
    root = (await web.chat_postMessage(channel=help_.id, text="root"))["ts"]
    reply = (await web.chat_postMessage(channel=help_.id, text="r", thread_ts=root))["ts"]
    await web.chat_delete(channel=help_.id, ts=root)
    (shown,) = (await web.conversations_history(channel=help_.id))["messages"]
    assert shown["subtype"] == "tombstone"
    await web.chat_delete(channel=help_.id, ts=reply)
    assert [post.ts for post in slack.posts(help_)] == [root]


async def test_an_ephemeral_post_is_seen_by_one_member_only(slack, web, ana, help_, refused):
    tom = slack.person("Tom Baker")
    await web.chat_postEphemeral(channel=help_.id, user=ana.id, text="psst")
    assert [post.words for post in ana.ephemerals] == ["psst"]
    assert slack.posts(help_) == []
    outside = web.chat_postEphemeral(channel=help_.id, user=tom.id, text="psst")
    assert await refused(outside) == "user_not_in_channel"


async def test_texts_are_escaped_and_linked_as_slack_does(slack, web, ana, help_):
    text = f"a < b & c, {ana.mention}, &amp; <https://x.example|here> https://y.example/a?b=1&c=2."
    answer = await web.chat_postMessage(channel=help_.id, text=text)
    assert answer["message"]["text"] == (
        f"a &lt; b &amp; c, {ana.mention}, &amp; <https://x.example|here>"
        " <https://y.example/a?b=1&c=2>."
    )
    assert slack.posts(help_)[0].words == (
        "a < b & c, @Ana Ruiz, & here https://y.example/a?b=1&c=2."
    )


async def test_a_permalink_leads_into_the_thread(slack, web, ana, help_):
    root = await ana.says("root", channel=help_)
    reply = await ana.says("reply", thread=root)
    answer = await web.chat_getPermalink(channel=help_.id, message_ts=reply.ts)
    assert answer["permalink"].endswith(
        f"/archives/{help_.id}/p{reply.ts.replace('.', '')}?thread_ts={root.ts}&cid={help_.id}"
    )


async def test_reactions_are_added_once_and_removed_once(slack, web, ana, help_, refused):
    post = await ana.says("x", channel=help_)
    item = {"channel": help_.id, "timestamp": post.ts}
    await web.reactions_add(**item, name="eyes")
    assert await refused(web.reactions_add(**item, name="eyes")) == "already_reacted"
    assert post.reactions == {"eyes": [slack.bot.id]}
    shown = (await web.reactions_get(**item))["message"]["reactions"]
    assert shown == [{"name": "eyes", "users": [slack.bot.id], "count": 1}]
    await web.reactions_remove(**item, name="eyes")
    assert await refused(web.reactions_remove(**item, name="eyes")) == "no_reaction"
    assert post.reactions == {}
