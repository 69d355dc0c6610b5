"""What comes twice, out of order or with heavy files is taken in once and in order."""

import asyncio

import pytest

from adapters.slack import downloads
from adapters.slack.taking import Taking

PDF = ("report.pdf", b"%PDF" + bytes(1000), "application/pdf")


async def test_files_come_with_their_message(office):
    async with office.open():
        await office.ana.says(
            "Look", channel=office.help, files=[PDF, ("a.html", b"<p>", "text/html")]
        )
        (heard,) = await office.heard()
    assert [(each.name, each.content_type) for each in heard.uploads] == [
        ("report.pdf", "application/pdf"),
        ("a.html", "text/html"),
    ]
    assert heard.uploads[0].content == PDF[1]
    assert heard.remarks == ()


async def test_a_file_too_big_or_withheld_is_remarked_and_the_message_kept(
    office, monkeypatch, caplog
):
    monkeypatch.setattr(downloads, "MOST_BYTES", 500)
    async with office.open():
        await office.ana.says(
            "Look", channel=office.help, files=[PDF, ("a.txt", b"a", "text/plain")]
        )
        (heard,) = await office.heard()
    assert [each.name for each in heard.uploads] == ["a.txt"]
    assert heard.remarks == ("not_kept",)
    assert "a file isn't kept" in caplog.text


@pytest.mark.parametrize("lacking", [frozenset({"files:read"})])
async def test_a_file_whose_scope_is_missing_is_no_sign_in_page(office, caplog):
    async with office.open():
        await office.ana.says("Look", channel=office.help, files=[PDF])
        (heard,) = await office.heard()
    assert heard.uploads == ()
    assert heard.remarks == ("not_kept",)
    assert "files:read" in caplog.text


async def test_the_token_goes_to_slack_alone(office):
    asked = []

    async def elsewhere(reader, writer):
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.close()

    server = await asyncio.start_server(elsewhere, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    file = {"id": "F1", "name": "x", "size": 1, "url_private": f"http://127.0.0.1:{port}/x"}
    channel = office.channel()
    uploads, remarks = await channel._workspace.downloads.fetched((file,))
    await channel.close()
    server.close()
    assert (uploads, remarks, asked) == ((), ("not_kept",), [])


async def test_a_message_that_comes_again_while_its_file_is_fetched_is_taken_once(office):
    office.slack.redelivery, office.slack.deliveries.limit = (0.0, 0.05, 0.05), 0.05
    went_on, tries = asyncio.Event(), 0

    async def before(_):
        nonlocal tries
        tries += 1
        await went_on.wait()

    office.desk.before = before
    async with office.open():
        saying = asyncio.create_task(office.ana.says("Look", channel=office.help, files=[PDF]))
        await asyncio.sleep(0.12)  # by then it came twice
        went_on.set()
        await saying
    assert tries == 1
    assert office.desk.texts == ["Look"]


async def test_what_one_person_says_keeps_its_order_though_a_file_takes_long(office):
    async def before(inbound):
        if inbound.text == "first":
            await asyncio.sleep(0.05)

    office.desk.before = before
    async with office.open():
        first = asyncio.create_task(office.ana.says("first", channel=office.help))
        await asyncio.sleep(0)
        second = asyncio.create_task(office.ana.says("second", channel=office.help))
        await asyncio.gather(first, second)
    assert office.desk.texts == ["first", "second"]


async def test_somebody_else_need_not_wait(office):
    async def before(inbound):
        if inbound.text == "first":
            await asyncio.sleep(0.05)

    office.desk.before = before
    async with office.open():
        first = asyncio.create_task(office.ana.says("first", channel=office.help))
        second = asyncio.create_task(office.leo.says("second", channel=office.help))
        await asyncio.gather(first, second)
    assert office.desk.texts == ["second", "first"]


async def test_work_that_fails_is_tried_again_and_work_that_is_done_is_not():
    taking, tries = Taking(), 0

    async def work():
        nonlocal tries
        tries += 1
        if tries == 1:
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        await taking.once("C1:1.0", work)
    await taking.once("C1:1.0", work)
    await taking.once("C1:1.0", work)
    assert tries == 2


async def test_work_ends_with_the_connection():
    taking = Taking()
    waiting = asyncio.create_task(taking.once("C1:1.0", asyncio.Event().wait))
    await asyncio.sleep(0)
    await taking.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
