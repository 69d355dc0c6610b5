"""What Discord takes as the declaration of a command and what it refuses."""

import discord
import pytest
from discord import app_commands

from sandbox.discord.declarations import check_command, check_commands, declared, size
from sandbox.discord.refusal import Refused


def command(name="desk", **more):
    return {"name": name, "description": "Ask the desk", **more}


def option(name="text", kind=3, **more):
    return {"name": name, "type": kind, "description": "What happened", **more}


def refused(check, body):
    with pytest.raises(Refused) as no:
        check(body)
    return no.value


def code_at(no, *place):
    tree = no.errors
    for key in place:
        tree = tree[key]
    return tree["_errors"][0]["code"]


def test_a_whole_command_is_taken():
    check_command(
        command(
            type=1,
            name_localizations={"es-ES": "mesa", "ja": "デスク", "th": "โต๊ะ", "es-419": None},
            description_localizations={"es-ES": "Pregunta a la mesa"},
            options=[
                option(
                    "new",
                    1,
                    options=[
                        option(required=True, min_length=1, max_length=6000),
                        option("urgency", 4, choices=[{"name": "High", "value": 1}]),
                        option("hours", 10, min_value=0.5, max_value=8),
                        option("who", 6),
                        option("where", 7, channel_types=[0, 15]),
                        option("team", 8),
                        option("anyone", 9),
                        option("file", 11),
                        option("quiet", 5),
                        option("ticket", autocomplete=True),
                    ],
                ),
                option("queue", 2, options=[option("move", 1)]),
            ],
            default_member_permissions="0",
            contexts=[0, 1],
            integration_types=[0],
        )
    )
    check_command({"name": "Make a ticket of this", "type": 3})
    check_command({"name": "Crear un tíquet", "type": 2, "description": ""})


def test_what_discord_py_makes_is_taken():
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))

    @tree.command(name="desk", description="Ask the desk")
    @app_commands.choices(urgency=[app_commands.Choice(name="High", value="high")])
    @app_commands.allowed_contexts(guilds=True, dms=True)
    @app_commands.allowed_installs(guilds=True)
    async def desk(interaction, text: app_commands.Range[str, 1, 100], urgency: str = "high"):
        """Nothing comes of it."""

    @tree.context_menu(name="Make a ticket of this")
    async def make(interaction, message: discord.Message):
        """Nothing comes of it."""

    check_commands([each.to_dict(tree) for each in tree.get_commands()])
    check_commands([make.to_dict(tree)])


@pytest.mark.parametrize("name", ["desk", "año", "mesa-2", "it's", "デスク", "столик", "दवा", "_"])
def test_names_of_every_language_are_taken(name):
    check_command(command(name))


@pytest.mark.parametrize("name", ["Desk", "two words", "Ñandú", "desk!", "a.b", "🎫"])
def test_capitals_blanks_and_signs_are_refused(name):
    no = refused(check_command, command(name))
    assert code_at(no, "name") == "APPLICATION_COMMAND_INVALID_NAME"
    assert no.errors["name"]["_errors"][0]["message"] == "Command name is invalid"


@pytest.mark.parametrize(
    ("body", "place", "code"),
    [
        ({"description": "x"}, ("name",), "BASE_TYPE_REQUIRED"),
        (command(""), ("name",), "BASE_TYPE_REQUIRED"),
        (command("x" * 33), ("name",), "BASE_TYPE_BAD_LENGTH"),
        (command(5), ("name",), "STRING_TYPE_CONVERT"),
        (command(description=None), ("description",), "BASE_TYPE_REQUIRED"),
        (command(description="x" * 101), ("description",), "BASE_TYPE_BAD_LENGTH"),
        (command(type=9), ("type",), "BASE_TYPE_CHOICES"),
        (command(name_localizations={"es": "mesa"}), ("name_localizations", "es"),
         "BASE_TYPE_CHOICES"),
        (command(name_localizations={"es-ES": "Mesa"}), ("name_localizations", "es-ES"),
         "APPLICATION_COMMAND_INVALID_NAME"),
        (command(description_localizations={"fr": ""}), ("description_localizations", "fr"),
         "BASE_TYPE_REQUIRED"),
        (command(description_localizations=["fr"]), ("description_localizations",),
         "DICT_TYPE_CONVERT"),
        (command(contexts=[3]), ("contexts", "0"), "BASE_TYPE_CHOICES"),
        (command(contexts=[0, 0]), ("contexts",), "SET_TYPE_ALREADY_CONTAINS_VALUE"),
        (command(integration_types=[]), ("integration_types",), "BASE_TYPE_BAD_LENGTH"),
        (command(default_member_permissions="all"), ("default_member_permissions",),
         "NUMBER_TYPE_COERCE"),
        (command(type=2), ("description",), "APPLICATION_COMMAND_DESCRIPTION_CANNOT_BE_SET"),
        ({"name": "x", "type": 3, "options": [option()]}, ("options",),
         "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS"),
        ({"name": "  ", "type": 3}, ("name",), "APPLICATION_COMMAND_INVALID_NAME"),
    ],
)  # fmt: skip
def test_each_fault_of_a_command_is_named(body, place, code):
    assert code_at(refused(check_command, body), *place) == code


