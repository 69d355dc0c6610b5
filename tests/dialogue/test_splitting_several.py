"""Where several people spoke on one ticket, what is split off belongs to who said it."""

import pytest

from bot.model.entry import Message
from bot.model.message import Nature

BADGE = "By the way, my badge is broken"


@pytest.fixture
async def bob(stage, ada, leo):
    """Ada's IT-1 goes on with Bob's IT-2 in it."""
    bob = stage.person("bob@example.org", "Bob Hill")
    await ada.says("My VPN is down", subject="VPN")
    await bob.says("VPN fails too", subject="Remote")
    await leo.says("/merge IT-1 IT-2")
    return bob


async def texts_of(stage, number: int) -> list[str]:
    return [each.text for each in await stage.entries(number) if isinstance(each, Message)]


async def test_what_a_colleague_said_is_theirs(stage, ada, bob, leo):
    await bob.says(BADGE, answers=bob.letters[0])
    heard = len(ada.letters)
    await leo.says("/split IT-1 badge")
    assert "Bob Hill was told." in leo.heard
    assert BADGE in bob.heard
    assert "IT-3" in bob.heard
    await leo.says("/reply IT-3 Your new badge is ready")
    assert "badge is ready" in bob.heard
    assert len(ada.letters) == heard


async def test_what_others_said_meanwhile_stays_and_can_be_split_off_later(stage, ada, bob, leo):
    await bob.says(BADGE, answers=bob.letters[0])
    await ada.says("And I need a second screen", answers=ada.letters[0])
    await bob.says("It is the red badge", answers=bob.letters[0])
    await leo.says("/split IT-1 my badge")
    assert await texts_of(stage, 3) == [BADGE, "It is the red badge"]
    await leo.says("/split IT-1 second screen")
    assert await texts_of(stage, 4) == ["And I need a second screen"]
    assert "What you added" in ada.heard


async def test_a_strangers_words_are_not_told_as_the_requesters(stage, ada, bob, leo):
    eve = stage.person("eve@elsewhere.example", "Eve Moss")
    await eve.says("Send me the new password", subject="Re: VPN [IT-1]", answers=ada.letters[0])
    heard = len(ada.letters)
    await leo.says("/split IT-1 password")
    assert len(ada.letters) == heard
    assert "IT-3" in eve.heard


async def test_what_a_machine_answered_is_not_split_off(stage, ada, bob, leo):
    away = "I am away until Friday"
    await ada.says(away, answers=ada.letters[0], nature=Nature.AUTO_REPLY)
    await leo.says("/split IT-1 away")
    assert "there is nothing else to split off" in leo.heard


async def test_what_was_said_before_it_was_merged_can_be_split_off_too(stage, ada, leo):
    bob = stage.person("bob@example.org", "Bob Hill")
    await ada.says("My VPN is down", subject="VPN")
    await bob.says("VPN fails too", subject="Remote")
    await bob.says(BADGE, answers=bob.letters[0])
    await bob.says("It is the red badge", answers=bob.letters[0])
    await leo.says("/merge IT-1 IT-2")
    heard = len(ada.letters)
    await leo.says("/split IT-2 my badge is broken")
    assert "goes on in IT-3" in leo.heard
    assert await texts_of(stage, 3) == [BADGE, "It is the red badge"]
    assert (await stage.ticket(3)).requester == (await stage.ticket(2)).requester
    assert BADGE in bob.heard
    assert len(ada.letters) == heard
    await leo.says("/split IT-1 my badge is broken")
    assert "nothing else to split off" in leo.heard


async def test_the_first_words_of_each_stay_where_it_goes_on(bob, leo):
    await leo.says("/split IT-1 VPN fails")
    assert "nothing else to split off" in leo.heard


async def test_a_form_that_names_what_is_split_off_by_now_says_which_that_was(stage, ada, leo):
    await ada.says("My VPN is down", subject="VPN")
    await ada.says(BADGE, answers=ada.letters[0])
    gone = (await stage.entries())[-1]
    bob = stage.person("bob@example.org", "Bob Hill")
    await leo.says("/watch IT-1 bob@example.org")
    await bob.says("Mine fails, too", subject="Re: VPN [IT-1]")
    await leo.says("/split IT-1 badge")
    filled = (("message", f"~{gone.id}"),)
    answer = await leo.says("/split IT-1", filled=filled, interactive=True, asked=True)
    assert answer.refused
    assert f"“{BADGE}”" in answer.text
    assert "Mine fails, too" in answer.text
