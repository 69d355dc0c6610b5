"""A panel in a room: a button that opens a form, and one that shows what one has with the desk."""

from dataclasses import replace

import pytest
from discord_desk import desk_of
from discord_office import open_office

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
REPORT = {"ana": "Contar un problema", "tom": "Report a problem"}
TAKEN = {"ana": "Tenemos tu mensaje", "tom": "We have your message"}
ITS_OWN = {
    "ana": ("en", "Something isn't working", "Report a problem", "What you have with us"),
    "tom": ("es", "¿Algo no funciona", "Contar un problema", "Lo que tienes con nosotros"),
}
"""The panel's language, which isn't the one of whoever presses, and its words."""
both = pytest.mark.parametrize("key", ["ana", "tom"])


@pytest.fixture
async def scene(book_url, tmp_path, clock, key):
    """An office with a panel in its help room, and what starts its desk."""
    async with open_office(clock) as office:
        config = office.config(book_url, tmp_path, office.desk())
        door = config.channels["discord"]
        room = replace(door.rooms[0], panel=True, language=ITS_OWN[key][0])
        config.channels["discord"] = replace(door, rooms=(room, *door.rooms[1:]))
        yield office, lambda: desk_of(office, config, clock)


async def panels(office, key):
    """Those that stand in the help room."""
    words = ITS_OWN[key][1]
    await office.discord.until(lambda: any(words in each.words for each in office.help))
    return [each for each in office.help if words in each.words]


@both
async def test_its_button_opens_a_form_in_the_words_of_whoever_presses(scene, key):
    office, start = scene
    _, _, report, home = ITS_OWN[key]
    async with start() as stage:
        (panel,) = await panels(office, key)
        person = stage.person(key)
        await person.presses(report, on=panel)
        assert REPORT[key] in person.form.words
        await person.fills({person.form.labels[0]: SAID[key]})
        await person.submits()
        await stage.rests()
        assert (await stage.ticket()).summary == SAID[key]
        assert "IT-1" in stage.talk(person)[-1].words
        # It belongs to nobody: the next one to press has a request of their own.
        bob = stage.person("bob")
        await bob.presses(report, on=panel)
        await bob.fills({bob.form.labels[0]: "No sound in the big room"})
        await bob.submits()
        await stage.rests()
        assert (await stage.ticket(2)).summary == "No sound in the big room"
        await person.presses(home, on=panel)
        assert SAID[key] in person.ephemerals[-1].words
        assert "No sound" not in person.ephemerals[-1].words


@both
async def test_it_stands_once_however_often_the_desk_starts(scene, key):
    office, start = scene
    async with start():
        (first,) = await panels(office, key)
    async with start() as stage:
        await stage.caught_up()
        assert await panels(office, key) == [first]
        office.help.messages.pop(first.id)
    async with start() as stage:
        (other,) = await panels(office, key)
        assert other.id != first.id


@both
async def test_it_and_the_form_that_it_opened_outlive_a_restart(scene, key):
    office, start = scene
    _, _, report, home = ITS_OWN[key]
    async with start() as stage:
        (panel,) = await panels(office, key)
        person = stage.person(key)
        await person.presses(report, on=panel)
        await person.fills({person.form.labels[0]: SAID[key]})
    async with start() as stage:
        await stage.rests()
        await person.submits()
        await stage.rests()
        assert TAKEN[key] in stage.talk(person)[-1].words
        await person.presses(home, on=panel)
        assert SAID[key] in person.ephemerals[-1].words
        assert not person.errors


@both
async def test_what_answers_a_panel_is_a_request(scene, key):
    office, start = scene
    async with start() as stage:
        (panel,) = await panels(office, key)
        post = await stage.person(key).says(SAID[key], channel=office.help, reply_to=panel)
        await stage.rests()
        assert TAKEN[key] in stage.read(post)
        assert (await stage.ticket()).summary == SAID[key]
