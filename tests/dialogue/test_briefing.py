"""Whoever takes a ticket reads at a glance whose it is; nobody else does."""

from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

import pytest
from chat_stage import AGENTS, Chat, Member
from stage import PARLOUR, Somebody, set_stage, settings

from bot.model.calendar import Hours
from bot.model.person import Organisation, Person, Proof
from storage.files import Files

MADRID = ZoneInfo("Europe/Madrid")
NINE_TO_FIVE = Hours(MADRID, {day: ((time(9), time(17)),) for day in range(5)})
ACME = Organisation("Acme", domains=("example.org",), zone="America/New_York")


@pytest.fixture
async def office(store, tmp_path, clock):
    """A desk with hours, and people of an organisation on another clock."""
    chosen = settings(hours=NINE_TO_FIVE, zone=MADRID, organisations=(ACME,))
    await store.write(lambda work: work.people.declare_organisation(ACME))
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as scene:
        yield scene


def below(letter: str) -> list[str]:
    """The lines of a briefing, without those above its first blank one."""
    return letter.partition("\n\n")[2].splitlines()


async def has_had_several(ada: Somebody, leo: Somebody) -> None:
    """Ada had one solved, one closed and one joined to another, and two go on."""
    for matter in ("Screen", "Printer", "Badge", "Badges", "Mouse"):
        await ada.says(f"Something is wrong with the {matter}", subject=matter)
    await leo.says("/resolve IT-1 A new cable\nof the longer kind")
    await leo.says("/close IT-2")
    await leo.says("/merge IT-3 IT-4")


