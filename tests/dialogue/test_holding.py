"""Laying a ticket aside: what is read of the moment, and what alone reaches the requester."""

from datetime import timedelta

import pytest

from bot.model.ticket import Status

PROMISE = "Leo Prats goes on with this"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/hold tomorrow, waiting for the part", "waiting for the part"),
        ("/hold tomorrow,waiting for the part", "waiting for the part"),
        ("/hold 2 weeks; the part comes then", "the part comes then"),
        ("/hold until Friday at 3pm: we wait", "we wait"),
        ("/hold mañana por la tarde - llega la pieza", "llega la pieza"),
        ("/pausar el viernes. \nLlega la pieza.", "Llega la pieza."),
        ("/hold Friday, in the afternoon, please: the part comes.", "the part comes."),
        ("/hold 1,5h, then it is here", "then it is here"),
        ("/hold tomorrow IT-1, we wait", "we wait"),
        ("/hold tomorrow, IT-1, we wait", "we wait"),
        ("/hold tomorrow, see IT-1", "see IT-1"),
        ("/hold Friday 15h", PROMISE),
        ("/hold tomorrow morning please", PROMISE),
        ("/hold tomorrow IT-1", PROMISE),
        ("/hold tomorrow\nIT-1.", PROMISE),
        ("/hold #1 el viernes por favor", PROMISE),
    ],
)
async def test_the_requester_reads_the_words_behind_the_moment(stage, ada, leo, line, told):
    await ada.says("My screen is black", subject="Screen")
    await leo.says(line, answers=leo.last)
    assert (await stage.ticket()).status is Status.HELD
    assert ada.last.text.startswith(told)


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        (
            "/hold until Friday at 3pm we are waiting for the part",
            "until Friday at 3pm we are waiting for the part",
        ),
        ("/hold Friday at noon Ada is on holiday, as said", "Friday at noon Ada is on holiday"),
        ("/hold monday or tuesday", "monday or tuesday"),
        ("/hold a day or two, then it comes", "a day or two"),
        ("/hold viernes 5 de diciembre: llega la pieza", "viernes 5 de diciembre"),
        ("/hold tomorrow, at 25: we wait", "tomorrow, at 25"),
        ("/hold friday, 5 december", "friday, 5 december"),
        ("/hold tomorrow, wednesday", "tomorrow, wednesday"),
        ("/hold Friday, 3", "Friday, 3"),
        ("/hold Friday; 10:00 11:00", "Friday; 10:00 11:00"),
        ("/hold 9:00,10:00", "9:00,10:00"),
        ("/hold until the part arrives", "until the part arrives"),
        ("/hold , we wait", "we wait"),
    ],
)
async def test_what_is_no_moment_as_a_whole_does_nothing(stage, ada, leo, line, unread):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    await leo.says(line, answers=leo.last)
    assert (await stage.ticket()).status is Status.NEW
    assert len(ada.letters) == heard
    assert f"“{unread}”" in leo.last.text
    assert "after a comma: /hold IT-1 Friday at 9, we are waiting for the part" in leo.last.text


async def test_a_moment_that_is_not_read_is_told_in_the_agents_language(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/language español")
    await leo.says("/pausar IT-1 el viernes esperamos la pieza")
    assert "«el viernes esperamos la pieza» como día u hora" in leo.last.text
    assert "Pon tus palabras detrás de una coma: /pausar IT-1 el viernes a las 9," in leo.last.text


async def test_the_usage_shows_the_comma(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/hold", answers=leo.last)
    assert "2026-12-01)›[, ‹your words›]" in leo.last.text


async def test_a_ticket_named_behind_the_moment_is_the_one_that_is_held(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    at_first = leo.last
    await ada.says("My phone is lost", subject="Phone")
    began = stage.clock()
    await leo.says("/hold tomorrow at 11 IT-2", answers=at_first)
    assert (await stage.ticket(1)).status is Status.NEW
    held = await stage.ticket(2)
    assert held.held_until.date() - began.date() == timedelta(days=1)
    assert held.held_until.hour == 11


async def test_who_lays_aside_what_nobody_has_goes_on_with_it_and_is_told_so(stage, ada, leo, eva):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/hold IT-1 2h")
    held = await stage.ticket()
    assert held.assignee is not None
    assert "IT-1 is yours and is on hold until" in leo.last.text
    assert ada.last.text.startswith(PROMISE)
    heard = len(eva.letters)
    await stage.passes(hours=3)
    assert "The hold is over" in leo.last.text
    assert len(eva.letters) == heard
    assert (await stage.ticket()).status is Status.OPEN


async def test_what_a_colleague_has_stays_theirs_when_somebody_else_lays_it_aside(
    stage, ada, leo, eva
):
    await ada.says("My screen is black", subject="Screen")
    await eva.says("/claim IT-1")
    holder = (await stage.ticket()).assignee
    await leo.says("/hold IT-1 2h")
    assert (await stage.ticket()).assignee == holder
    assert "IT-1 is on hold until" in leo.last.text


@pytest.mark.parametrize(
    "moment",
    [
        "9999-12-31T23:59:59-23:00",
        "9999-12-31T23:59:59+00:00",
        "0001-01-01T00:00:00+23:00",
        "2200-01-01T00:00:00+00:00",
    ],
)
async def test_a_moment_beyond_any_calendar_is_refused(stage, ada, leo, moment):
    await ada.says("My screen is black", subject="Screen")
    await leo.says(f"/hold IT-1 {moment}")
    assert f"“{moment}" in leo.heard
    assert (await stage.ticket()).status is Status.NEW


@pytest.mark.parametrize(("said", "told"), [("3/12", "3 December"), ("12/25", "25 December")])
async def test_the_answer_names_the_month_of_a_date_in_numbers(ada, leo, said, told):
    await ada.says("My screen is black", subject="Screen")
    await leo.says(f"/hold IT-1 {said}, we wait for the part")
    assert told in leo.heard
    assert told in ada.heard
    assert "we wait for the part" in ada.heard
