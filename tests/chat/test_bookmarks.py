"""A bookmark never moves beyond what isn't taken in, whatever a network's marks look like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.bookmarks import Bookmarks, Scale, is_later, later


class Notes:
    def __init__(self):
        self.kept = {}

    async def load(self, key):
        return self.kept.get(key, "")

    async def save(self, key, value):
        self.kept[key] = value


@pytest.fixture
def notes():
    return Notes()


def bookmarks(notes):
    return Bookmarks(notes, "chat", Scale(lambda: "500", str.isdigit))


@given(st.integers(0, 2**64), st.integers(0, 2**64))
def test_marks_are_ordered_as_the_numbers_they_are(one, other):
    assert is_later(str(one), str(other)) == (one > other)
    assert later(str(one), str(other)) == str(max(one, other))
    assert is_later(str(one), "")


async def test_it_stands_before_what_is_not_taken_in(notes):
    marks = bookmarks(notes)
    marks.caught_up("r", "900")
    with pytest.raises(OSError, match="full"), marks.taking("r", "998"):
        raise OSError("the disk is full")
    with marks.taking("r", "1000"):
        pass
    await marks.save()
    assert notes.kept == {"chat/r": "900"}
    with marks.taking("r", "998"):
        pass
    await marks.save()
    assert notes.kept == {"chat/r": "1000"}


async def test_what_comes_live_moves_nothing_until_the_rest_is_caught_up_with(notes):
    marks = bookmarks(notes)
    assert await marks.began() == "500"
    assert await marks.is_missing("r", "501")
    assert not await marks.is_missing("r", "499")
    with marks.taking("r", "1000"):
        pass
    await marks.save()
    assert notes.kept == {"chat/began": "500"}
    marks.caught_up("r", "700")
    await marks.save()
    assert notes.kept["chat/r"] == "1000"
    marks.missed()
    assert await bookmarks(notes).read("r") == "1000"


async def test_what_is_no_mark_is_not_believed(notes):
    notes.kept["chat/r"] = "yesterday"
    assert await bookmarks(notes).read("r") == ""
