"""People press, pick, command and fill forms in, and the app answers through bolt."""

import pytest
from slack_sdk.errors import SlackApiError

BUTTONS = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*IT-1* The VPN is down"}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "claim",
                "value": "IT-1",
                "text": {"type": "plain_text", "text": "Claim"},
            },
            {
                "type": "overflow",
                "action_id": "more",
                "options": [
                    {"text": {"type": "plain_text", "text": "Merge…"}, "value": "merge"},
                    {"text": {"type": "plain_text", "text": "Close"}, "value": "close"},
                ],
            },
        ],
    },
]


def plain(text):
    return {"type": "plain_text", "text": text}


def form(**more):
    text = {"type": "plain_text_input", "action_id": "text", "max_length": 20}
    kind = {
        "type": "static_select",
        "action_id": "kind",
        "options": [
            {"text": plain("Hardware"), "value": "hw"},
            {"text": plain("Software"), "value": "sw"},
        ],
    }
    asset = {"type": "external_select", "action_id": "asset", "min_query_length": 2}
    return {
        "type": "modal",
        "callback_id": "ticket",
        "title": plain("New ticket"),
        "submit": plain("Send"),
        "blocks": [
            {"type": "input", "block_id": "what", "label": plain("What"), "element": text},
            {"type": "input", "block_id": "kind", "label": plain("Kind"), "element": kind},
            {
                "type": "input",
                "block_id": "asset",
                "label": plain("Asset"),
                "optional": True,
                "element": asset,
            },
        ],
        **more,
    }


async def test_a_pressed_button_can_change_its_message(slack, web, app, connect, ana, help_):
    @app.action("claim")
    async def claim(ack, body, client):
        await ack()
        assert body["container"]["message_ts"] == body["message"]["ts"]
        await client.chat_update(
            channel=body["channel"]["id"],
            ts=body["message"]["ts"],
            text=f"claimed {body['actions'][0]['value']}",
            blocks=[],
        )

    await connect()
    await web.chat_postMessage(channel=help_.id, text="IT-1", blocks=BUTTONS)
    post = slack.posts(help_)[-1]
    assert post.buttons == ["Claim"]
    await ana.presses("claim", on=post)
    assert post.words == "claimed IT-1"
    assert post.edited
    with pytest.raises(AssertionError, match="only \\[\\]"):
        await ana.presses("Claim", on=post)


async def test_an_overflow_menu_tells_the_option_and_its_response_url_answers(
    slack, web, app, connect, ana, help_
):
    @app.action("more")
    async def more(ack, payload, respond):
        await ack()
        await respond(text=f"chose {payload['selected_option']['value']}", replace_original=False)

    await connect()
    await web.chat_postMessage(channel=help_.id, text="IT-1", blocks=BUTTONS)
    await ana.picks("Merge…", on=slack.posts(help_)[-1])
    assert [each.words for each in ana.ephemerals] == ["chose merge"]
    with pytest.raises(AssertionError, match="Close"):
        await ana.picks("Explode", on=slack.posts(help_)[-1])


async def test_a_command_is_answered_to_its_sender_only(slack, app, connect, ana, help_):
    said = {}

    @app.command("/desk")
    async def desk(ack, command):
        said.update(command)
        await ack(f"You said: {command['text']}")

    await connect()
    await ana.uses_command("/desk", "claim IT-1 for @Ana Ruiz in #help", channel=help_)
    assert ana.errors == []
    assert ana.notices == ["You said: claim IT-1 for @Ana Ruiz in #help"]
    assert said["text"] == f"claim IT-1 for <@{ana.id}|Ana Ruiz> in <#{help_.id}|help>"
    assert said["channel_name"] == "help"
    assert slack.posts(help_) == []


async def test_a_command_that_nobody_answers_fails_before_the_senders_eyes(
    slack, connect, ana, help_
):
    await connect()
    slack.deliveries.limit = 0.05
    await ana.uses_command("/silent", "", channel=help_)
    await ana.uses_command("/unknown", "", channel=help_)
    assert ana.errors == [
        "/silent failed: the app did not respond (timeout)",
        "/unknown is not a valid command.",
    ]


