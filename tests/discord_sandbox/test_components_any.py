"""Whatever JSON comes, it is taken or refused with places that can be found in it."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.discord.content import Before, check_edit, check_new
from sandbox.discord.declarations import check_command, check_commands
from sandbox.discord.modals import check_modal
from sandbox.discord.refusal import Faults, Refused

KEYS = st.sampled_from(
    ["type", "components", "content", "options", "custom_id", "label", "value", "flags", "name",
     "embeds", "id", "choices", "component", "accessory", "items", "media", "url", "description",
     "min_values", "max_values", "title", "emoji", "allowed_mentions", "parse", "users"]
)  # fmt: skip
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 24),
    st.floats(allow_nan=False),
    st.text(max_size=3),
    st.just(1 << 15),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)
OBJECT = st.dictionaries(KEYS, JSON, max_size=6)

WHOLE = {
    "flags": 1 << 15,
    "components": [
        {
            "type": 17,
            "components": [
                {
                    "type": 9,
                    "components": [{"type": 10, "content": "words"}],
                    "accessory": {"type": 2, "style": 1, "custom_id": "a", "label": "A"},
                },
                {
                    "type": 1,
                    "components": [
                        {
                            "type": 3,
                            "custom_id": "m",
                            "options": [{"label": "A", "value": "1", "emoji": {"name": "🎫"}}],
                        }
                    ],
                },
                {"type": 12, "items": [{"media": {"url": "https://x.example/a.png"}}]},
            ],
        }
    ],
    "allowed_mentions": {"parse": ["users"], "roles": ["1"]},
}
FORM = {
    "custom_id": "f",
    "title": "New",
    "components": [
        {
            "type": 18,
            "label": "Mood",
            "component": {
                "type": 21,
                "custom_id": "m",
                "options": [{"label": "a", "value": "a"}, {"label": "b", "value": "b"}],
            },
        }
    ],
}
COMMAND = {
    "name": "desk",
    "description": "x",
    "name_localizations": {"fr": "bureau"},
    "options": [
        {
            "type": 1,
            "name": "new",
            "description": "x",
            "options": [
                {
                    "type": 4,
                    "name": "n",
                    "description": "x",
                    "choices": [{"name": "a", "value": 1}],
                }
            ],
        }
    ],
    "contexts": [0],
}


def modal(body):
    faults = Faults()
    check_modal(body, faults)
    faults.refuse()


def edited(body):
    check_edit(body, Before(flags=1 << 15, components=WHOLE["components"]))


CHECKS = {
    "message": (check_new, WHOLE),
    "edit": (edited, WHOLE),
    "modal": (modal, FORM),
    "command": (check_command, COMMAND),
    "commands": (lambda body: check_commands([body]), COMMAND),
}


def spots(value, path=()):
    """Every place in a JSON value."""
    yield path
    held = dict(enumerate(value)) if isinstance(value, list) else value
    for key, inner in held.items() if isinstance(held, dict) else ():
        yield from spots(inner, (*path, key))


def replaced(value, path, by):
    if not path:
        return by
    changed = copy.deepcopy(value)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = by
    return changed


def verdict(check, body):
    """How a body is refused, None if it is taken."""
    try:
        check(body)
    except Refused as no:
        return no
    return None


def is_discords(no):
    """Whether it is refused as Discord does: with places, or as empty."""
    return no.status == 400 and no.code == (50035 if no.errors else 50006)


@pytest.mark.parametrize("kind", CHECKS)
@settings(max_examples=60, deadline=None)
@given(body=OBJECT)
def test_anything_is_taken_or_refused(kind, body):
    no = verdict(CHECKS[kind][0], body)
    assert no is None or is_discords(no)


@pytest.mark.parametrize("kind", CHECKS)
@pytest.mark.parametrize("wrong", [[], {}, 77, True, "", ["x"], {"type": 99}])
def test_a_whole_body_with_one_value_exchanged_is_taken_or_refused(kind, wrong):
    check, whole = CHECKS[kind]
    assert verdict(check, whole) is None
    found = [verdict(check, replaced(whole, path, wrong)) for path in spots(whole) if path]
    assert any(found)
    assert all(is_discords(each) for each in found if each)
