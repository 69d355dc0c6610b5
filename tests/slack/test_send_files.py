"""Files that Slack will never take: the words beside them stand, and only the files are missing."""

import pytest

from bot.channel import DeliveryFailed, FilesRefused
from bot.model.message import Address, Upload

PNG = Upload("shot.png", "image/png", b"\x89PNG" + bytes(100))
EXE = Upload("tool.exe", "application/octet-stream", b"MZ")
FOR_GOOD = (
    "file_uploads_disabled",
    "file_uploads_except_images_disabled",
    "file_upload_size_restricted",
    "file_type_not_allowed",
)


@pytest.fixture
async def channel(office):
    channel = office.channel()
    yield channel
    await channel.close()


@pytest.fixture
async def post(office):
    """A request in the support room, said before the door was open."""
    return await office.ana.says("My VPN is down", channel=office.help)


@pytest.fixture
def to_thread(office, outbound, post):
    """A message into the thread of the request."""

    def make(**more):
        return outbound(to=Address("slack", office.help.id, post.ts), **more)

    return make


@pytest.mark.parametrize("error", FOR_GOOD)
async def test_words_stand_where_their_files_are_refused_for_good(
    office, channel, to_thread, post, error
):
    office.slack.fail("files.getUploadURLExternal", error=error)
    with pytest.raises(FilesRefused, match=error) as refused:
        await channel.send(to_thread(uploads=(PNG,)))
    (words,) = office.slack.thread(post)[1:]
    assert refused.value.external_id == f"{office.help.id}:{words.ts}"
    assert refused.value.names == ("shot.png",)


async def test_a_refusal_when_they_are_shared_is_one_of_all(office, channel, to_thread):
    office.slack.fail("files.completeUploadExternal", error="file_type_not_allowed")
    with pytest.raises(FilesRefused) as refused:
        await channel.send(to_thread(uploads=(PNG, EXE)))
    assert refused.value.names == ("shot.png", "tool.exe")


async def test_the_files_that_it_takes_are_there_all_the_same(office, channel, to_thread, post):
    office.slack.fail("files.getUploadURLExternal", error="file_type_not_allowed", times=1)
    with pytest.raises(FilesRefused) as refused:
        await channel.send(to_thread(uploads=(EXE, PNG)))
    assert refused.value.names == ("tool.exe",)
    await office.until(lambda: len(office.slack.thread(post)) == 3)
    assert [each["name"] for each in office.slack.thread(post)[-1].files] == ["shot.png"]


async def test_a_refusal_that_may_pass_is_tried_again(office, channel, to_thread):
    office.slack.fail("files.getUploadURLExternal", error="internal_error")
    with pytest.raises(DeliveryFailed) as failure:
        await channel.send(to_thread(uploads=(PNG,)))
    assert failure.value.ambiguous
    assert not failure.value.permanent


async def test_what_is_found_again_and_still_refused_stands_once(office, channel, to_thread, post):
    office.slack.fail("files.getUploadURLExternal", error="file_uploads_disabled", times=2)
    with pytest.raises(FilesRefused) as first:
        await channel.send(to_thread(uploads=(PNG,)))
    with pytest.raises(FilesRefused) as second:
        await channel.send(to_thread(uploads=(PNG,), again=True))
    assert first.value.external_id == second.value.external_id
    assert len(office.slack.thread(post)) == 2
