"""What Discord takes as the components of a message, and what it refuses, with its own words."""

import discord
import pytest

from sandbox.discord.components import check_components, numbered, shown_length, walk
from sandbox.discord.refusal import Faults


def errors(components, *, v2=True, files=()):
    faults = Faults()
    check_components(components, faults, v2=v2, files=files)
    return faults.errors.get("components", {})


def codes(tree):
    """Every code in a tree of errors, with its place."""
    found = {}
    for key, value in tree.items():
        if key == "_errors":
            found[""] = [each["code"] for each in value]
        else:
            found |= {f"{key}.{k}".strip("."): v for k, v in codes(value).items()}
    return found


def button(custom_id="a", label="Take it", **more):
    return {"type": 2, "style": 1, "custom_id": custom_id, "label": label, **more}


def row(*parts):
    return {"type": 1, "components": list(parts)}


def text(content="words"):
    return {"type": 10, "content": content}


def menu(**more):
    options = [{"label": "High", "value": "1"}, {"label": "Low", "value": "2"}]
    return {"type": 3, "custom_id": "m", "options": options, **more}


def section(*texts, accessory=None):
    return {"type": 9, "components": list(texts), "accessory": accessory or button("s")}


def container(*parts, **more):
    return {"type": 17, "components": list(parts), **more}


GOOD = [
    text(),
    row(button(), button("b", emoji={"name": "🎫"}), button("c", None, emoji={"name": "✅"})),
    row({"type": 2, "style": 5, "url": "https://desk.example/t/1", "label": "Open"}),
    row(menu(placeholder="Priority", min_values=0, max_values=2)),
    row({"type": 5, "custom_id": "who", "default_values": [{"id": 12, "type": "user"}]}),
    row({"type": 6, "custom_id": "role"}),
    row({"type": 7, "custom_id": "any", "max_values": 25}),
    row({"type": 8, "custom_id": "where", "channel_types": [0, 15]}),
    section(text(), text(), text(), accessory={"type": 11, "media": {"url": "https://x.example"}}),
    {"type": 12, "items": [{"media": {"url": "attachment://a.png"}, "description": "A screen"}]},
    {"type": 13, "file": {"url": "attachment://log.txt"}, "spoiler": True},
    {"type": 14, "divider": False, "spacing": 2},
    container(section(text()), row(button("in")), accent_color=0xFF8800, spoiler=False),
]


def test_every_kind_of_component_is_taken():
    assert errors(GOOD, files=["a.png", "log.txt"]) == {}


def test_what_discord_py_makes_is_taken():
    class Card(discord.ui.LayoutView):
        box = discord.ui.Container(
            discord.ui.Section("**TKT-1** VPN", accessory=discord.ui.Button(label="Take it")),
            discord.ui.Separator(),
            discord.ui.ActionRow(discord.ui.Select(options=[discord.SelectOption(label="High")])),
            discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://a.png")),
            discord.ui.File("attachment://a.png"),
            accent_colour=discord.Colour.blurple(),
        )

    assert errors(Card(timeout=None).to_components(), files=["a.png"]) == {}
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Close", style=discord.ButtonStyle.danger))
    view.add_item(discord.ui.UserSelect(placeholder="Who"))
    assert errors(view.to_components(), v2=False) == {}


