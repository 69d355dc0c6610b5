"""What Discord lists of the desk's commands: in each reader's language, and told only anew."""

import pytest
from discord_desk import desk_of
from discord_office import open_office

from bot.commands import COMMANDS
from bot.model.person import Role

HOLD = {
    "es": ("pausar", "poner un ticket en pausa hasta un día y hora", ["ticket", "hasta", "texto"]),
    "en": ("hold", "put a ticket on hold until a day and time", ["ticket", "until", "text"]),
}
ROOTS = {
    "ticket": lambda command: command.role < Role.AGENT,
    "agent": lambda command: is_ours(command) and command.wants_ticket,
    "team": lambda command: is_ours(command) and not command.wants_ticket,
    "kb": lambda command: command.shelf in ("writing", "sending"),
}
MENUS = {
    "es": {"Abrir un caso con esto", "Caso para esta persona"},
    "en": {"Make a ticket of this", "Ticket for this person"},
}


def is_ours(command) -> bool:
    """Whether agents alone give it, and it isn't about articles."""
    return command.role >= Role.AGENT and not ROOTS["kb"](command)


def told(office):
    """How often Discord was told of commands."""
    calls = office.discord.calls
    return sum(each.method == "PUT" and "commands" in each.path for each in calls)


def below(declared):
    """A command or an option, and each option beneath it."""
    yield declared
    for each in declared.get("options") or ():
        yield from below(each)


@pytest.mark.parametrize("locale", ["es-ES", "es-419", "en-GB", "en-US"])
async def test_names_and_descriptions_are_in_the_readers_language(stage, locale):
    await stage.declared()
    (known,) = (table.values() for table in stage.discord.world.commands.values() if table)
    (tickets,) = (each for each in known if each["name"] == "agent")
    (hold,) = (each for each in tickets["options"] if each["name"] == "hold")
    language = locale[:2]
    fields = [each["name_localizations"][locale] for each in hold["options"]]
    said = hold["description_localizations"][locale]
    assert (hold["name_localizations"][locale], said, fields) == HOLD[language]
    menus = {each["name_localizations"][locale] for each in known if each["type"] != 1}
    assert menus == MENUS[language]


@pytest.mark.parametrize(
    ("key", "command", "page"),
    [("ana", "ayuda", "no tienes nada abierto"), ("tom", "assist", "nothing open with us")],
)
async def test_discord_is_told_of_commands_only_when_they_changed(
    book_url, tmp_path, clock, key, command, page
):
    async with open_office(clock) as office:
        async with desk_of(office, office.config(book_url, tmp_path), clock) as stage:
            await stage.declared()
            await stage.caught_up()
        assert told(office) == 1
        async with desk_of(office, office.config(book_url, tmp_path), clock) as stage:
            await stage.caught_up()
        assert told(office) == 1
        other = office.config(book_url, tmp_path, command=command)
        async with desk_of(office, other, clock) as stage:
            await stage.caught_up()
            await office.discord.until(lambda: told(office) == 2)
            await office.people[key].uses_command(command, channel=office.lounge)
            assert page in await stage.told(office.people[key])


@pytest.mark.parametrize("locale", ["es-ES", "es-419", "en-GB", "en-US"])
async def test_nothing_that_is_listed_lacks_a_language(stage, locale):
    await stage.declared()
    (known,) = (table.values() for table in stage.discord.world.commands.values() if table)
    listed = [each for command in known for each in below(command)]
    assert len(listed) > len(COMMANDS)
    named = [each for each in listed if each["name"] not in ("desk", *ROOTS)]  # by the config
    told = [each for each in listed if each.get("description")]
    lacks = [each["name"] for each in named if locale not in each["name_localizations"]]
    lacks += [each["name"] for each in told if locale not in each["description_localizations"]]
    assert lacks == []


@pytest.mark.parametrize(
    ("locale", "greeting", "button"),
    [
        ("es-ES", "¿En qué podemos ayudar?", "Contar un problema"),
        ("es-419", "¿En qué podemos ayudar?", "Contar un problema"),
        ("en-GB", "help", "Report a problem"),
        ("en-US", "help", "Report a problem"),
    ],
)
async def test_whoever_never_wrote_is_answered_in_the_language_of_their_discord(
    book_url, tmp_path, clock, locale, greeting, button
):
    other = {"es": "en", "en": "es"}[locale[:2]]
    async with open_office(clock) as office:
        config = office.config(book_url, tmp_path, office.desk(language=other))
        async with desk_of(office, config, clock) as stage:
            lupe = stage.discord.person("Lupe Mora", locale=locale, guilds=[stage.guild])
            await stage.declared()
            await lupe.uses_command("desk", channel=stage.lounge)
            page = lupe.ephemerals[-1]
            assert greeting in page.words
            await lupe.presses(button, on=page)
            assert button in lupe.form.words


async def test_every_command_is_among_the_sub_commands(stage):
    await stage.declared()
    (known,) = (table.values() for table in stage.discord.world.commands.values() if table)
    roots = {each["name"]: each["options"] for each in known if each["name"] in ROOTS}
    told = {name: {each["name"] for each in options} for name, options in roots.items()}
    assert told == {
        name: {each.name for each in COMMANDS if fits(each)} for name, fits in ROOTS.items()
    }
