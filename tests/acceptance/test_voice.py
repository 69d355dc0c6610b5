"""The voice in the mails that people read: their name, their language, and always a next step."""

import re

import pytest
from mail_people import Mail

REPORT = {"ana": "Mi pantalla está en negro", "tom": "My screen is black"}
SUBJECT = {"ana": "Pantalla", "tom": "Screen"}
LANGUAGE = {"ana": "es", "tom": "en"}
PERSON = {"ana": "lee una persona", "tom": "person reads"}


@pytest.mark.promise("V1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "greeting"), [("ana", "Hola, Ana:"), ("tom", "Hi Tom,")], ids=["es", "en"]
)
async def test_every_letter_begins_with_the_name_and_ends_with_the_reference(
    stage, sara, key, greeting
):
    somebody = stage.person(key)
    await somebody.writes(REPORT[key], subject=SUBJECT[key])
    notice = await sara.reads()
    for line in ("/ask Which one?", "Try again, please.", "/hold 2h", "/resolve It works."):
        await sara.writes(line, answers=notice)
    letters = await somebody.catches_up()
    assert len(letters) == 5
    for letter in letters:
        assert letter.words.startswith(greeting)
        assert letter.words.rstrip().endswith("IT-1")
        assert "IT-1" not in letter.words.splitlines()[0]
        assert letter.subject.endswith("[IT-1]")
        assert letter.message["To"] == f"{somebody.name} <{somebody.address}>"


@pytest.mark.promise("V1", channels=("email",), languages=("en",))
async def test_who_gave_no_name_is_not_called_by_their_address(stage, eve):
    eve.name = ""
    await eve.writes("My invoice is wrong, it says seven chairs", subject="Invoice")
    answer = await eve.reads()
    assert answer.words.startswith("Hello,")
    assert "eve@" not in answer.words


@pytest.mark.promise("V2", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    "words",
    [
        "/claim",
        "/status IT-99",
        "/resolve IT-2",
        "/close\n",
        "/reopen",
        "/status",
    ],
)
@pytest.mark.parametrize("key", ["ana", "tom"])
async def test_a_no_says_what_can_be_done_and_how_to_reach_a_person(stage, key, words, bob):
    somebody = stage.person(key)
    await somebody.writes(REPORT[key], subject=SUBJECT[key])
    acknowledgement = await somebody.reads()
    await bob.writes("My chair is broken", subject="Chair")
    if words == "/close\n":
        await somebody.writes("/close", answers=acknowledgement)
        await somebody.reads()
    await somebody.writes(words, answers=acknowledgement if words != "/status" else None)
    answer = await somebody.reads()
    assert answer.message["Content-Language"] == LANGUAGE[key]
    assert PERSON[key] in answer.words
    assert not re.search(r"(?i)denied|invalid|not allowed|forbidden|denegad|inválid", answer.words)


@pytest.mark.promise("V2", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "line", "offered"),
    [
        ("sara", "/clam", "/claim"),
        ("sara", "/assign nobody", "Hugo Sanz"),
        ("sara", "/priority enormous", "low, normal, high"),
        ("sara", "/hold yesterday", "2h"),
        ("sara", "/merge IT-1", "/merge IT-1 and the other reference"),
        ("sara", "/language klingon", "español"),
        ("hugo", "/tomr", "/tomar"),
        ("hugo", "/asignar nadie", "Sara Stone"),
        ("hugo", "/prioridad enorme", "baja, normal, alta"),
        ("hugo", "/pausar ayer", "2h"),
        ("hugo", "/idioma klingon", "English"),
    ],
)
async def test_an_agent_who_mistypes_is_shown_what_there_is(stage, tom, key, line, offered):
    agent = stage.person(key)
    await tom.writes("My screen is black", subject="Screen")
    await agent.writes(line, answers=await agent.reads())
    assert offered in await agent.reads()