async def test_a_form_is_opened_checked_sent_back_and_submitted(slack, app, connect, ana, help_):
    states = []

    @app.event("message")
    async def ignore():
        pass

    @app.shortcut("make")
    async def make(ack, shortcut, client):
        await ack()
        await client.views_open(
            trigger_id=shortcut["trigger_id"],
            view=form(private_metadata=shortcut["message"]["ts"], notify_on_close=True),
        )

    @app.options("asset")
    async def assets(ack, payload):
        found = [name for name in ("vpn-1", "vpn-2") if payload["value"] in name]
        await ack(options=[{"text": plain(name), "value": name} for name in found])

    @app.view("ticket")
    async def submitted(ack, view):
        states.append(view["state"]["values"])
        if len(states) == 1:
            await ack(response_action="errors", errors={"what": "Say a little more"})
        else:
            await ack()

    await connect()
    post = await ana.says("The VPN is down", channel=help_)
    await ana.uses_shortcut("make a ticket of this", on=post)
    assert ana.form
    assert ana.form.title == "New ticket"
    assert ana.form.labels == ["What", "Kind", "Asset"]
    await ana.submits()
    assert set(ana.form.errors) == {"What", "Kind"}
    assert not states
    assert await ana.looks_up("Asset", "vp") == ["vpn-1", "vpn-2"]
    with pytest.raises(AssertionError, match="2 letters"):
        await ana.looks_up("Asset", "v")
    await ana.fills({"What": "VPN", "Kind": "Hardware", "Asset": "vpn-2"})
    await ana.submits()
    assert ana.form.errors == {"What": "Say a little more"}
    await ana.fills({"What": "The VPN is down"})
    await ana.submits()
    assert ana.form is None
    assert ana.errors == []
    assert states[1]["what"]["text"]["value"] == "The VPN is down"
    assert states[1]["kind"]["kind"]["selected_option"]["value"] == "hw"
    assert states[1]["asset"]["asset"]["selected_option"]["value"] == "vpn-2"


async def test_a_trigger_opens_one_form_within_three_seconds(slack, app, connect, ana):
    errors = []

    @app.shortcut("new")
    async def new(ack, shortcut, client):
        await ack()
        for view in (form(external_id="one"), form(external_id="two")):
            try:
                await client.views_open(trigger_id=shortcut["trigger_id"], view=view)
            except SlackApiError as no:
                errors.append(no.response["error"])

    await connect()
    await ana.uses_shortcut("New ticket")
    assert errors == ["exchanged_trigger_id"]
    assert ana.form
    assert ana.form.view["external_id"] == "one"
    slack.workspace.triggers.life = -1.0
    await ana.uses_shortcut("New ticket")
    assert errors[1:] == ["expired_trigger_id", "expired_trigger_id"]


async def test_forms_lie_upon_each_other_and_go_one_by_one(slack, app, connect, ana):
    closed = []

    @app.shortcut("new")
    async def new(ack, shortcut, client):
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=form(notify_on_close=True))

    @app.view("ticket")
    async def deeper(ack, view):
        blocks = [{"type": "section", "text": plain("Sure?")}]
        await ack(
            response_action="push",
            view={
                "type": "modal",
                "callback_id": "sure",
                "title": plain("Sure?"),
                "submit": plain("Yes"),
                "blocks": blocks,
            },
        )

    @app.view("sure")
    async def sure(ack):
        await ack(response_action="clear")

    @app.view_closed("ticket")
    async def farewell(ack, body):
        closed.append(body["is_cleared"])
        await ack()

    await connect()
    await ana.uses_shortcut("New ticket")
    first = ana.form
    await ana.fills({"What": "VPN", "Kind": "Software"})
    await ana.submits()
    assert ana.form is not first
    assert ana.form.title == "Sure?"
    assert ana.form.view["previous_view_id"] == first.id
    await ana.submits()
    assert ana.form is None
    await ana.uses_shortcut("New ticket")
    await ana.closes_form()
    assert ana.form is None
    assert closed == [False]


async def test_a_home_is_published_when_it_is_opened_and_its_buttons_work(slack, app, connect, ana):
    @app.event("app_home_opened")
    async def opened(event, client):
        blocks = BUTTONS
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("claim")
    async def claim(ack, body, client):
        await ack()
        assert body["container"] == {"type": "view", "view_id": body["view"]["id"]}
        blocks = [{"type": "section", "text": plain("Claimed")}]
        await client.views_publish(
            user_id=body["user"]["id"],
            hash=body["view"]["hash"],
            view={"type": "home", "blocks": blocks},
        )

    await connect()
    assert ana.home is None
    await ana.opens_home()
    assert ana.home_text == "*IT-1* The VPN is down"
    await ana.presses("Claim", on=ana.home)
    assert ana.home_text == "Claimed"
    assert ana.errors == []


async def test_a_view_is_not_updated_over_somebody_elses_change(slack, web, app, connect, ana):
    @app.shortcut("new")
    async def new(ack, shortcut, client):
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=form())

    await connect()
    await ana.uses_shortcut("New ticket")
    stale = ana.form.view["hash"]
    await ana.fills({"What": "VPN"})
    await web.views_update(view_id=ana.form.id, hash=stale, view=form(private_metadata="2"))
    state = ana.form.view["state"]["values"]
    assert state["what"]["text"]["value"] == "VPN", "what was filled in stays"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await web.views_update(view_id=ana.form.id, hash=stale, view=form())
