"""People talk, and the app hears them over a socket and answers."""

from typing import Any


async def test_what_somebody_says_reaches_the_app_and_its_answer_stands_in_the_thread(
    slack, app, connect
):
    heard: list[dict[str, Any]] = []

    @app.event("message")
    async def echo(event, client):
        heard.append(event)
        if "bot_id" not in event:
            await client.chat_postMessage(
                channel=event["channel"], text=f"Heard: {event['text']}", thread_ts=event["ts"]
            )

    await connect()
    ana = slack.person("Ana Ruiz", "ana@example.org")
    help_ = slack.channel("help", members=[ana, slack.bot])
    post = await ana.says("The VPN is down", channel=help_)
    await slack.settled()
    assert [each.words for each in slack.thread(post)] == [
        "The VPN is down",
        "Heard: The VPN is down",
    ]
    assert heard[0]["user"] == ana.id
    assert heard[0]["channel_type"] == "channel"
    assert slack.thread(post)[1].user == slack.bot.id