@pytest.mark.parametrize(
    ("options", "place", "code"),
    [
        ([option(str(n)) for n in range(26)], (), "BASE_TYPE_MAX_LENGTH"),
        ([option("Text")], ("0", "name"), "APPLICATION_COMMAND_INVALID_NAME"),
        ([option(kind=12)], ("0",), "UNION_TYPE_CHOICES"),
        ([option(description="")], ("0", "description"), "BASE_TYPE_REQUIRED"),
        ([option(), option()], ("1", "name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"),
        ([option(), option("b", required=True)], ("1",),
         "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"),
        ([option(), option("b", 1)], (), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
        ([option(kind=2)], ("0", "options"), "BASE_TYPE_REQUIRED"),
        ([option("g", 2, options=[option("h", 2)])], ("0", "options", "0"), "UNION_TYPE_CHOICES"),
        ([option("g", 1, options=[option("h", 1)])], ("0", "options", "0"), "UNION_TYPE_CHOICES"),
        ([option("g", 1, options=[option("h"), option("i", required=True)])], ("0", "options", "1"),
         "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"),
        ([option(choices=[{"name": "a", "value": 1}])], ("0", "choices", "0", "value"),
         "STRING_TYPE_CONVERT"),
        ([option(kind=4, choices=[{"name": "a", "value": "1"}])], ("0", "choices", "0", "value"),
         "NUMBER_TYPE_COERCE"),
        ([option(choices=[{"name": "", "value": "1"}])], ("0", "choices", "0", "name"),
         "BASE_TYPE_REQUIRED"),
        ([option(choices=[{"name": "a", "value": str(n)} for n in range(2)])],
         ("0", "choices", "1", "name"), "APPLICATION_COMMAND_OPTIONS_CHOICES_DUPLICATE_NAME"),
        ([option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])],
         ("0", "choices"), "BASE_TYPE_MAX_LENGTH"),
        ([option(autocomplete=True, choices=[{"name": "a", "value": "1"}])], ("0", "autocomplete"),
         "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES"),
        ([option(kind=6, autocomplete=True)], ("0", "autocomplete"),
         "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID"),
        ([option(kind=6, choices=[{"name": "a", "value": "1"}])], ("0", "choices"),
         "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID"),
        ([option(min_length=6001)], ("0", "min_length"), "NUMBER_TYPE_MAX"),
        ([option(min_length=5, max_length=4)], ("0", "max_length"),
         "APPLICATION_COMMAND_OPTIONS_MIN_MAX_INVALID"),
        ([option(kind=4, max_value=2**53)], ("0", "max_value"), "NUMBER_TYPE_MAX"),
        ([option(kind=10, max_value=2e16)], ("0", "max_value"), "NUMBER_TYPE_MAX"),
        ([option(kind=10, max_value="x")], ("0", "max_value"), "NUMBER_TYPE_COERCE"),
        ([option(kind=7, channel_types=[99])], ("0", "channel_types", "0"), "BASE_TYPE_CHOICES"),
    ],
)  # fmt: skip
def test_each_fault_of_an_option_is_named(options, place, code):
    no = refused(check_command, command(options=options))
    assert code_at(no, "options", *place) == code


def test_a_command_has_eight_thousand_characters_its_longest_translations_counted():
    choices = [{"name": f"{n:02}" + "x" * 98, "value": "y" * 100} for n in range(25)]
    big = command(options=[option(choices=choices), option("b", choices=choices[:14])])
    assert size(big) <= 8000
    check_command(big)
    big["options"][1]["choices"] = choices[:16]
    no = refused(check_command, big)
    assert code_at(no) == "APPLICATION_COMMAND_TOO_LARGE"
    assert size(command(name_localizations={"fr": "bureau"})) == 6 + len("Ask the desk")


def test_names_differ_within_a_kind_and_the_place_of_the_second_is_told():
    check_commands([command(), {"name": "desk", "type": 2}, {"name": "desk", "type": 3}])
    no = refused(check_commands, [command(), command("other"), command()])
    assert code_at(no, "2") == "APPLICATION_COMMANDS_DUPLICATE_NAME"
    no = refused(check_commands, [command(), command("Other")])
    assert code_at(no, "1", "name") == "APPLICATION_COMMAND_INVALID_NAME"


@pytest.mark.parametrize(("kind", "most"), [(1, 100), (2, 15), (3, 15)])
def test_so_many_commands_of_a_kind_and_no_more(kind, most):
    words = {"description": "x"} if kind == 1 else {}
    many = [{"name": f"c{number}", "type": kind, **words} for number in range(most + 1)]
    check_commands(many[:-1])
    no = refused(check_commands, many)
    assert (no.status, no.code) == (400, 30032)
    assert str(most) in no.message


def test_what_is_no_list_or_no_object_is_refused():
    assert code_at(refused(check_commands, {})) == "LIST_TYPE_CONVERT"
    assert code_at(refused(check_commands, ["x"]), "0") == "MODEL_TYPE_CONVERT"
    assert code_at(refused(check_command, [])) == "MODEL_TYPE_CONVERT"


def test_what_a_declaration_leaves_out_is_added():
    kept = declared(command(), in_guild=False)
    assert kept["type"] == 1
    assert kept["integration_types"] == [0]
    assert kept["contexts"] is None
    assert kept["nsfw"] is False
    assert "options" not in kept
    assert declared({"name": "x", "type": 3}, in_guild=True)["description"] == ""
