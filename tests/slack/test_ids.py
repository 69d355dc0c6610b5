"""How Slack's messages are named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.ids import in_room, is_ts, name, parted

TS = "1763802000.000100"


def test_a_message_is_named_by_its_room_and_moment():
    assert name("C1", TS) == f"C1:{TS}"
    assert parted(name("C1", TS)) == ("C1", TS)


def test_what_happened_to_a_message_names_it_too():
    assert parted(f"C1:{TS}:edit:{TS}") == ("C1", TS)
    assert parted(f"C1:{TS}:eyes:U1:{TS}") == ("C1", TS)


@pytest.mark.parametrize(
    "other", ["", "C1", "C1:", "trigger:12.34.ab", "home:U1", "<a@b>", "C1:x.1"]
)
def test_other_ids_name_no_message(other):
    assert parted(other) == ("", "")


def test_the_first_message_of_a_room_is_found():
    ids = ["<a@example.org>", f"C2:{TS}", "C1:1.5", f"C1:{TS}"]
    assert in_room(ids, "C1") == "1.5"
    assert in_room(ids, "C3") is None
    assert in_room([f":{TS}"], "") is None


@pytest.mark.parametrize("text", ["", ".", "1763802000", "1.x", "1.2.3", "-1.5", "١.٢", "1e5.0"])
def test_only_seconds_with_a_fraction_are_a_moment(text):
    assert not is_ts(text)


@given(st.text())
def test_any_id_can_be_asked(external_id):
    room, ts = parted(external_id)
    assert (room, ts) == ("", "") or external_id.startswith(f"{room}:{ts}")
