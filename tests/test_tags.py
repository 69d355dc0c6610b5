"""Tags: what agents write becomes at most ten short words; written again they change nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.fold import fold
from bot.model.refused import Refused
from bot.model.tags import LONGEST, MOST, begun, tagged

WORDS = st.text(st.sampled_from("aAáÁbÑ -−#,;\n\t\u200b"), max_size=60)
KEPT = ("vpn", "Madrid")


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("printer", ("vpn", "Madrid", "printer")),
        ("#printer; floor  two", ("vpn", "Madrid", "printer", "floor two")),
        ("-vpn", ("Madrid",)),
        ("− madrid, –VPN", ()),
        ("printer, -MADRID, vpn", ("vpn", "printer")),
        ("new, -new, -vpn", ("Madrid",)),
    ],
)
def test_tags_are_put_on_and_taken_off(words, after):
    assert tagged(KEPT, words) == after


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("VPN, Mádrid", "refused.tagged_already"),
        ("-printer", "refused.tagged_already"),
        (", ;-", "refused.tagged_already"),
        ("x" * (LONGEST + 1), "refused.long_tag"),
        (",".join(map(str, range(MOST))), "refused.many_tags"),
    ],
)
def test_what_changes_nothing_or_is_too_much_is_refused(words, key):
    with pytest.raises(Refused) as caught:
        tagged(KEPT, words)
    assert caught.value.key == key


@given(st.lists(WORDS, max_size=8))
def test_whatever_is_written_tags_are_few_short_and_each_once(written):
    tags: tuple[str, ...] = ()
    for words in written:
        try:
            tags = tagged(tags, words)
        except Refused:
            continue
        assert len({fold(each) for each in tags}) == len(tags) <= MOST
        for each in tags:
            assert 0 < len(each) <= LONGEST
            assert each == " ".join(each.split())
            assert each[0] not in "-−#"
        with pytest.raises(Refused):
            tagged(tags, ", ".join(tags))
        if tags:
            assert tagged(tags, ", ".join(f"-{each}" for each in tags)) == ()


def test_what_is_typed_already_stands_before_the_last_comma():
    assert begun("vpn, mad") == ("vpn,", "mad")
    assert begun("mad") == ("", "mad")
