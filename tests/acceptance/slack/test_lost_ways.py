"""A room, a file or a form that is gone: what people wrote isn't lost with it."""

import pytest

from adapters.slack import interactions


@pytest.fixture
async def post(stage, tom):
    """A request of Tom's in the help room."""
    said = await tom.says("My printer is broken", channel=stage.help)
    await stage.rests()
    return said


async def test_a_file_that_slack_refuses_for_good_holds_nobody_up(stage, tom, sara, post):
    stage.slack.fail("files.getUploadURLExternal", error="file_uploads_disabled", times=100)
    file = ("a.txt", b"hello", "text/plain")
    await sara.says("reply: see this", thread=stage.card(), files=[file])
    await stage.rests()
    await sara.says("reply: and then restart it", thread=stage.card())
    other = await tom.says("My screen is black", channel=stage.help)
    await stage.rests()
    said = [each.words for each in stage.answers(post)][-2:]
    assert said == ["see this\nIT-1", "and then restart it\nIT-1"]
    assert stage.answers(other)
    assert [each for each in stage.below() if "a.txt" in each and "file_uploads_disabled" in each]
    states = await stage.app.store.read(lambda work: work.outbox.states())
    assert (states["waiting"], states["failed"]) == (0, 0)


async def test_a_request_whose_room_is_archived_goes_on_between_the_two(stage, tom, sara, post):
    stage.help.archived = True
    await sara.says("reply: restart it", thread=stage.card())
    await stage.rests()
    assert stage.slack.conversation(tom)[-1].words == "restart it\nIT-1"
    assert [each for each in stage.below() if "Tom Baker" in each and "is_archived" in each]
    assert tom.id not in "\n".join(stage.below())
    await tom.says("/status IT-1")
    await sara.says("reply: and now?", thread=stage.card())
    await stage.rests()
    assert stage.slack.conversation(tom)[-1].words == "and now?\nIT-1"


async def test_a_form_that_is_refused_late_gives_its_words_back(
    stage, sara, hugo, post, monkeypatch
):
    await sara.presses("Reply", on=stage.card())
    stage.clock.move(seconds=30)
    await hugo.says("reply: ya voy", thread=stage.card())
    await stage.rests()
    monkeypatch.setattr(interactions, "_SOON", 0.0)
    await sara.fills({"What to say": "a long answer\nthat took me ten minutes"})
    await sara.submits()
    told = await stage.told(sara, "Hugo Sanz")
    assert "> a long answer\n> that took me ten minutes" in told
    assert "a long answer" not in stage.read(post)
