"""Menus, pickers and boxes of every kind tell the app what Slack's clients tell."""

import datetime as dt
import re

import pytest


def plain(text):
    return {"type": "plain_text", "text": text}


def options(*labels):
    return [{"text": plain(label), "value": label.lower()} for label in labels]


def menu(kind, action, **more):
    placeholder = {} if kind in ("checkboxes", "radio_buttons") else {"placeholder": plain(action)}
    return {"type": kind, "action_id": action, **placeholder, **more}


ELEMENTS = [
    menu("static_select", "Priority", options=options("High", "Low")),
    menu("users_select", "Who"),
    menu("conversations_select", "Where"),
    menu("datepicker", "Day"),
    menu("timepicker", "Hour"),
    menu("external_select", "Asset", min_query_length=1),
    menu("radio_buttons", "Mood", options=options("Good", "Bad")),
    menu("checkboxes", "Boxes", options=options("One", "Two")),
]
MOMENT = {"type": "datetimepicker", "action_id": "Moment"}


@pytest.fixture
async def told(slack, app, connect):
    """What the app was told of each action: the action, and the state beside it."""
    heard = []

    @app.action({"type": "block_actions", "action_id": re.compile(".*")})
    async def note(ack, body, action):
        heard.append((action, body))
        await ack()

    @app.options("Asset")
    async def offer(ack, payload):
        typed = payload["value"].partition("-")[0]
        await ack(options=options(f"{typed}-1", f"{typed}-2"))

    @app.event("message")
    async def ignore():
        pass

    await connect()
    return heard


async def test_each_menu_of_a_message_tells_what_was_chosen(slack, web, told):
    ana = slack.person("Ana Ruiz", "ana@example.org")
    help_ = slack.channel("help", members=[ana, slack.bot])
    blocks = [{"type": "actions", "elements": [*ELEMENTS, MOMENT]}]
    await web.chat_postMessage(channel=help_.id, text="x", blocks=blocks)
    (post,) = slack.posts(help_)
    moment = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
    for choice, where in (
        ("Low", "Priority"),
        (ana, "Who"),
        ("#help", "Where"),
        (dt.date(2026, 11, 30), "Day"),
        (dt.time(9, 30), "Hour"),
        ("vpn-2", "Asset"),
        ("Bad", "Mood"),
        (["One", "Two"], "Boxes"),
        (moment, "Moment"),
    ):
        named = where in ("Where", "Asset", "Boxes")
        await ana.picks(choice, on=post, menu=where if named else "")
    assert ana.errors == []
    chosen = [action for action, _ in told]
    assert chosen[0]["selected_option"]["value"] == "low"
    assert chosen[1]["selected_user"] == ana.id
    assert chosen[2]["selected_conversation"] == help_.id
    assert chosen[3]["selected_date"] == "2026-11-30"
    assert chosen[4]["selected_time"] == "09:30"
    assert chosen[5]["selected_option"]["value"] == "vpn-2"
    assert chosen[6]["selected_option"]["value"] == "bad"
    assert [each["value"] for each in chosen[7]["selected_options"]] == ["one", "two"]
    assert chosen[8]["selected_date_time"] == int(moment.timestamp())
    _, body = told[0]
    assert body["container"]["type"] == "message"
    assert body["channel"] == {"id": help_.id, "name": "help"}
    assert body["response_url"].startswith(slack.url)
    block = post.blocks[0]["block_id"]
    assert body["state"]["values"][block]["Priority"]["selected_option"]["value"] == "low"


async def test_what_isnt_on_offer_cant_be_chosen(slack, web, told):
    ana = slack.person("Ana Ruiz", "ana@example.org")
    blocks = [{"type": "actions", "elements": ELEMENTS}]
    await web.chat_postMessage(channel=ana.id, text="x", blocks=blocks)
    (post,) = slack.conversation(ana)
    with pytest.raises(AssertionError, match="High"):
        await ana.picks("Middling", on=post, menu="Priority")
    with pytest.raises(AssertionError, match="nobody"):
        await ana.picks("Zoe", on=post, menu="Who")
    with pytest.raises(AssertionError, match="Priority"):
        await ana.picks("x", on=post, menu="Colour")
    assert told == []


async def test_an_ephemeral_post_sends_no_message_along(slack, web, told):
    ana = slack.person("Ana Ruiz", "ana@example.org")
    tom = slack.person("Tom Baker")
    help_ = slack.channel("help", members=[ana, tom, slack.bot])
    button = {"type": "button", "action_id": "a", "text": plain("Claim")}
    blocks = [{"type": "actions", "elements": [button]}]
    await web.chat_postEphemeral(channel=help_.id, user=ana.id, text="x", blocks=blocks)
    (post,) = ana.ephemerals
    await ana.presses("Claim", on=post)
    ((_, body),) = told
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body
    with pytest.raises(AssertionError, match="doesn't see"):
        await tom.presses("Claim", on=post)
