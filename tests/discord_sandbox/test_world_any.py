"""Whatever JSON a route is sent, it is taken or refused, and nothing else."""

import asyncio
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.discord.application import Application
from sandbox.discord.call import Call
from sandbox.discord.message import Draft
from sandbox.discord.news import News
from sandbox.discord.permission import EVERYTHING
from sandbox.discord.posting import Posting
from sandbox.discord.refusal import Refused
from sandbox.discord.routes import WORLD
from sandbox.discord.world import Webhook, World

KEYS = (
    "allowed_mentions",
    "applied_tags",
    "archived",
    "attachments",
    "auto_archive_duration",
    "avatar",
    "avatar_url",
    "content",
    "embeds",
    "enforce_nonce",
    "flags",
    "locked",
    "message",
    "message_reference",
    "messages",
    "name",
    "nonce",
    "rate_limit_per_user",
    "recipient_id",
    "thread_name",
    "topic",
    "type",
    "username",
)
ODD = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 5),
        st.floats(allow_nan=False),
        st.sampled_from(["", "x", "abc", "5", "<@5>"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*KEYS, "id", "message_id"]), inner, max_size=3),
    ),
    max_leaves=6,
)
BODIES = st.one_of(ODD, st.dictionaries(st.sampled_from(KEYS), ODD, max_size=8))
ROUTES = [
    each for each in WORLD if each[0] in ("POST", "PATCH", "PUT") and "commands" not in each[1]
]


class Silence:
    """A line that carries events nowhere."""

    def carry(self, event):
        """Drop it."""


@pytest.fixture(scope="module")
def scene():
    """A world with one of everything, and the path values that lead to it."""
    world = World(Application(), lambda: 1_800_000_000.0)
    posting = Posting(world, News(world, Silence()))
    guild = world.add_guild("Example")
    guild.change_role(guild.everyone, EVERYTHING)
    ana = world.add_user("Ana")
    guild.join(ana)
    places = {"text": guild.text("help"), "forum": guild.forum("ideas", tags=["vpn"])}
    places["thread"] = posting.threads.begin(places["text"], ana, "x", private=False)
    own = posting.publish(places["text"], world.bot, Draft("own"))
    hook = Webhook(7, places["text"].id, guild.id, "Desk", "token", world.bot, None)
    path = {"guild": guild.id, "message": own.id, "user": ana.id, "emoji": "✅"}
    path |= {"webhook": hook.id, "token": "token"}
    return world, posting, places, hook, {key: str(value) for key, value in path.items()}


@pytest.mark.parametrize("route", ROUTES, ids=lambda each: f"{each[0]} {each[1]}")
@settings(max_examples=40, deadline=None)
@given(body=BODIES, place=st.sampled_from(["text", "forum", "thread"]))
def test_anything_is_taken_or_refused(scene, route, body, place):
    world, posting, places, hook, path = scene
    world.webhooks = {hook.id: hook}
    values = path | {"channel": str(places[place].id)}
    call = Call(route[0], route[1], values, {}, body, {}, True, world, posting)
    assert 200 <= asyncio.run(status(route, call)) < 500


async def status(route, call):
    """The status that a call is answered with."""
    try:
        reply = await route[2](call)
    except Refused as no:
        return no.status
    json.dumps(reply.body)
    return reply.code
