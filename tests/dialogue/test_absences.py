"""How agents say that they are away and back, and what others read of it."""

import pytest
from chat_stage import AGENTS, Member

from bot.model.duty import Duty


async def duty(stage, address="leo@desk.example"):
    return await stage.store.read(
        lambda work: work.duties.of(work.people.find("parlour", address)[0].id)
    )


async def number(stage, address):
    return await stage.store.read(lambda work: work.people.find("parlour", address)[0].id)


@pytest.mark.parametrize(
    "words", ["/away until Monday, Eva Sanz", "/away Monday, Eva", "/away Monday, with Eva"]
)
async def test_an_agent_is_away_until_a_moment_and_somebody_stands_in(stage, leo, words):
    await leo.says(words)
    kept = await duty(stage)
    assert (kept.away_until.weekday(), kept.away_until.hour) == (0, 9)
    assert kept.substitute == await number(stage, "eva@desk.example")
    assert "You are away until Monday" in leo.last.text
    assert "Eva Sanz stands in for you" in leo.last.text
    assert "/back" in leo.last.text


@pytest.mark.parametrize("who", ["Leo", "con Leo"])
async def test_the_same_in_spanish_and_back_again(stage, eva, who):
    await eva.says(f"/ausente hasta mañana, {who}")
    assert (await duty(stage, "eva@desk.example")).is_away(stage.clock())
    assert "En tu lugar está Leo Prats" in eva.last.text
    await eva.says("/vuelta")
    assert await duty(stage, "eva@desk.example") == Duty()
    assert "/casos" in eva.last.text


async def test_who_is_away_twice_is_away_until_the_second_moment(stage, leo):
    await leo.says("/away 2h, Eva")
    await leo.says("/away 4h")
    kept = await duty(stage)
    assert kept.substitute is None
    assert (kept.away_until - stage.clock()).total_seconds() == 4 * 3600
    assert "What you have stays with you" in leo.last.text


async def test_back_is_refused_to_who_is_not_away_and_to_who_is_back_by_now(stage, leo):
    await leo.says("/back")
    assert "You aren't away" in leo.last.text
    await leo.says("/away 2h")
    stage.clock.move(hours=2)
    await leo.says("/back")
    assert "You aren't away" in leo.last.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("/away", "until when"),
        ("/away some day", "Put who stands in for you after a comma: /away"),
        ("/away 2020-01-01", "That moment has passed"),
        ("/away tomorrow, Leo", "can't stand in for yourself"),
        ("/away tomorrow, me", "can't stand in for yourself"),
        ("/away tomorrow, Nobody", "Nobody called"),
        ("/away tomorrow, Eva", "Eva Sanz is away then too"),
        ("/back please now", "/back"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_what_does(stage, leo, eva, words, told):
    await eva.says("/ausente 2h")
    await leo.says(words)
    assert told in leo.last.text
    assert await duty(stage) == Duty()


async def test_a_requester_s_words_of_being_away_are_read_by_a_person(stage, ada):
    await ada.says("Away until Monday, can somebody reset my password then?", subject="Password")
    assert (await stage.ticket()).subject == "Password"
    await ada.says("/away tomorrow", answers=ada.last)
    assert (await stage.entries())[-1].text == "/away tomorrow", "a person reads it"
    ada_ = await number(stage, "ada@example.org")
    assert await stage.store.read(lambda work: work.duties.of(ada_)) == Duty()


async def test_nobody_who_is_away_is_promised_to_who_reports(stage, ada, leo, eva):
    await leo.says("/away 2h")
    await ada.says("My screen is black", subject="Screen")
    assert "Eva Sanz from Support sees it next" in ada.heard
    await eva.says("/ausente 2h")
    await ada.says("My mouse is gone", subject="Mouse")
    assert "The people of Support see it next" in ada.heard
    stage.clock.move(hours=2)
    await ada.says("My chair is broken", subject="Chair")
    assert "Leo Prats and Eva Sanz from Support see it next" in ada.heard


async def test_who_hands_a_ticket_to_somebody_away_is_told(stage, ada, leo, eva):
    await ada.says("My screen is black", subject="Screen")
    await eva.says("/ausente 4h, Max Roth")
    await leo.says("/assign IT-1 Eva")
    assert "IT-1 is with Eva Sanz now. Eva Sanz is away until Monday at 13:00" in leo.last.text
    assert "; Max Roth stands in. To hand it on: /assign IT-1" in leo.last.text
    stage.clock.move(hours=4)
    await leo.says("/assign IT-1 me")
    await leo.says("/assign IT-1 Eva")
    assert leo.last.text.startswith("IT-1 is with Eva Sanz now.")
    assert "away" not in leo.last.text


async def test_a_press_asks_for_what_is_missing_and_a_wrong_field_is_named(chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    given = await chat.stage.counter.form(leo.asks("/away"))
    assert [(each.name, each.required) for each in given.fields] == [
        ("until", True),
        ("substitute", False),
    ]
    assert [each.label for each in given.fields[1].choices] == ["Eva Sanz", "Leo Prats", "Max Roth"]
    tomorrow = "2026-11-24T09:00:00+00:00"
    for filled, field in (
        ({"until": "2020-01-01T00:00:00+00:00", "substitute": ""}, "until"),
        ({"until": tomorrow, "substitute": "leo@desk.example"}, "substitute"),
    ):
        answer = await leo.commands(given.command, AGENTS, filled=tuple(filled.items()))
        assert (answer.refused, answer.field) == (True, field)
    filled = (("until", tomorrow), ("substitute", "eva@desk.example"))
    answer = await leo.commands(given.command, AGENTS, filled=filled)
    assert "Eva Sanz stands in for you" in answer.text
    assert (await chat.stage.counter.form(leo.asks("/back"))) is None
