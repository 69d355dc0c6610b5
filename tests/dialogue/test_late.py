"""What lay unanswered because the desk stood still: it says so, and that it is its own fault."""

from datetime import timedelta

import pytest


@pytest.mark.parametrize(
    ("address", "words", "sorry"),
    [
        (
            "ada@example.org",
            "My screen is black",
            "This has been waiting since Monday at 07:00. That is our fault",
        ),
        (
            "ana@example.org",
            "Mi pantalla está en negro",
            "Esto esperaba desde el lunes a las 07:00. Es culpa",
        ),
    ],
)
async def test_a_late_answer_says_since_when_and_whose_fault_it_is(stage, address, words, sorry):
    somebody = stage.person(address)
    await somebody.says(words, came_at=stage.clock() - timedelta(hours=2))
    assert sorry in somebody.last.text


@pytest.mark.parametrize("wait", [timedelta(minutes=50), timedelta(days=8), -timedelta(hours=5)])
async def test_who_did_not_wait_for_us_hears_no_apology(stage, ada, wait):
    await ada.says("My screen is black", came_at=stage.clock() - wait)
    assert "fault" not in ada.last.text
