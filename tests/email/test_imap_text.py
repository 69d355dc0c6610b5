"""What servers write is read, however they order it."""

from adapters.email.imap_text import bodies


def test_a_body_is_its_message_s_whether_the_uid_stands_before_or_behind_it() -> None:
    lines = [
        b"1 FETCH (UID 5 BODY[] {3}",
        bytearray(b"one"),
        b")",
        b"2 FETCH (FLAGS (\\Seen) BODY[] {3}",
        bytearray(b"two"),
        b" UID 6)",
        b"FETCH completed",
    ]
    assert dict(bodies(lines)) == {5: b"one", 6: b"two"}


def test_an_empty_body_may_be_a_string_and_other_news_is_no_body() -> None:
    lines = [b'1 FETCH (BODY[] "" UID 5)', b"2 FETCH (FLAGS (\\Seen) UID 6)", b"done"]
    assert dict(bodies(lines)) == {5: b""}
