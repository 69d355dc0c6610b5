"""What is said in Slack reaches the desk, once and in order, and is acknowledged only then."""

import asyncio


async def test_a_message_in_a_support_room_comes_in_with_its_writer(office):
    async with office.open():
        post = await office.ana.says("My VPN is down", channel=office.help)
        (heard,) = await office.heard()
    assert heard.external_id == f"{office.help.id}:{post.ts}"
    assert heard.text == "My VPN is down"
    assert heard.address.thread == post.ts
    assert heard.public
    speaker = heard.speaker
    assert (speaker.name, speaker.verified, speaker.zone) == ("Ana Ruiz", True, "Europe/Madrid")
    assert speaker.language == "es-ES"
    assert speaker.also == (("email", "ana@example.org"),)


async def test_what_the_desk_sends_stands_in_the_thread(office, outbound):
    async with office.open() as channel:
        post = await office.ana.says("My VPN is down", channel=office.help)
        (heard,) = await office.heard()
        sent = await channel.send(
            outbound(to=heard.address, recipient=heard.speaker.external_id, reference="IT-1")
        )
        answer = office.slack.thread(post)[-1]
    assert sent == f"{office.help.id}:{answer.ts}"
    assert "It works again" in answer.words
    assert "IT-1" in answer.words
    assert len(office.desk.heard) == 1  # not our own


async def test_a_message_that_names_the_desk_is_taken_in_once(office):
    async with office.open():
        await office.ana.says(f"{office.slack.bot.mention} help me", channel=office.lounge)
        await office.slack.settled()
    (heard,) = office.desk.heard
    assert heard.asked
    assert heard.text == "help me"


async def test_a_message_is_acknowledged_only_once_it_is_kept(office):
    kept = asyncio.Event()

    async def before(_):
        await kept.wait()

    office.desk.before = before
    async with office.open():
        saying = asyncio.create_task(office.ana.says("Hello", channel=office.help))
        await asyncio.sleep(0.1)
        assert not saying.done()  # it ends when the app acknowledged
        kept.set()
        await saying
    assert office.desk.texts == ["Hello"]


async def test_what_could_not_be_kept_comes_again(office):
    office.slack.redelivery, office.slack.deliveries.limit = (0.0, 0.01, 0.05), 0.2
    tries = 0

    async def before(_):
        nonlocal tries
        tries += 1
        if tries < 3:
            raise OSError("the disk is full")

    office.desk.before = before
    async with office.open():
        await office.ana.says("Hello", channel=office.help)
        await office.heard()
    assert tries == 3
    assert office.desk.texts == ["Hello"]
