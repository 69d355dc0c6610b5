"""What came in these days and what became of it, as agents ask for it."""

import pytest


@pytest.fixture
def bob(stage):
    return stage.person("bob@example.org", "Bob Hill")


async def busy_days(stage, clock, ada, bob, leo):
    """Three tickets: one answered and solved, one answered late, one that nobody has."""
    await ada.says("My screen is black", subject="Screen")
    clock.move(minutes=10)
    await leo.says("/reply IT-1 Is the cable in?")
    await leo.says("/resolve IT-1 A new cable")
    await bob.says("Can I have a second monitor, please?", subject="Monitor")
    clock.move(minutes=90)
    await leo.says("/reply IT-2 Of course")
    await bob.says("My badge opens no door", subject="Badge")


async def test_what_came_in_and_what_became_of_it(stage, clock, ada, bob, leo):
    await busy_days(stage, clock, ada, bob, leo)
    told = (await leo.says("/figures", interactive=True)).text
    assert told.startswith("Tickets since Monday")
    assert told.splitlines()[0].endswith(": 3")
    assert told.splitlines()[1:-2] == [
        "- Done: 1, 1 of them solved. Still open: 2, 1 of them with nobody.",
        "- First answer: 2 got one, half of them within 10 min.",
        "- They came in by: parlour 3.",
        "- They count as: problem 2, request 1.",
    ]


async def test_only_the_days_that_are_asked_for_count(stage, clock, ada, bob, leo):
    await busy_days(stage, clock, ada, bob, leo)
    clock.move(days=3)
    told = (await leo.says("/figures 2", interactive=True)).text
    assert told.splitlines()[0].endswith(": 0")
    told = (await leo.says("/cifras qué ha llegado 5", interactive=True)).text
    assert told.splitlines()[0].endswith(": 3")


@pytest.mark.parametrize("days", ["0", "400"])
async def test_a_wrong_number_of_days_says_what_is_possible(stage, leo, days):
    told = (await leo.says(f"/figures {days}", interactive=True)).text
    assert told.startswith(f"{days} is too much or too little")


async def test_a_report_that_is_not_there_is_refused(stage, leo):
    assert (await leo.says("/figures of last year", interactive=True)).refused


async def test_whoever_asks_for_help_sees_no_figures(stage, ada):
    assert (await ada.says("/figures", interactive=True)).refused
