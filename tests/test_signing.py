"""A message and its closing are parted without losing a word, and in doubt not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ear import load_ear
from bot.model.signing import compile_closings, part

CLOSINGS = load_ear().closings
steady = settings(derandomize=True, deadline=None)
lines = st.lists(
    st.sampled_from(
        ["Ada", "Ada Lin", "Thanks,", "Un saludo,", "BR / Ada", "Sales", "Tel. 600 123 456", "---",
         "", "The VPN is down.", "Is it on?", "This mail is confidential.", "Bo", "restart it"]
    )
).map("\n".join)  # fmt: skip


@steady
@given(st.one_of(st.text(max_size=2_000), lines), st.text(max_size=20))
def test_the_parts_are_the_message(text: str, name: str) -> None:
    signed = part(CLOSINGS, text, name, ("Support",))
    assert "".join("".join(signed).split()) == "".join(text.split())
    assert signed.words or not text.strip()


@steady
@given(lines)
def test_a_sentence_is_always_said(text: str) -> None:
    said = part(CLOSINGS, text, "Ada Lin", ()).said
    for sentence in ("The VPN is down.", "Is it on?", "restart it"):
        assert (
            said.count(sentence) == text.partition("This mail is")[0].count(sentence)
            or sentence in text.partition("This mail is")[2]
        )


@pytest.mark.parametrize("name", ["", "@", "ada@example.org", "Ada"])
def test_who_is_hardly_known_may_sign_below_a_goodbye(name: str) -> None:
    signed = part(CLOSINGS, "VPN down\n\nKind regards,\nAda Lin", name, ())
    assert signed == ("VPN down", "Kind regards,", "Ada Lin")


def test_a_closing_far_below_is_found_and_one_amid_the_text_is_not() -> None:
    text = "The VPN is down. " * 200
    assert part(CLOSINGS, f"{text}\n\nAda", "Ada", ()).name == "Ada"
    assert part(CLOSINGS, f"{text}\n\nAda\n\n{text}", "Ada", ()).name == ""


def test_a_phrase_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="no word in lower case"):
        compile_closings([{"goodbye": ["Kind regards"]}])
