"""A response URL takes five answers within half an hour."""

import aiohttp
import pytest

from sandbox.slack import SlackServer


class Clock:
    now = 1763802000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def scene(manifest, clock):
    """Somebody who used a command, and a way to post to its response URL."""
    async with (
        await SlackServer.start(manifest, now=clock) as slack,
        aiohttp.ClientSession() as http,
    ):
        slack.redelivery = ()
        ana = slack.person("Ana Ruiz")
        help_ = slack.channel("help", members=[ana, slack.bot])
        url = ana._interactions.urls.give(ana.id, help_, "commands")

        async def respond(**content):
            async with http.post(url, json=content) as answer:
                return answer.status, (await answer.json()).get("error")

        yield slack, ana, help_, respond


async def test_an_answer_is_seen_by_its_reader_only_unless_it_says_otherwise(scene):
    slack, ana, help_, respond = scene
    assert await respond(text="for you") == (200, None)
    assert await respond(text="for all", response_type="in_channel") == (200, None)
    assert [post.words for post in ana.ephemerals] == ["for you"]
    assert [post.words for post in slack.posts(help_)] == ["for all"]


async def test_a_sixth_answer_is_refused(scene):
    *_, respond = scene
    for _ in range(5):
        assert await respond(text="x") == (200, None)
    assert await respond(text="x") == (404, "used_url")


async def test_a_late_answer_is_refused(scene, clock):
    *_, respond = scene
    clock.now += 1801
    assert await respond(text="x") == (404, "expired_url")


async def test_an_empty_or_faulty_answer_is_refused(scene):
    *_, respond = scene
    assert await respond() == (400, "no_text")
    blocks = [{"type": "section"}]
    assert await respond(text="x", blocks=blocks) == (400, "invalid_blocks")


async def test_its_ephemeral_source_can_be_replaced_and_deleted(scene):
    slack, ana, help_, _ = scene
    post = slack._posting.whisper(help_, ana.id, {"text": "one"})
    url = ana._interactions.urls.give(ana.id, help_, "actions", post)
    async with aiohttp.ClientSession() as http:
        await http.post(url, json={"text": "two", "replace_original": True})
        assert [each.words for each in ana.ephemerals] == ["two"]
        await http.post(url, json={"delete_original": True})
    assert ana.ephemerals == []
    assert post.deleted


async def test_its_source_can_be_deleted_after_its_reader_dismissed_it(scene):
    slack, ana, help_, _ = scene
    post = slack._posting.whisper(help_, ana.id, {"text": "one"})
    url = ana._interactions.urls.give(ana.id, help_, "actions", post)
    ana.ephemerals.clear()
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, json={"delete_original": True}) as told,
    ):
        assert told.status == 200
    assert post.deleted
