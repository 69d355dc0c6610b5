"""Every command, given by answering a mail, in English and in Spanish."""

import pytest
from mail_day import DAY
from mail_people import Mail
from mail_programs import PROGRAMS

from bot.commands import COMMANDS
from bot.model.ticket import Status
from bot.model.triage import Kind, Priority
from bot.text import load_texts

HEARD = (
    ("IT-1", "We have your message: “Screen”."),
    ("IT-2", "We have your message: “Again”."),
    ("IT-1", "able"),  # Is the cable in? ¿Está puesto el cable?
    ("IT-1", "goes on when you answer here."),
    ("IT-1", "goes on with this on Monday at 12:00."),
    ("IT-1", "marked this as solved: “Screen”."),
    ("IT-1", "It is open again: “Screen”."),
    ("IT-1", "joined this with another report of the same matter."),
    ("IT-1", "ebra*"),  # the article, Zebra or Cebra
)
"""What the requester hears of it, in order."""


@pytest.mark.promise("D1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize("key", ["sara", "hugo"])
async def test_an_agents_day_in_commands_by_mail(stage, tom, ana, bob, key):
    agent = stage.person(key)
    await tom.writes("My screen is black", subject="Screen")
    await tom.writes("It is black again", subject="Again")
    await ana.writes("Hola, buenos días", subject="Hola")
    await agent.catches_up()
    for line, confirmed in DAY[key]:
        await agent.writes(f"/{line}")
        told = await agent.catches_up()
        assert [each for each in told if confirmed in each], f"/{line}: {said(told)}"
    heard = await tom.catches_up()
    for (reference, words), mail in zip(HEARD, heard, strict=True):
        assert mail.subject.endswith(f"[{reference}]")
        assert words in mail
    assert "cable" in (await bob.catches_up())[0]
    ticket, other = await stage.ticket(1), await stage.ticket(3)
    assert (ticket.kind, ticket.priority) == (Kind.QUESTION, Priority.URGENT)
    assert (ticket.status, other.status) == (Status.OPEN, Status.CLOSED)


@pytest.mark.promise("D1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("sara", "/claim\n/priority high\n\nHi Tom,\nI am on my way.\n\n/note He kicked it."),
        ("hugo", "/tomar\n/prioridad alta\n\nHola, Tom:\nI am on my way.\n\n/nota He kicked it."),
    ],
)
async def test_several_commands_and_an_answer_share_one_mail(stage, tom, key, words):
    agent = stage.person(key)
    await tom.writes("My screen is black", subject="Screen")
    await tom.reads()
    await agent.writes(words, answers=await agent.reads())
    answer = await tom.reads()
    assert "I am on my way." in answer
    assert "kicked" not in answer
    assert "/" not in answer.words.replace("https://", "")
    ticket = await stage.ticket()
    assert (ticket.status, ticket.priority) == (Status.OPEN, Priority.HIGH)


@pytest.mark.promise("D1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "refused"),
    [("sara", "“enormous”"), ("hugo", "«enormous»")],
)
async def test_of_a_mail_with_a_mistake_nothing_is_done(stage, tom, key, refused):
    agent = stage.person(key)
    await tom.writes("My screen is black", subject="Screen")
    await agent.writes("/claim\n/priority enormous\n\nIt is fixed", answers=await agent.reads())
    assert refused in await agent.reads()
    assert (await stage.ticket()).status is Status.NEW
    assert len(await tom.catches_up()) == 1


@pytest.mark.promise("D1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
@pytest.mark.parametrize(("key", "line"), [("sara", "/claim"), ("hugo", "/tomar")])
async def test_a_command_on_top_of_a_quoted_notice_is_all_that_is_done(
    stage, tom, key, line, program
):
    agent = stage.person(key)
    await tom.writes("My screen is black", subject="Screen")
    await tom.reads()
    await agent.posts(program(agent, await agent.reads(), line, "en" if key == "sara" else "es"))
    assert "IT-1" in await agent.reads()
    ticket = await stage.ticket()
    assert (ticket.status, ticket.assignee is None) == (Status.OPEN, False)
    assert not await tom.catches_up()


@pytest.mark.promise("D1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "line", "until"),
    [
        ("sara", "/hold tomorrow", "until Tuesday at 09:00"),
        ("sara", "/hold Friday at 3pm", "until Friday at 15:00"),
        ("sara", "/hold 2h30", "until Monday at 12:30"),
        ("hugo", "/pausar mañana", "hasta el martes a las 09:00"),
        ("hugo", "/pausar el viernes por la tarde", "hasta el viernes a las 15:00"),
    ],
)
async def test_a_hold_is_told_as_people_say_it(stage, tom, key, line, until):
    agent = stage.person(key)
    await tom.writes("My screen is black", subject="Screen")
    await agent.writes(line, answers=await agent.reads())
    assert until in await agent.reads()


@pytest.mark.promise("D5", channels=("email",), languages=("en", "es"))
async def test_a_second_claim_is_refused_politely_with_the_name(stage, tom, sara, hugo):
    await tom.writes("My screen is black", subject="Screen")
    at_sara, at_hugo = await sara.reads(), await hugo.reads()
    await sara.writes("/claim", answers=at_sara)
    await sara.reads()
    await hugo.writes("/tomar", answers=at_hugo)
    refusal = await hugo.reads()
    assert "Sara Stone" in refusal
    assert refusal.message["Content-Language"] == "es"
    await sara.writes("/release", answers=at_sara)
    await stage.settles()
    await hugo.catches_up()
    await hugo.writes("/tomar", answers=at_hugo)
    await hugo.reads()
    await sara.catches_up()
    await sara.writes("/claim", answers=at_sara)
    assert "Hugo Sanz has it already." in await sara.reads()


def test_the_day_has_every_command_in_each_language():
    texts = load_texts()
    for key, language in (("sara", "en"), ("hugo", "es")):
        used = {line.split()[0] for line, _ in DAY[key]}
        called = {each.name: texts.words(f"{each.name}.words", language) for each in COMMANDS}
        assert [name for name, words in called.items() if used.isdisjoint(words)] == []


def said(mails: list[Mail]) -> str:
    return " | ".join(f"{each.subject}: {each.words}" for each in mails)
