"""What happens beside the app: previews, other apps, forwarded posts, notes of Slack's own."""

import pytest


@pytest.fixture
def heard(slack):
    """The events, as they were given up: nobody is connected."""
    slack.redelivery = ()
    return slack.deliveries.given_up


async def test_a_preview_is_a_change_without_an_edit(slack, ana, help_, heard):
    post = await ana.says("https://x.example", channel=help_)
    await slack.unfurls(post, "Example")
    event = heard[-1]["event"]
    assert event["subtype"] == "message_changed"
    assert "edited" not in event["message"]
    assert not post.edited
    assert event["message"]["text"] == event["previous_message"]["text"]


async def test_another_apps_post_is_told_from_ours(slack, help_, heard):
    post = await slack.integration_posts("CI", "Build failed", help_)
    event = heard[-1]["event"]
    assert event["subtype"] == "bot_message"
    assert event["username"] == "CI"
    assert event["bot_id"] != slack.bot.bot_id
    assert post.words == "Build failed"


async def test_a_forwarded_post_comes_as_an_attachment(slack, ana, help_, heard):
    post = await ana.says("The VPN is down", channel=help_)
    shared = await ana.shares(post, words="see")
    (attachment,) = heard[-1]["event"]["attachments"]
    assert attachment["is_share"]
    assert attachment["author_name"] == "Ana Ruiz"
    assert attachment["text"] == "The VPN is down"
    assert "The VPN is down" in shared.words


async def test_who_leaves_is_told(slack, ana, help_, heard):
    await slack.remarks(help_, "channel_topic", "set the topic", ana)
    assert heard[-1]["event"]["subtype"] == "channel_topic"
    await slack.removes(slack.bot, help_)
    before = len(heard)
    await ana.says("x", channel=help_)
    assert len(heard) == before


async def test_nobody_writes_where_they_cant(slack, manifest, ana, help_, heard):
    tom = slack.person("Tom Baker")
    with pytest.raises(AssertionError, match="not in help"):
        await tom.says("x", channel=help_)
    await slack.archives(help_)
    with pytest.raises(AssertionError, match="archived"):
        await ana.says("x", channel=help_)