@pytest.mark.parametrize(
    ("part", "place", "code"),
    [
        (text(""), "0.content", "BASE_TYPE_REQUIRED"),
        ({"type": 10}, "0.content", "BASE_TYPE_REQUIRED"),
        (text(5), "0.content", "STRING_TYPE_CONVERT"),
        (button(), "0", "UNION_TYPE_CHOICES"),
        ({"type": 11, "media": {"url": "https://x.example"}}, "0", "UNION_TYPE_CHOICES"),
        ({}, "0.type", "BASE_TYPE_REQUIRED"),
        ("words", "0", "MODEL_TYPE_CONVERT"),
        (row(), "0.components", "BASE_TYPE_BAD_LENGTH"),
        (row(text()), "0.components.0", "UNION_TYPE_CHOICES"),
        (row(button("")), "0.components.0.custom_id", "BASE_TYPE_REQUIRED"),
        (row(button("x" * 101)), "0.components.0.custom_id", "BASE_TYPE_BAD_LENGTH"),
        (row(button(label="x" * 81)), "0.components.0.label", "BASE_TYPE_MAX_LENGTH"),
        (row(button(label=None)), "0.components.0.label", "BASE_TYPE_REQUIRED"),
        (row(button(style=9)), "0.components.0.style", "BASE_TYPE_CHOICES"),
        (row(button(disabled="no")), "0.components.0.disabled", "BOOLEAN_TYPE_CONVERT"),
        (row(button(id=-1)), "0.components.0.id", "NUMBER_TYPE_MIN"),
        (row(button(emoji={"name": "ok"})), "0.components.0.emoji.name", "COMPONENT_INVALID_EMOJI"),
        (row(button(emoji={})), "0.components.0.emoji.name", "BASE_TYPE_REQUIRED"),
        (
            row(button(url="https://x.example")),
            "0.components.0.custom_id",
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
        ),
        (row(button(sku_id="1")), "0.components.0.sku_id", "BUTTON_COMPONENT_INVALID_SKU"),
        (
            row({"type": 2, "style": 5, "label": "x", "url": "https://[x"}),
            "0.components.0.url",
            "URL_TYPE_INVALID_URL",
        ),
        (row(button(style=5)), "0.components.0.url", "BUTTON_COMPONENT_URL_REQUIRED"),
        (
            row({"type": 2, "style": 5, "label": "x", "url": "ftp://x"}),
            "0.components.0.url",
            "URL_TYPE_INVALID_SCHEME",
        ),
        (
            row({"type": 2, "style": 5, "label": "x", "url": "desk"}),
            "0.components.0.url",
            "URL_TYPE_INVALID_URL",
        ),
        (row({"type": 2, "style": 6, "label": "x"}), "0.components.0.sku_id", "BASE_TYPE_REQUIRED"),
        (row(menu(options=[])), "0.components.0.options", "BASE_TYPE_BAD_LENGTH"),
        (row(menu(max_values=3)), "0.components.0.options", "BASE_TYPE_BAD_LENGTH"),
        (row(menu(max_values=26)), "0.components.0.max_values", "NUMBER_TYPE_MAX"),
        (row(menu(min_values=2, max_values=1)), "0.components.0.max_values", "NUMBER_TYPE_MIN"),
        (row(menu(placeholder="x" * 151)), "0.components.0.placeholder", "BASE_TYPE_MAX_LENGTH"),
        (row(menu(custom_id=None)), "0.components.0.custom_id", "BASE_TYPE_REQUIRED"),
        (
            row({"type": 5, "custom_id": "a", "default_values": [{"id": "1", "type": "role"}]}),
            "0.components.0.default_values.0.type",
            "BASE_TYPE_CHOICES",
        ),
        (
            row({"type": 6, "custom_id": "a", "default_values": [{"id": "x", "type": "role"}]}),
            "0.components.0.default_values.0.id",
            "NUMBER_TYPE_COERCE",
        ),
        (
            row({"type": 8, "custom_id": "a", "channel_types": [99]}),
            "0.components.0.channel_types.0",
            "BASE_TYPE_CHOICES",
        ),
        (section(), "0.components", "BASE_TYPE_BAD_LENGTH"),
        (section(*[text()] * 4), "0.components", "BASE_TYPE_BAD_LENGTH"),
        (section(text(), accessory=menu()), "0.accessory", "UNION_TYPE_CHOICES"),
        ({"type": 9, "components": [text()]}, "0.accessory", "BASE_TYPE_REQUIRED"),
        ({"type": 12, "items": []}, "0.items", "BASE_TYPE_BAD_LENGTH"),
        ({"type": 12, "items": [{}]}, "0.items.0.media", "BASE_TYPE_REQUIRED"),
        (
            {"type": 13, "file": {"url": "https://x.example"}},
            "0.file.url",
            "URL_TYPE_INVALID_SCHEME",
        ),
        (
            {"type": 13, "file": {"url": "attachment://b.txt"}},
            "0.file.url",
            "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
        ),
        ({"type": 14, "spacing": 3}, "0.spacing", "BASE_TYPE_CHOICES"),
        (container(), "0.components", "BASE_TYPE_BAD_LENGTH"),
        (container(container(text())), "0.components.0", "UNION_TYPE_CHOICES"),
        (container(text(), accent_color=0x1000000), "0.accent_color", "NUMBER_TYPE_MAX"),
    ],
)
def test_each_fault_is_named_at_its_place(part, place, code):
    assert code in codes(errors([part])).get(place, [])


