"""Trouble on demand: limits, lost answers, errors, slowness."""

import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError


@pytest.fixture
def help_(slack):
    return slack.channel("help", members=[slack.bot])


async def test_a_rate_limit_names_its_pause_and_spares_other_channels(slack, web, help_):
    other = slack.channel("other", members=[slack.bot])
    slack.rate_limit("chat.postMessage", seconds=2, times=1, channel=help_)
    await web.chat_postMessage(channel=other.id, text="x")
    with pytest.raises(SlackApiError) as no:
        await web.chat_postMessage(channel=help_.id, text="x")
    assert no.value.response.status_code == 429
    assert no.value.response.headers["Retry-After"] == "2"
    assert no.value.response["error"] == "ratelimited"
    await web.chat_postMessage(channel=help_.id, text="x")
    assert len(slack.posts(help_)) == 1


async def test_a_lost_answer_was_a_post_all_the_same(slack, web, help_):
    slack.lose_answer("chat.postMessage")
    with pytest.raises(aiohttp.ClientConnectionError):
        await web.chat_postMessage(channel=help_.id, text="x")
    assert len(slack.posts(help_)) == 1
    await web.chat_postMessage(channel=help_.id, text="y")


async def test_errors_come_as_often_as_they_were_asked_for(slack, web, help_):
    slack.fail("chat.postMessage", error="fatal_error", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            await web.chat_postMessage(channel=help_.id, text="x")
    await web.chat_postMessage(channel=help_.id, text="x")
    slack.fail("*", status=503)
    with pytest.raises(SlackApiError) as no:
        await web.auth_test()
    assert no.value.response.status_code == 503
    assert len(slack.posts(help_)) == 1


async def test_a_slow_method_takes_its_time(slack, web):
    slack.slow("auth.test", 0.05)
    began = time.monotonic()
    await web.auth_test()
    assert time.monotonic() - began >= 0.05
    slack.slow("auth.test", 0)


async def test_paced_posts_are_limited_by_channel_after_a_burst(slack, web, help_):
    other = slack.channel("other", members=[slack.bot])
    slack.pace()
    for _ in range(4):
        await web.chat_postMessage(channel=help_.id, text="x")
    with pytest.raises(SlackApiError) as no:
        await web.chat_postMessage(channel=help_.id, text="x")
    assert no.value.response.headers["Retry-After"] == "1"
    await web.chat_postMessage(channel=other.id, text="x")
    slack.pace(on=False)
    await web.chat_postMessage(channel=help_.id, text="x")
