"""By mail nobody tells by which clock somebody lives: they are asked once, and believed."""

import pytest

pytestmark = pytest.mark.promise("R8", channels=("email",), languages=("en", "es"))


@pytest.mark.parametrize(
    ("first", "until", "asks", "place", "told", "second", "theirs"),
    [
        (
            "My screen is black",
            "The desk is open until 18:00, Madrid (Spain) time.",
            "If your time zone is another, answer: zone and a big city near you",
            "zone mexico city",
            "the time in Mexico City (Mexico): it is 03:",
            "My printer is on fire, too",
            "The desk is open until 11:00.",
        ),
        (
            "La pantalla se ha quedado en negro",
            "Atendemos hasta las 18:00, hora de Madrid (España).",
            "Si tu zona horaria es otra, responde: zona y una ciudad grande",
            "zona Ciudad de México",
            "la hora de Ciudad de México (México): allí son las 03:",
            "La impresora de la tercera se atasca",
            "Atendemos hasta las 11:00.",
        ),
    ],
)
async def test_a_stranger_is_asked_for_their_clock_once(
    eve, first, until, asks, place, told, second, theirs
):
    await eve.writes(first, subject="1")
    letter = await eve.reads()
    assert until in letter
    assert asks in letter
    await eve.writes(place, answers=letter)
    assert told in await eve.reads()
    await eve.writes(second, subject="2")
    letter = await eve.reads()
    assert theirs in letter
    assert asks not in letter
