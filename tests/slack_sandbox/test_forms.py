"""Forms at their limits: how deep they lie, and answers that Slack's clients don't take."""

import pytest
from slack_sdk.errors import SlackApiError


def plain(text):
    return {"type": "plain_text", "text": text}


def form(callback_id):
    field = {
        "type": "input",
        "block_id": "what",
        "label": plain("What"),
        "element": {"type": "plain_text_input", "action_id": "text", "min_length": 2},
    }
    button = {"type": "button", "action_id": "deeper", "text": plain("Deeper")}
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": [field, {"type": "actions", "elements": [button]}],
    }


@pytest.fixture
async def answers(app, connect):
    """What the app answers to a submission: the keywords of its ack."""
    found = {}

    @app.shortcut("new")
    async def new(ack, shortcut, client):
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=form("one"))

    @app.action("deeper")
    async def deeper(ack, body, client):
        await ack()
        try:
            await client.views_push(trigger_id=body["trigger_id"], view=form("one"))
        except SlackApiError as no:
            found["refused"] = no.response["error"]

    @app.view("one")
    async def submitted(ack):
        await ack(**found)

    await connect()
    return found


async def test_three_forms_lie_upon_each_other_and_no_fourth(slack, ana, answers):
    await ana.uses_shortcut("New ticket")
    for _ in range(3):
        await ana.presses("Deeper", on=ana.form)
    assert answers.pop("refused") == "push_limit_reached"
    answers |= {"response_action": "push", "view": form("two")}
    await ana.fills({"What": "VPN"})
    await ana.submits()
    assert "more than three views" in ana.errors[0]
    for _ in range(3):
        await ana.closes_form()
    assert ana.form is None


async def test_a_form_is_pushed_only_upon_another(slack, app, connect, ana):
    errors = []

    @app.shortcut("new")
    async def new(ack, shortcut, client):
        await ack()
        try:
            await client.views_push(trigger_id=shortcut["trigger_id"], view=form("one"))
        except SlackApiError as no:
            errors.append(no.response["error"])

    await connect()
    await ana.uses_shortcut("New ticket")
    assert errors == ["not_found"]


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"elsewhere": "no"}},
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
        {"response_action": "explode"},
    ],
)
async def test_an_answer_that_cant_be_shown_is_an_error_to_the_person(ana, answers, answer):
    await ana.uses_shortcut("New ticket")
    await ana.fills({"What": "VPN"})
    answers |= answer
    await ana.submits()
    assert "trouble connecting" in ana.errors[0]
    assert ana.form is not None


async def test_an_update_shows_another_form_in_its_place(ana, answers):
    await ana.uses_shortcut("New ticket")
    before = ana.form.id
    await ana.fills({"What": "VPN"})
    answers |= {"response_action": "update", "view": form("two") | {"title": plain("Two")}}
    await ana.submits()
    assert (ana.form.id, ana.form.title, ana.errors) == (before, "Two", [])


async def test_a_client_checks_lengths_before_it_submits(ana, answers):
    await ana.uses_shortcut("New ticket")
    await ana.fills({"What": "x"})
    await ana.submits()
    assert list(ana.form.errors) == ["What"]
    with pytest.raises(AssertionError, match="What"):
        await ana.fills({"Why": "x"})
