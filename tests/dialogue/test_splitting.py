"""Two matters in one ticket become two: what goes along, who is told, and what stays."""

import pytest
from chat_stage import Chat, Member, labels, said

from bot.model.entry import Message, Note, What
from bot.model.message import Upload

LATER = "By the way, I need a second screen"


@pytest.fixture
async def told(ada, leo) -> None:
    """Ada tells of her VPN, Leo notes, and she goes on about another matter, with a file."""
    await ada.says("My VPN is down", subject="VPN")
    await leo.says("/note IT-1 She kicked the router.")
    await ada.says(LATER, answers=ada.letters[0], uploads=[Upload("a.png", "image/png", b"abc")])
    await ada.says("A big one would be best", answers=ada.letters[0])


async def texts_of(stage, number: int) -> list[str]:
    return [each.text for each in await stage.entries(number) if isinstance(each, Message)]


async def test_what_was_said_from_there_on_goes_on_in_a_ticket_of_its_own(stage, ada, leo, told):
    await leo.says("/split IT-1 second screen")
    assert "What was said from there on goes on in IT-2; IT-1 keeps it too." in leo.heard
    new, old = await stage.ticket(2), await stage.ticket(1)
    assert (new.requester, new.follows, new.team) == (old.requester, 1, "support")
    assert "second screen" in new.summary
    assert await texts_of(stage, 2) == [LATER, "A big one would be best"]
    assert await texts_of(stage, 1) == ["My VPN is down", LATER, "A big one would be best"]
    copied = [each for each in await stage.entries(2) if isinstance(each, Message)]
    assert [each.name for each in copied[0].attachments] == ["a.png"]
    opened = (await stage.entries(2))[0]
    assert opened.what is What.LOGGED
    last = (await stage.entries(1))[-1]
    assert (last.what, last.new) == (What.SPLIT, "2")


async def test_the_requester_is_told_once_with_both_references(ada, leo, told):
    heard = len(ada.letters)
    await leo.says("/split IT-1 second screen")
    assert len(ada.letters) == heard + 1
    assert "IT-2" in ada.heard
    assert "What you told us before stays here, as IT-1." in ada.heard


@pytest.mark.parametrize("words", ["correo", "Además no me abre"])
async def test_it_is_called_by_the_sentence_that_was_named(stage, leo, words):
    luz = stage.person("luz@example.org", "Luz Gil")
    await luz.says("No me arranca la impresora", subject="Impresora")
    both = "Sí, está encendida. Además no me abre el correo en el móvil."
    await luz.says(both, answers=luz.letters[0])
    await leo.says(f"/split IT-1 {words}")
    assert (await stage.ticket(2)).summary == "Además no me abre el correo en el móvil."
    told = "Lo que añadiste sobre «Además no me abre el correo en el móvil» es un caso aparte."
    assert told in luz.heard


async def test_no_note_goes_along(stage, ada, leo, told):
    await leo.says("/note IT-1 She is in a hurry.")
    await leo.says("/split IT-1 second screen")
    assert not any(isinstance(each, Note) for each in await stage.entries(2))
    assert not any("hurry" in each.text or "kicked" in each.text for each in ada.letters)


async def test_answers_to_what_went_along_land_there(stage, ada, leo, told):
    await leo.says("/split IT-1 second screen")
    await ada.says("With a stand, please", answers=ada.names[1])
    await ada.says("The VPN still fails", answers=ada.names[0])
    assert (await texts_of(stage, 2))[-1] == "With a stand, please"
    assert (await texts_of(stage, 1))[-1] == "The VPN still fails"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("purple", "No message in it says “purple”. You can choose: “A big one would be best”"),
        ("b", "Several messages say “b”:"),
        ("VPN", "No message in it says “VPN”."),
        ("", "That needs: words of the message it begins with."),
    ],
)
async def test_words_that_name_no_one_message_are_refused(stage, leo, told, words, answer):
    await leo.says(f"/split IT-1 {words}")
    assert answer in leo.heard
    assert await stage.ticket(2) is None


async def test_twice_is_refused(stage, leo, told):
    await leo.says("/split IT-1 big one")
    await leo.says("/split IT-1 big one")
    assert "No message in it says “big one”" in leo.heard
    await leo.says("/split IT-1 second screen")
    assert await texts_of(stage, 3) == [LATER]
    await leo.says("/split IT-1 second screen")
    assert "there is nothing else to split off" in leo.heard


async def test_what_was_solved_meanwhile_can_be_split_too(stage, leo, told):
    await leo.says("/resolve IT-1")
    await leo.says("/split IT-1 second screen")
    assert (await stage.ticket(1)).status.is_done
    assert not (await stage.ticket(2)).status.is_done


async def test_in_a_chat_it_has_a_card_and_the_form_lists_the_messages(chat: Chat, ana):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    root = await ana.posts("My VPN is down since this morning")
    await ana.joins(root, LATER)
    await ana.joins(root, "A big one would be best")
    form = await chat.stage.counter.form(leo.asks("/split IT-1"))
    (field,) = form.fields
    assert [each.label for each in field.choices] == ["A big one would be best", LATER]
    answer = await leo.commands(form.command, filled=(("message", field.choices[-1].value),))
    assert not answer.refused, answer.text
    card = [each for each in chat.cards if each.reference == "IT-2"][-1]
    assert LATER in said(card)
    assert "It follows on from IT-1." in said(card)
    assert "/split IT-2" in labels(card)
    assert any("A big one would be best" in each.text for each in chat.below[-3:])
    assert sum("IT-2" in each for each in chat.public) == 1
    assert (await chat.stage.ticket(2)).conversation.thread != root.address.thread
