"""A ticket named in front of the words that are for it, and words that are nearly commands."""

import pytest


@pytest.mark.parametrize("named", ["IT-1", "it-1:", "#1,"])
async def test_words_behind_the_reference_of_ones_own_ticket_join_it(stage, ada, leo, named):
    await ada.says("My screen is black", subject="Screen")
    await ada.says(f"{named} it is for Monday", subject="")
    assert await stage.ticket(2) is None
    assert "it is for Monday" in leo.last.text


async def test_somebody_elses_reference_joins_nothing(stage, ada, leo):
    eve = stage.person("eve@example.org", "Eve Hall")
    await ada.says("My screen is black", subject="Screen")
    await eve.says("IT-1 is what Ada told me, mine is black too", subject="")
    assert (await stage.ticket(2)).requester != (await stage.ticket(1)).requester


async def test_an_agents_words_behind_a_reference_speak_to_nobody(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    await leo.says("IT-1 he called again", subject="")
    assert len(ada.letters) == heard


async def test_a_hidden_secret_is_named_in_the_readers_language(stage, ada, leo):
    luz = stage.person("luz@example.org", "Luz Mora")
    await ada.says("My password is Hunter2!Long and it is refused", subject="")
    assert "[password hidden]" in ada.letters[0].text
    await luz.says("Mi contraseña es Hunter2!Long y no entro", subject="")
    assert "[contraseña oculta]" in luz.letters[0].text
    assert "⟦" not in "".join(each.text for each in (*ada.letters, *luz.letters, *leo.letters))


async def test_an_agents_log_is_told_as_theirs(stage, ada, leo, eva):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/log ada@example.org Her mouse is broken", subject="")
    told = eva.last.text
    assert "Leo Prats anotó esto de parte de Ada Lin" in told
    assert "Ada Lin escribió" not in told


@pytest.mark.parametrize("words", ["/assign IT-1 to Eva", "/asignar IT-1 a Eva Sanz"])
async def test_a_person_may_be_joined_to_the_command(stage, ada, leo, eva, words):
    await ada.says("My screen is black", subject="Screen")
    await eva.says("/queue")
    await leo.says(words)
    assert "is with Eva Sanz now" in leo.last.text


async def test_what_is_closed_is_told_as_closed(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1")
    await ada.says("/close IT-1")
    assert "Ada" in leo.last.text
    assert "closed it" in leo.last.text


async def test_an_answer_to_what_is_solved_offers_no_button_for_that(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1\n/resolve IT-1")
    await leo.says("/reply IT-1 One more thing")
    assert not ada.last.buttons
    assert "It stays resolved" in leo.last.text


async def test_lists_of_what_is_open_name_the_command_that_was_meant(stage, ada):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("My mouse is broken", subject="Mouse")
    await ada.says("/close", subject="")
    assert "close IT-2" in ada.last.text