@pytest.mark.promise("V3", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize("key", ["ana", "tom"])
async def test_letters_speak_plainly_and_in_the_readers_language(stage, sara, hugo, key):
    somebody = stage.person(key)
    await somebody.writes(REPORT[key], subject=SUBJECT[key])
    notice = await sara.reads()
    for line in ("/claim", "/hold 2h", "/resolve"):
        await sara.writes(line, answers=notice)
    letters = await somebody.catches_up()
    assert len(letters) == 3
    for letter in letters:
        own = re.sub(r"“.*?”|«.*?»", "", body(letter))
        assert not re.search(r"\b(SLA|ITIL|P[1-4]|incident|queue|assignee|escalat\w+)\b", own)
        sentences = [each for each in re.split(r"(?<=[.?!])\s+", own) if each.strip()]
        assert max(len(each.split()) for each in sentences) <= 20
        assert len(own.split()) < 120


@pytest.mark.promise("V3", channels=("email",), languages=("en", "es"))
async def test_the_language_follows_what_somebody_last_wrote_until_they_choose(stage, ana):
    await ana.writes("Mi pantalla está en negro desde ayer", subject="Pantalla")
    assert (await ana.reads()).message["Content-Language"] == "es"
    await ana.writes("My keyboard is broken and the mouse as well, please help", subject="Keyboard")
    english = await ana.reads()
    assert english.message["Content-Language"] == "en"
    await ana.writes("language español", answers=english)
    assert "Desde ahora te escribimos en español." in await ana.reads()
    await ana.writes("My chair is broken, could you send somebody?", subject="Chair")
    assert (await ana.reads()).message["Content-Language"] == "es"


@pytest.mark.promise("V4", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "named"),
    [
        ("ana", "¡¡¡ESTO NO FUNCIONA NUNCA!!! ESTOY HARTA DE LA IMPRESORA!!!", "frena tu trabajo"),
        ("tom", "THIS NEVER WORKS!!! I AM FED UP WITH THE BROKEN PRINTER!!!", "up your work"),
    ],
)
async def test_somebody_upset_is_met_calmly(stage, sara, key, words, named):
    somebody = stage.person(key)
    await somebody.writes(words, subject="Impresora" if key == "ana" else "Printer")
    answer = await somebody.reads()
    assert named in answer
    own = re.sub(r"“.*?”|«.*?»", "", body(answer))
    assert "!" not in own
    assert "upset" in await sara.reads()


@pytest.mark.promise("V6", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "greeting", "close"),
    [
        ("ana", "Hola, Ana:", "Un saludo,\nSara Stone\nHelp desk"),
        ("tom", "Hi Tom,", "Kind regards,\nSara Stone\nHelp desk"),
    ],
)
async def test_an_answer_has_a_greeting_its_steps_and_a_friendly_close(
    stage, sara, key, greeting, close
):
    steps = "Please try this:\n\n1. Close the lid.\n2. Wait a minute.\n3. Open it again."
    somebody = stage.person(key)
    await somebody.writes(REPORT[key], subject=SUBJECT[key])
    await somebody.reads()
    await sara.writes(steps, answers=await sara.reads())
    answer = await somebody.reads()
    assert answer.words.startswith(greeting)
    assert steps in answer.words
    assert close in answer.words
    assert "<ol" in answer.page or "2. Wait a minute." in answer.page
    assert answer.sender.startswith('"Sara Stone') or answer.sender.startswith("Sara Stone")


@pytest.mark.promise("V6", channels=("email",), languages=("en",))
async def test_who_greets_by_hand_is_not_made_to_greet_twice(stage, tom, sara):
    await tom.writes("My screen is black.", subject="Screen")
    await tom.reads()
    await sara.writes("Hi Tom,\n\nis the cable plugged in?\n", answers=await sara.reads())
    answer = await tom.reads()
    assert answer.words.count("Hi Tom,") == 1


def body(letter: Mail) -> str:
    """What a letter says between its greeting and the lines of its buttons."""
    paragraphs = letter.words.strip().split("\n\n")
    return "\n\n".join(paragraphs[1:-2])
