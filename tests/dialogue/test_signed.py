"""What stands under a message: a goodbye, a name and a title are neither words nor evidence."""

import pytest

from bot.model.entry import Message, What


@pytest.mark.parametrize(
    "closing",
    ["Leo", "L. Prats", "Leo P.", "BR\nLeo", "BR / Leo", "Cheers Leo", "Leo Prats, Help desk",
     "Leo Prats | Support", "Thx", "Many thanks!\n\nLeo :)", "***\nLeo", "_____\nLeo Prats",
     "Kind regards\nLeo Prats\nSupport | +34 600 123 456\nThis mail is confidential.",
     "Un saludo,\nLeo\nTécnico de soporte", "Regards,\nLeo Prats\nsupport@desk.example",
     "This e-mail is confidential and may be privileged. Delete it if it isn't for you.",
     "Este mensaje es confidencial."],
)  # fmt: skip
async def test_what_an_agent_signs_with_beside_a_command_goes_to_nobody(stage, ada, leo, closing):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    await leo.says(f"/claim\n\n{closing}", answers=leo.last)
    assert (await stage.ticket()).assignee is not None
    assert len(ada.letters) == heard


@pytest.mark.parametrize(
    "words",
    ["Thanks\n\nPlease restart it", "Leo, from Support, comes by", "Hi Ada", "Regards to Bob",
     "Leo\nI'll come by at three.", "Regards,\nPlease restart it\n\nLeo", "Is it on?\n\nLeo",
     "Come by\n\nUn saludo,\nLeo", "Leo\nPS: bring the cable", "Confidentially: it is broken"],
)  # fmt: skip
async def test_what_an_agent_says_beside_a_command_reaches_its_reader(stage, ada, leo, words):
    await ada.says("My screen is black", subject="Screen")
    await leo.says(f"/claim\n\n{words}", answers=leo.last)
    assert ada.last.text.startswith(words)


@pytest.mark.parametrize(
    "words",
    ["status\n\nAda Lin", "Status?\n\nThanks,\nAda", "estado\n\nUn saludo,\nAda Lin\nVentas",
     "Hola, ¿cómo va mi ticket?\n\nUn saludo,\nAda", "Any news?\n\nBR / Ada", "/status\n\nthx\nAda",
     "status IT-1\n\nKind regards\nAda Lin\nHead of Sales\nTel. 600 123 456", "status\n\nBest\nAd"],
)  # fmt: skip
async def test_a_question_to_the_desk_may_be_signed(stage, ada, words):
    await ada.says("My screen is black", subject="Screen")
    await ada.says(words)
    assert await stage.ticket(2) is None
    assert "IT-1" in ada.heard


@pytest.mark.parametrize(
    "words",
    ["status\n\nAda\nMy printer is broken", "status\n\nThe printer shows it\n\nAda",
     "status\n\nThanks\nI can't print", "status\n\nAda\nUrgent"],
)  # fmt: skip
async def test_words_beside_a_question_are_read_by_a_person(stage, ada, leo, words):
    await ada.says("My screen is black", subject="Screen")
    await ada.says(words)
    assert await stage.ticket(2) is not None
    assert leo.last.reference == "IT-2"


async def test_a_name_tells_no_language(stage, ada):
    await ada.says("My screen is black and I can't work")
    await ada.says("status\n\nAda Lin")
    assert ada.last.language == "en"
    bo = stage.person("bo@example.org", "Bo Li")
    await bo.says("VPN\n\nMuchas gracias,\nBo")
    assert bo.last.language == "es"


@pytest.mark.parametrize(
    ("words", "summary"),
    [
        ("Hola, espero que podáis arreglar la impresora.\n\nAda", "Espero que podáis arreglar"),
        ("Gracias por la VPN, pero no va el correo.\n\nUn saludo,\nAda", "Gracias por la VPN"),
        ("How are you supposed to print in colour?\n\nBR / Ada", "How are you supposed"),
        ("Screen\n\nAda Lin\nSales", "Screen"),
    ],
)
async def test_a_name_is_never_what_was_understood(stage, ada, words, summary):
    await ada.says(words)
    assert (await stage.ticket()).summary.startswith(summary)
    assert words in [each.text for each in await stage.entries() if isinstance(each, Message)]


async def test_a_signed_greeting_and_signed_thanks_are_what_they_are(stage, ada):
    await ada.says("Hello,\n\nAda Lin")
    assert await stage.ticket() is None
    await ada.says("My screen is black")
    await ada.says("Many thanks,\n\nAda")
    assert await stage.ticket(2) is None
    assert (await stage.entries())[-1].what is What.SAID


@pytest.mark.parametrize(
    "words", ["Hello? Anybody there?", "¿Hay alguien ahí?", "Hola, ¿hay alguien?"]
)
async def test_who_calls_for_anybody_sees_what_becomes_of_theirs(stage, ada, words):
    await ada.says(words)
    assert await stage.ticket() is None
    assert "[IT-1]" not in ada.last.text
    await ada.says("My screen is black", subject="Screen")
    await ada.says(words)
    assert await stage.ticket(2) is None
    assert "[IT-1]" in ada.last.text


@pytest.mark.parametrize(
    "words",
    ["What's the status of IT-1?", "status please", "Status update please", "Any news on [IT-1]?",
     "Hi, is there any news about my ticket IT-1?", "¿Cómo va el IT-1?", "Hola, ¿cómo va IT-1?",
     "estado por favor", "¿Cuál es el estado del ticket IT-1?", "How is IT-1 going?"],
)  # fmt: skip
async def test_a_matter_is_asked_after_by_its_reference(stage, ada, words):
    await ada.says("My screen is black", subject="Screen")
    await ada.says(words)
    assert await stage.ticket(2) is None
    assert "IT-1" in ada.heard


@pytest.mark.parametrize(
    "words", ["What about the 42 screens?", "How is IT-1 different from hers?", "IT-1 is not done"]
)
async def test_a_reference_among_other_words_is_read_by_a_person(stage, ada, leo, words):
    await ada.says("My screen is black", subject="Screen")
    await ada.says(words)
    assert words in leo.last.text


async def test_an_answer_to_the_list_that_asks_again_opens_nothing(stage, ada):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("estado")
    for words in ("estado", "Estado\n\nUn saludo,\nAda"):
        await ada.says(words, subject="Re: estado", answers=ada.last)
        assert "[IT-1]" in ada.last.text
    await ada.says("", subject="estado")
    await ada.says("¿Alguna novedad?", subject="Consulta")
    await ada.says("Gracias", subject="¿Cómo va mi ticket?")
    assert await stage.ticket(2) is None


@pytest.mark.parametrize("subject", ["No funciona la impresora", "Urgente", "VPN"])
async def test_a_subject_that_tells_something_is_read_by_a_person(stage, ada, subject):
    await ada.says("La pantalla está negra", subject="Pantalla")
    await ada.says("¿Alguna novedad?", subject=subject)
    assert await stage.ticket(2) is not None
