"""A panel in a room: a button that opens a form, and one that shows what one has with the desk."""

from dataclasses import replace

import pytest
from discord_desk import desk_of
from discord_office import open_office

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
REPORT = {"ana": "Contar un problema", "tom": "Report a problem"}
HOME = "Lo que tienes con nosotros"
PANEL = "¿Algo no funciona"


@pytest.fixture
async def scene(book_url, tmp_path, clock):
    """An office with a panel in its help room, in Spanish, and what starts its desk."""
    async with open_office(clock) as office:
        config = office.config(book_url, tmp_path, office.desk())
        door = config.channels["discord"]
        room = replace(door.rooms[0], panel=True, language="es")
        config.channels["discord"] = replace(door, rooms=(room, *door.rooms[1:]))
        yield office, lambda: desk_of(office, config, clock)


async def panels(office):
    """Those that stand in the help room."""
    await office.discord.until(lambda: any(PANEL in each.words for each in office.help))
    return [each for each in office.help if PANEL in each.words]


@pytest.mark.parametrize("key", ["ana", "tom"])
async def test_its_button_opens_a_form_in_the_words_of_whoever_presses(scene, key):
    office, start = scene
    async with start() as stage:
        (panel,) = await panels(office)
        person = stage.person(key)
        await person.presses("Contar un problema", on=panel)
        assert REPORT[key] in person.form.words
        await person.fills({person.form.labels[0]: SAID[key]})
        await person.submits()
        await stage.rests()
        assert (await stage.ticket()).summary == SAID[key]
        assert "IT-1" in stage.talk(person)[-1].words
        # It belongs to nobody: the next one to press has a request of their own.
        bob = stage.person("bob")
        await bob.presses("Contar un problema", on=panel)
        await bob.fills({bob.form.labels[0]: "No sound in the big room"})
        await bob.submits()
        await stage.rests()
        assert (await stage.ticket(2)).summary == "No sound in the big room"
        await person.presses(HOME, on=panel)
        assert SAID[key] in person.ephemerals[-1].words
        assert "No sound" not in person.ephemerals[-1].words


async def test_it_stands_once_however_often_the_desk_starts(scene):
    office, start = scene
    async with start():
        (first,) = await panels(office)
    async with start() as stage:
        await stage.caught_up()
        assert await panels(office) == [first]
        office.help.messages.pop(first.id)
    async with start() as stage:
        (other,) = await panels(office)
        assert other.id != first.id


async def test_what_answers_a_panel_is_a_request(scene):
    office, start = scene
    async with start() as stage:
        (panel,) = await panels(office)
        await stage.person("tom").says(SAID["tom"], channel=office.help, reply_to=panel)
        await stage.rests()
        assert (await stage.ticket()).summary == SAID["tom"]