async def test_whose_first_ticket_it_is_takes_one_line(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1")
    assert leo.last.text.startswith("IT-1 is yours: Ada Lin, “Screen”.")
    (line,) = below(leo.last.text)
    told = ("ada@example.org", "English", "first time with us", "waiting for us since Monday")
    assert [each for each in told if each not in line] == []


async def test_who_claims_reads_who_it_is_and_what_they_were_told(office, clock):
    ada, leo = office.person("ada@example.org", "Ada Lin"), office.person("leo@desk.example")
    clock.move(hours=10)  # the desk is closed
    await ada.says("My screen is black", subject="Screen")
    clock.move(hours=13)
    await leo.says("/claim IT-1")
    (line,) = below(leo.last.text)
    assert line == (
        "ada@example.org · Acme · English · 03:00 in New York (United States) · reached by parlour"
        " · first time with us · waiting for us since Monday at 20:00;"
        " they were told that the desk opens on Tuesday at 09:00"
    )


async def test_what_was_told_is_said_until_somebody_answers(office):
    ada, leo = office.person("ada@example.org", "Ada Lin"), office.person("leo@desk.example")
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/brief IT-1")
    assert "they were told that the desk is open until Monday at 17:00" in leo.last.text
    await leo.says("/reply IT-1 Is the cable in?")
    await leo.says("/brief IT-1")
    assert "their turn since Monday at 10:00" in leo.last.text
    assert "told" not in leo.last.text
    await leo.says("/hold IT-1 2h")
    await leo.says("/brief IT-1")
    assert "they know that we continue with it on Monday at 12:00" in leo.last.text


async def test_a_program_that_got_no_acknowledgement_was_told_nothing(office):
    leo, backup = office.person("leo@desk.example"), office.person("backup@example.org", "Backup")
    for number in range(22):  # more than one gets answers to
        await backup.says(f"Failed: {number}", subject=f"Backup {number}")
    await leo.says("/brief IT-22")
    assert "told" not in leo.last.text
    assert "Also open, 5 of 21:" in leo.last.text


async def test_who_claims_reads_what_they_have_and_how_what_they_had_ended(stage, ada, leo):
    await has_had_several(ada, leo)
    await leo.says("/claim IT-5")
    assert "\n".join(below(leo.last.text)) == (
        "ada@example.org · English · reached by parlour\n"
        "Waiting for us since Monday at 09:00\n"
        "\n"
        "Also open:\n"
        "- IT-3 · new: Badge\n"
        "\n"
        "Ended before:\n"
        "- IT-4 · Badges · went on in IT-3\n"
        "- IT-2 · Printer · closed by Leo Prats\n"
        "- IT-1 · Screen · resolved by Leo Prats: “A new cable of the longer kind”"
    )


async def test_who_ended_it_is_named_and_beside_them_whoever_said_what_solved_it(
    stage, ada, leo, eva
):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/reply IT-1 A new cable")
    await ada.says("/resolve IT-1")
    await ada.says("My printer jams", subject="Printer")
    await leo.says("/reply IT-2 Have you restarted it?")
    await ada.says("/close IT-2")
    await ada.says("I need a mouse", subject="Mouse")
    await leo.says("/claim IT-3")
    assert "- IT-2 · Printer · closed by Ada Lin\n" in leo.last.text
    assert "- IT-1 · Screen · resolved by Ada Lin · Leo Prats: “A new cable”" in leo.last.text
    await eva.says("/ficha IT-3")
    assert "resuelto por Ada Lin · Leo Prats: «A new cable»" in eva.last.text


async def test_the_ficha_says_it_in_spanish(stage, ada, leo, eva):
    await has_had_several(ada, leo)
    await eva.says("/ficha IT-5")
    assert eva.last.text == (
        "IT-5 · Ada Lin: Mouse · nuevo\n"
        "\n"
        "ada@example.org · inglés · contacto por parlour\n"
        "Nos espera desde el lunes a las 09:00\n"
        "\n"
        "También abiertos:\n"
        "- IT-3 · nuevo: Badge\n"
        "\n"
        "Terminados antes:\n"
        "- IT-4 · Badges · siguió en IT-3\n"
        "- IT-2 · Printer · cerrado por Leo Prats\n"
        "- IT-1 · Screen · resuelto por Leo Prats: «A new cable of the longer kind»"
    )
    await eva.says("/quién IT-5")
    assert "IT-5 · Ada Lin" in eva.last.text


async def test_it_can_be_read_again_of_what_is_done_or_where_that_went_on(stage, ada, leo):
    await has_had_several(ada, leo)
    await leo.says("/brief IT-1")
    assert "IT-1 · Ada Lin: Screen · resolved" in leo.last.text
    assert "aiting" not in leo.last.text
    await leo.says("/brief IT-4")
    assert "IT-3 · Ada Lin: Badge · new" in leo.last.text
    assert "IT-4" not in leo.last.text  # it is part of this one


async def test_why_it_is_urgent_stands_in_it(stage, ada, leo):
    await ada.says("Nobody can print, it is urgent", subject="Printer")
    await leo.says("/claim IT-1")
    assert "Urgent: " in leo.last.text
    assert "many people: “Nobody can”" in leo.last.text


async def test_mail_that_came_back_is_said(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")

    def lose(work) -> None:
        person, _ = work.people.find(PARLOUR, "ada@example.org")
        work.people.save(replace(person, reachable=False))

    await stage.store.write(lose)
    await leo.says("/claim IT-1")
    assert "our last mail came back" in leo.last.text


async def test_a_secret_in_what_solved_it_stays_hidden(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("solved, my password is Girasol-4711", answers=ada.last)
    await leo.says("/resolve IT-1")
    await ada.says("The printer jams", subject="Printer")
    await leo.says("/claim IT-2")
    assert "Girasol" not in leo.last.text


async def test_who_is_handed_a_ticket_reads_it_too_and_who_hands_it_over_does_not(
    stage, ada, leo, eva
):
    await has_had_several(ada, leo)
    await leo.says("/assign IT-5 Eva")
    assert leo.last.text == "IT-5 is with Eva Sanz now."
    assert "contacto por parlour" in eva.last.text
    assert "Terminados antes:" in eva.last.text
    await leo.says("/assign IT-5 me")
    assert "Ended before:" in leo.last.text


async def test_nobody_is_briefed_on_themselves(stage, leo):
    await leo.says("My screen is black", subject="Screen")
    await leo.says("The printer jams", subject="Printer")
    await leo.says("/claim IT-1")
    assert leo.last.text == "IT-1 is yours: Leo Prats, “Screen”."


async def test_whoever_named_nobody_is_not_taken_for_one_person(stage, ada, leo):
    def unnamed(work) -> None:
        nobody = work.people.add(Person(""), PARLOUR, "", Proof.CLAIMED, stage.clock())
        ticket = work.tickets.get(1)
        work.tickets.save(replace(ticket, requester=nobody.id, version=ticket.version + 1))

    await ada.says("My screen is black", subject="Screen")
    await stage.store.write(unnamed)
    await leo.says("/brief IT-1")
    assert leo.last.text == "IT-1 · Unnamed sender: Screen · new"


@pytest.mark.parametrize("word", ["brief", "who", "ficha", "quién"])
async def test_a_requester_is_kindly_refused(stage, ada, leo, word):
    await has_had_several(ada, leo)
    await ada.says(f"/{word}", answers=ada.last)
    assert "is a word for the people who work at the desk" in ada.last.text
    assert "A new cable" not in ada.last.text


async def test_a_requesters_question_who_is_no_command(stage, ada):
    await ada.says("who can help me with the projector", asked=True)
    assert (await stage.ticket()).summary == "who can help me with the projector"


async def test_what_an_agent_quotes_of_it_never_reaches_the_requester(stage, ada, leo):
    await has_had_several(ada, leo)
    await leo.says("/claim IT-5")
    quoting = "> - IT-1 · Screen · resolved by Leo Prats: “A new cable”\nHi Ada, a new mouse comes"
    await leo.says(quoting, answers=leo.last)
    assert ada.last.text == "Hi Ada, a new mouse comes"


async def test_nor_what_they_quote_above_a_command(stage, ada, leo):
    await has_had_several(ada, leo)
    await leo.says("/claim IT-5")
    heard = len(ada.letters)
    await leo.says("> - IT-1 · Screen · resolved by Leo Prats\n/priority high", answers=leo.last)
    assert len(ada.letters) == heard


async def test_what_answers_it_stays_among_agents(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    await leo.says("/brief IT-1")
    await leo.says("She always calls on Mondays", answers=leo.last)
    assert len(ada.letters) == heard


async def test_in_a_chat_it_is_short_and_for_their_eyes_alone(chat: Chat, ana: Member):
    leo = Member(chat, "leo@desk.example")
    for matter in ("screen", "printer", "badge", "mouse", "lamp", "desk", "door", "phone", "chair"):
        await ana.posts(f"The {matter} is broken, it really is")
    for number in range(1, 6):
        await leo.commands(f"resolve IT-{number} A new one")
    before = len(chat.public), len(chat.below)
    answer = await leo.commands("claim IT-9")
    lines = below(answer.text)
    assert "Also open, 2 of 3:" in lines
    assert "Ended before, 2 of 5:" in lines
    assert len(lines) <= 12
    assert "" not in lines
    assert len(chat.public) == before[0]
    assert "resolved by" not in "\n".join(each.text for each in chat.below[before[1] :])


async def test_below_its_card_a_word_is_enough(chat: Chat, ana: Member):
    leo = Member(chat, "leo@desk.example")
    await ana.posts("The screen is broken, it really is")
    assert "IT-1 · Ana Ruiz" in (await leo.writes_below("brief")).text


async def test_in_a_room_who_is_handed_a_ticket_reads_it_below_the_card(chat: Chat, ana: Member):
    leo = Member(chat, "leo@desk.example")
    await ana.posts("The screen is broken, it really is")
    await leo.commands("assign IT-1 Eva", room=AGENTS)
    assert chat.below[-1].text.startswith("Leo Prats handed it to Eva Sanz.\n\n")
    assert "reached by Parlour · first time with us" in chat.below[-1].text


async def test_a_room_is_not_briefed_on_a_colleague(chat: Chat):
    leo, eva = Member(chat, "leo@desk.example"), Member(chat, "eva@desk.example")
    await eva.commands("new The screen is broken")
    await leo.commands("assign IT-1 Leo", room=AGENTS)
    assert chat.below[-1].text == "Leo Prats took it."
    told = await leo.commands("brief IT-1", room="dm-leo@desk.example")
    assert "first time with us" in told.text


async def test_nor_is_who_claims_a_colleagues_where_that_one_may_read_along(chat: Chat):
    leo, eva = Member(chat, "leo@desk.example"), Member(chat, "eva@desk.example")
    await eva.commands("new The screen is broken")
    assert (await leo.writes_below("claim")).text.startswith("IT-1 is yours: Eva Sanz")
    assert "first time with us" not in (await leo.writes_below("brief")).text
