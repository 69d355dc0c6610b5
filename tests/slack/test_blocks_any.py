"""Whatever the desk says, Slack takes it and nothing of it is lost."""

from hypothesis import HealthCheck, given, settings
from slack_words import ANSWERS, OUTBOUNDS, TEXTS

from adapters.slack import blocks, modal
from adapters.slack.blocks_panel import weight
from adapters.slack.blocks_parts import quotes
from adapters.slack.mrkdwn import plain
from sandbox.slack.block_kit import check_message, check_view

steady = settings(derandomize=True, deadline=None)
LARGE = settings(steady, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@LARGE
@given(OUTBOUNDS)
def test_any_words_are_taken_and_said_whole(message):
    for named in (False, True):
        posts = blocks.words(message, named=named)
        assert not [fault for post in posts for fault in check_message(post)]
        assert all(weight(post["blocks"]) <= 12_000 for post in posts)
        said = "".join(post_text(each) for post in posts for each in post["blocks"])
        assert "".join(message.greeting.split()) in said
        assert "".join(message.text.split()) in said
        assert "".join(message.reference.split()) in said
        pressed = [value for post in posts for value in values(post["blocks"])]
        short = [each.command for each in message.buttons if 0 < len(each.command) <= 2_000]
        assert pressed == short


def post_text(block):
    """The words of a section or context, without white space."""
    texts = {"section": [block.get("text")], "context": block.get("elements")}
    words = (each["text"] for each in texts.get(block["type"], ()))
    return "".join(plain("".join(words), str).split())


def values(shown):
    rows = [each["elements"] for each in shown if each["type"] == "actions"]
    return [element["value"] for row in rows for element in row]


@LARGE
@given(OUTBOUNDS)
def test_any_card_is_taken(message):
    post = blocks.card(message)
    assert not check_message(post)
    assert weight(post.get("blocks", [])) <= 12_000


@LARGE
@given(OUTBOUNDS)
def test_any_home_is_taken(message):
    assert not check_view(modal.home(message))


@steady
@given(ANSWERS)
def test_any_answer_is_taken(answer):
    assert not check_message(blocks.answer(answer))
    assert not check_message(blocks.offer(answer, "C0123456789:1763802000.000100"))


@steady
@given(TEXTS)
def test_a_quote_is_lossless_and_each_line_bears_its_bar(text):
    shown = [each["text"]["text"] for each in quotes(text)]
    lines = [line for each in shown for line in each.split("\n")]
    assert all(line.startswith("> ") for line in lines)
    assert all(len(each) <= 3_000 for each in shown)
    assert "".join("".join(plain(line[2:], str).split()) for line in lines) == "".join(text.split())
