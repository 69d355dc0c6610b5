"""What repeats a note is found, whatever stands around it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.quoting import quoted

NOTE = "He kicked the printer again, and I told his boss about it"
WORDS = st.lists(
    st.sampled_from(["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho"]), max_size=14
)
steady = settings(derandomize=True, deadline=None, max_examples=300)


@pytest.mark.parametrize(
    ("reply", "piece"),
    [
        ("Hi Bob, he kicked the printer AGAIN and so on", "he kicked the printer AGAIN"),
        (f"See below.\n> {NOTE}", "He kicked the printer again"),
        ("Who told his boss about that?", ""),
        ("The printer works again", ""),
        ("", ""),
    ],
)
def test_a_run_of_words_gives_a_note_away(reply, piece):
    assert quoted(reply, [NOTE]) == piece


@pytest.mark.parametrize(
    ("note", "reply", "piece"),
    [
        ("Complete liar", "You are a complete liar, Bob", "complete liar"),
        ("Café raro", "cafe raro", "cafe raro"),
        ("ok", "ok", ""),
        ("Call", "Please call us", ""),
        ("so so", "so so", ""),
    ],
)
def test_a_short_note_is_given_away_whole(note, reply, piece):
    assert quoted(reply, [note]) == piece


def test_what_its_readers_know_may_be_said_again():
    known = "I kicked the printer. He kicked the printer again, she said"
    assert quoted("he kicked the printer again", [NOTE], [known]) == ""


@steady
@given(WORDS, WORDS, WORDS)
def test_what_is_found_stands_in_both(before, note, after):
    reply = " ".join((*before, *note, *after))
    piece = quoted(reply, [" ".join(note)])
    assert piece in reply
    assert piece in " ".join(note)
    if len(note) >= 5:
        assert piece