def test_no_two_options_have_the_same_value():
    same = [{"label": "A", "value": "1"}, {"label": "B", "value": "1"}]
    found = codes(errors([row(menu(options=same))]))
    place = "0.components.0.options.1.value"
    assert found == {place: ["SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"]}


def test_no_more_is_chosen_at_first_than_may_be():
    both = [{"label": each, "value": each, "default": True} for each in "ab"]
    assert errors([row(menu(options=both, max_values=2))]) == {}
    found = codes(errors([row(menu(options=both))]))
    assert found == {"0.components.0.options": ["SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES"]}
    people = [{"id": each, "type": "user"} for each in "12"]
    found = codes(errors([row({"type": 5, "custom_id": "a", "default_values": people})]))
    assert found == {"0.components.0.default_values": ["BASE_TYPE_BAD_LENGTH"]}


def test_a_row_holds_five_buttons_or_one_menu():
    five = [button(str(number)) for number in range(5)]
    assert errors([row(*five)]) == {}
    width = ["COMPONENT_LAYOUT_WIDTH_EXCEEDED"]
    assert codes(errors([row(menu(), button())])) == {"0.components.1": width}
    assert codes(errors([row(*five, button("6"))])) == {"0.components": ["BASE_TYPE_BAD_LENGTH"]}


def test_no_two_components_have_the_same_custom_id_wherever_they_stand():
    found = codes(errors([row(button("a")), container(section(text(), accessory=button("a")))]))
    assert found == {"1.components.0.accessory.custom_id": ["COMPONENT_CUSTOM_ID_DUPLICATED"]}
    assert codes(errors([text() | {"id": 3}, text() | {"id": 3}])) == {
        "1.id": ["COMPONENT_ID_DUPLICATED"]
    }


def test_forty_components_are_the_most_and_nested_ones_count():
    assert errors([container(*[text("x")] * 39)]) == {}
    found = codes(errors([container(*[text("x")] * 40)]))
    assert found == {"": ["COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"]}


def test_all_text_displays_together_have_four_thousand_characters():
    assert errors([text("x" * 2000), container(text("x" * 2000))]) == {}
    found = errors([text("x" * 2000), section(text("x" * 2001))])
    assert codes(found) == {"": ["COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"]}
    assert shown_length([text("abc"), container(text("de"))]) == 5


def test_without_the_flag_only_rows_stand_and_no_more_than_five():
    rows = [row(button(str(number))) for number in range(6)]
    assert errors(rows[:5], v2=False) == {}
    assert codes(errors(rows, v2=False)) == {"": ["BASE_TYPE_MAX_LENGTH"]}
    assert codes(errors([text()], v2=False)) == {"0": ["UNION_TYPE_CHOICES"]}


def test_what_is_no_list_is_refused():
    assert codes(errors({"type": 10})) == {"": ["LIST_TYPE_CONVERT"]}


def test_the_words_are_discords_own():
    (fault,) = errors([row(button(label="x" * 81))])["0"]["components"]["0"]["label"]["_errors"]
    assert fault == {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 80 or fewer in length."}
    (fault,) = errors([text()], v2=False)["0"]["_errors"]
    assert fault["message"] == 'Value of field "type" must be one of (1,).'


def test_components_get_the_numbers_that_they_lack_in_the_order_they_are_read():
    sent = [container(section(text(), accessory=button()), text() | {"id": 2}), row(button("b"))]
    given = numbered(sent)
    assert [part["id"] for _, part in walk(given)] == [1, 3, 4, 5, 2, 6, 7]
    assert [part.get("id") for _, part in walk(sent)] == [None, None, None, None, 2, None, None]
