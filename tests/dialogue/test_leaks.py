"""What must not reach whom: each scene on both databases."""

import pytest

from bot.model.entry import Message, Note, What
from bot.model.message import Speaker, Upload
from bot.model.ticket import Status


async def test_an_answer_to_a_note_stays_inside(stage, ada, leo, eva):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    await leo.says("/note IT-1 Third time this week.")
    await eva.says("Let her wait until Friday.", answers=eva.last)
    assert len(ada.letters) == heard
    assert isinstance((await stage.entries())[-1], Note)
    assert "IT-1" in eva.last.text


async def test_a_note_takes_all_that_follows(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    await leo.says(
        "/note Looks like a drum problem.\n\nIt is her fault.\n\nRegards,\nLeo Prats",
        answers=leo.last,
    )
    assert len(ada.letters) == heard


async def test_a_mere_goodbye_beside_a_command_is_no_answer(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    await leo.says(
        "/claim\n\nUn saludo,\nLeo Prats\nSoporte N1 | Tel. 600 000 000", answers=leo.last
    )
    assert len(ada.letters) == heard
    assert (await stage.ticket()).first_answer_at is None


async def test_what_an_agent_forwards_within_a_ticket_stays_inside(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    forwarded = Speaker("help@desk.example", "Help desk")
    await leo.says("She is confused again", answers=leo.last, forwarded=forwarded)
    assert len(ada.letters) == heard
    assert isinstance((await stage.entries())[-1], Note)


@pytest.mark.parametrize("words", ["status", "close", "resolved", "/reopen"])
async def test_a_stranger_who_holds_our_letter_sees_and_settles_nothing(stage, ada, words):
    await ada.says("My payslip is garnished", subject="Payslip garnishment")
    eve = stage.person("eve@elsewhere.example", verified=False)
    await eve.says(words, answers=ada.last)
    assert (await stage.ticket()).status is Status.NEW
    assert not any("arnish" in each.subject + each.text for each in eve.letters)


async def test_somebody_in_copy_cannot_close_it(stage, ada, leo):
    await ada.says("The printer is dead", others=(Speaker("bob@example.org", "Bob"),))
    bob = stage.person("bob@example.org", "Bob")
    await bob.says("close", answers=ada.names[0])
    assert (await stage.ticket()).status is Status.NEW
    assert bob.letters


async def test_who_left_the_desk_hears_nothing_of_tickets_any_more(stage, ada, leo, eva, store):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1")
    gone = len(leo.letters)
    agents = await store.read(lambda work: work.people.agents())
    staying = [each.id for each in agents if each.name != "Leo Prats"]
    await store.write(lambda work: work.people.retire_agents(staying))
    await ada.says("My salary is 34000", answers=ada.last)
    assert len(leo.letters) == gone
    assert "34000" in eva.last.text


async def test_secrets_in_names_are_hidden_too(stage, leo):
    person = stage.person("bob@example.org", "password: Sommer-2026!x")
    token = "ghp_" + "a1B2" * 9
    file = Upload(f"{token}.txt", "text/plain", b"x")
    await person.says("Look at this please, it fails", uploads=[file])
    words = f"{person.heard}\n{leo.heard}"
    assert "Sommer-2026" not in words
    assert token not in words


@pytest.mark.parametrize("command", ["/reply", "/ask", "/resolve", "/hold 2h,"])
async def test_a_secret_is_asked_about_once_and_never_goes_out(stage, ada, leo, command):
    await ada.says("I cannot get in", subject="Login")
    heard, opened = len(ada.letters), leo.last
    await leo.says(f"{command} Your password is: Hunter2!Long", answers=opened)
    assert len(ada.letters) == heard
    assert "once more" in leo.last.text
    assert (await stage.ticket()).status is Status.NEW
    await leo.says(f"{command} Your password is: Hunter2!Long", answers=opened)
    assert "once more" not in leo.last.text
    entries = str(await stage.entries())
    assert "⟦password" in entries
    assert "Hunter2" not in ada.heard + entries


async def test_plain_words_with_a_secret_are_asked_about_once(stage, ada, leo):
    await ada.says("I cannot get in", subject="Login")
    heard, opened = len(ada.letters), leo.last
    await leo.says("Your password is: Hunter2!Long", answers=opened)
    assert len(ada.letters) == heard
    await leo.says("Your password is: Winter9!Long", answers=opened)
    assert len(ada.letters) == heard
    await leo.says("Your password is: Winter9!Long", answers=opened)
    assert "[password hidden]" in ada.last.text
    assert "Winter9" not in ada.heard


async def test_a_secret_beside_a_quoted_note_is_asked_about_beside_it(stage, ada, leo):
    await ada.says("I cannot get in", subject="Login")
    opened = leo.last
    await leo.says("/note IT-1 He kicked the router again, says his boss")
    words = "He kicked the router again, says his boss. Your password is: Hunter2!Long"
    heard = len(ada.letters)
    for _ in range(2):
        await leo.says(words, answers=opened)
        assert len(ada.letters) == heard
    await leo.says(words, answers=opened)
    assert len(ada.letters) > heard


async def test_a_watching_agent_hears_words_and_notes(stage, ada, leo, eva):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1")
    await eva.says("/watch IT-1")
    await ada.says("It is the left one", answers=ada.last)
    assert "the left one" in eva.last.text
    await leo.says("/note IT-1 She has two.")
    assert "She has two." in eva.last.text
    said = [each.what for each in await stage.entries() if isinstance(each, Message)]
    assert said == [What.SAID, What.SAID]
