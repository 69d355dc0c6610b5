"""The small parts of the world: ids, accounts, mentions in a text, how refusals look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.discord.application import Application
from sandbox.discord.mentions import mentioned, text_of
from sandbox.discord.refusal import Faults, Refused, unknown
from sandbox.discord.snowflake import EPOCH, Mint, at_moment, moment, parsed, stamped
from sandbox.discord.world import World


@given(st.lists(st.floats(EPOCH / 1000, 4e9), min_size=1, max_size=20))
def test_ids_grow_whatever_the_clock_does(times):
    clock = iter(times)
    mint = Mint(lambda: next(clock))
    ids = [mint.fresh() for _ in times]
    assert ids == sorted(set(ids))


def test_an_id_tells_when_it_was_made():
    id_ = Mint(lambda: 1_800_000_000.5).fresh()
    assert moment(id_) == 1_800_000_000.5
    assert at_moment(1_800_000_000.5) == id_
    assert stamped(moment(id_)) == "2027-01-15T08:00:00.500000+00:00"


@pytest.mark.parametrize("value", ["", "x", "-1", "1.5", True, None, "9" * 19, "1" * 20, "١"])
def test_what_is_no_id(value):
    assert parsed(value) is None


def test_user_names_are_unique():
    world = World(Application(), lambda: 1_800_000_000.0)
    names = [world.add_user(name).username for name in ("Ana Ruiz", "ana ruiz", "Ñ!", "Ana Ruiz")]
    assert names == ["anaruiz", "anaruiz2", "somebody", "anaruiz3"]


@pytest.mark.parametrize(
    ("allowed", "users", "roles", "everyone"),
    [
        (None, [1, 2], [3], True),
        ({"parse": []}, [], [], False),
        ({"parse": ["users"]}, [1, 2], [], False),
        ({"parse": [], "users": ["2", "9"]}, [2], [], False),
        ({"parse": ["everyone"], "roles": ["3"]}, [], [3], True),
    ],
)
def test_whom_a_text_mentions(allowed, users, roles, everyone):
    found = mentioned("<@1> <@!2> <@&3> <@1> @everyone", allowed)
    assert (found.users, found.roles, found.everyone) == (users, roles, everyone)


@pytest.mark.parametrize(
    ("allowed", "users"),
    [(None, [7]), ({"parse": []}, []), ({"parse": [], "replied_user": True}, [7])],
)
def test_who_is_answered_is_mentioned_if_allowed(allowed, users):
    assert mentioned("yes", allowed, replied_to=7).users == users


def test_text_displays_mention_too():
    container = {"type": 17, "components": [{"type": 10, "content": "<@1>"}]}
    assert mentioned(text_of("", [container]), None).users == [1]


def test_faults_stand_at_their_path():
    faults = Faults()
    faults.refuse()
    faults.add("a.0.b", "CODE", "Words")
    faults.add("a.0.b", "OTHER", "More")
    with pytest.raises(Refused) as no:
        faults.refuse()
    errors = [{"code": "CODE", "message": "Words"}, {"code": "OTHER", "message": "More"}]
    assert no.value.body == {
        "message": "Invalid Form Body",
        "code": 50035,
        "errors": {"a": {"0": {"b": {"_errors": errors}}}},
    }
    assert unknown("interaction").body == {"message": "Unknown interaction", "code": 10062}
