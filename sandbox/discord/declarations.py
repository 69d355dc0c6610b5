"""What Discord refuses in the commands that an application declares, and what it adds to them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.discord.command_names import description, localised, menu_name, slash_name
from sandbox.discord.command_options import OPTIONS, options_fit
from sandbox.discord.form_body import (
    Check,
    Place,
    Shape,
    each,
    flag,
    is_object,
    note,
    objects,
    one_of,
    shaped,
    under,
)
from sandbox.discord.refusal import Faults, Refused, Wire

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
MOST_COMMANDS: Mapping[int, int] = {SLASH: 100, USER_MENU: 15, MESSAGE_MENU: 15}
LONGEST_COMMAND = 8000  # characters of all names, descriptions and values
TOO_MANY_COMMANDS = 30032


def check_command(body: object) -> None:
    """Refuse a command that can't be declared."""
    faults = Faults()
    _check(body, "", faults)
    faults.refuse()


def check_commands(bodies: object) -> None:
    """Refuse commands that can't be declared together, as a whole set of a guild or globally."""
    faults = Faults()
    each(_check, sum(MOST_COMMANDS.values()))(bodies, "", faults)
    known: set[tuple[str, str]] = set()
    for position, body in objects(bodies):
        key = (str(body.get("type") or SLASH), str(body.get("name")))
        if key in known:
            words = "Application command names must be unique"
            note(faults, str(position), "APPLICATION_COMMANDS_DUPLICATE_NAME", words)
        known.add(key)
    faults.refuse()
    check_amounts(body for _, body in objects(bodies))


def check_amounts(bodies: Iterable[Mapping[str, Any]]) -> None:
    """Refuse more commands of a kind than may stand together in a guild, or globally."""
    kinds = Counter(kind_of(each) for each in bodies)
    for kind, often in kinds.items():
        most = MOST_COMMANDS[kind]
        if often > most:
            words = f"Maximum number of application commands reached ({most})."
            raise Refused(400, TOO_MANY_COMMANDS, words)


def kind_of(body: Mapping[str, Any]) -> int:
    """Return which kind of command it is; a slash command if it doesn't tell."""
    kind = body.get("type")
    return SLASH if kind is None else int(kind)


def declared(body: Mapping[str, Any], *, in_guild: bool) -> Wire:
    """Return a command as Discord keeps it, without its ids and its version."""
    permissions = body.get("default_member_permissions")
    wire: Wire = {
        "type": kind_of(body),
        "name": body["name"],
        "name_localizations": body.get("name_localizations"),
        "description": body.get("description") or "",
        "description_localizations": body.get("description_localizations"),
        "default_member_permissions": None if permissions is None else str(permissions),
        "nsfw": bool(body.get("nsfw")),
        "dm_permission": body.get("dm_permission") is not False,
        "contexts": None if in_guild else body.get("contexts"),
        "integration_types": [0] if in_guild else body.get("integration_types") or [0],
    }
    if body.get("options"):
        wire["options"] = body["options"]
    return wire


def size(body: Mapping[str, Any]) -> int:
    """Return how many characters of a command count; of translated texts the longest does."""
    total = sum(_longest(body, key) for key in ("name", "description"))
    for key in ("options", "choices"):
        total += sum(size(each) for _, each in objects(body.get(key)))
    return total + (len(str(body["value"])) if "value" in body else 0)


def _longest(body: Mapping[str, Any], key: str) -> int:
    translated = body.get(f"{key}_localizations")
    texts = [body.get(key), *(translated.values() if isinstance(translated, dict) else ())]
    return max((len(each) for each in texts if isinstance(each, str)), default=0)


def _check(body: object, place: Place, faults: Faults) -> None:
    if not is_object(body, place, faults):
        return
    kind = SLASH if body.get("type") is None else body["type"]
    shape = _KINDS.get(kind) if isinstance(kind, int) else None
    if shape is None or isinstance(kind, bool):
        one_of(*_KINDS)(kind, under(place, "type"), faults)
        return
    shaped(shape)(body, place, faults)
    if size(body) > LONGEST_COMMAND:
        words = f"Command exceeds maximum size ({LONGEST_COMMAND})"
        note(faults, place, "APPLICATION_COMMAND_TOO_LARGE", words)


def _undescribed(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    """A rule: commands of context menus say nothing of themselves and ask for nothing."""
    if value.get("description"):
        words = "Context menu commands cannot have description"
        spot = under(place, "description")
        note(faults, spot, "APPLICATION_COMMAND_DESCRIPTION_CANNOT_BE_SET", words)
    if value.get("options"):
        words = "Context menu commands cannot have options"
        note(faults, under(place, "options"), "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS", words)


def _permissions(value: object, place: Place, faults: Faults) -> None:
    """A set of permissions: a number, or one in a string, as which it is kept."""
    right = isinstance(value, int | str) and not isinstance(value, bool)
    if not right or not str(value).isdecimal():
        note(faults, place, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')


def _differing(value: object, place: Place, faults: Faults) -> None:
    if isinstance(value, list) and len({str(each) for each in value}) < len(value):
        note(
            faults, place, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value"
        )


def _each_once(check: Check, most: int) -> Check:
    some = each(check, most, least=1)

    def check_all(value: object, place: Place, faults: Faults) -> None:
        some(value, place, faults)
        _differing(value, place, faults)

    return check_all


_EVERY: Mapping[str, Check] = {
    "default_member_permissions": _permissions,
    "dm_permission": flag,
    "nsfw": flag,
    "integration_types": _each_once(one_of(0, 1), 2),
    "contexts": _each_once(one_of(0, 1, 2), 3),
}
_MENU = Shape(
    {**_EVERY, "name": menu_name, "name_localizations": localised(menu_name)},
    ("name",),
    (_undescribed,),
)
_KINDS: Mapping[int, Shape] = {
    SLASH: Shape(
        {
            **_EVERY,
            "name": slash_name,
            "name_localizations": localised(slash_name),
            "description": description,
            "description_localizations": localised(description),
            "options": OPTIONS,
        },
        ("name", "description"),
        (options_fit,),
    ),
    USER_MENU: _MENU,
    MESSAGE_MENU: _MENU,
}
