"""Tries out a settings dataclass though some values are wrong, so that all faults are told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from typing import TypeVar, get_type_hints

from bot.channel import WrongSettings
from bot.config.values import UNFIT

T = TypeVar("T")
_STAND_IN = "…"
"""Stands for a text that must be there and isn't."""


def try_out(shape: type[T], values: Mapping[str, object]) -> tuple[T | None, list[WrongSettings]]:
    """Make the dataclass of values some of which may be `UNFIT`; returns what it says against them.

    For those its defaults are taken. What it then says of them, or because of them, is left out:
    they are known to be wrong. None when it can't be made.
    """
    known = {name: _fit(value) for name, value in values.items()}
    unfit = {name for name, value in known.items() if value is UNFIT}
    hints = get_type_hints(shape)
    for each in fields(shape):  # type: ignore[arg-type]  # a `type[T]` that is a dataclass
        if each.name in unfit:
            del known[each.name]
            if each.default is MISSING and each.default_factory is MISSING:
                if hints[each.name] is not str:
                    return None, []
                known[each.name] = _STAND_IN
    try:
        return shape(**known), []
    except WrongSettings as error:
        said: Sequence[Exception] = [error]
    except ExceptionGroup as group:
        said = group.exceptions
    return None, [each for each in map(_wrong_setting, said) if not _rests_on(each, unfit)]


def _fit(value: object) -> object:
    """What can be used of a value; `UNFIT` when nothing can."""
    if isinstance(value, tuple) and UNFIT in value:
        return tuple(each for each in value if each is not UNFIT) or UNFIT
    if isinstance(value, dict) and UNFIT in value.values():
        return {key: each for key, each in value.items() if each is not UNFIT} or UNFIT
    return value


def _wrong_setting(error: Exception) -> WrongSettings:
    if not isinstance(error, WrongSettings):
        raise error  # a mistake of the dataclass' own
    return error


def _rests_on(error: WrongSettings, unfit: set[str]) -> bool:
    """Whether a fault is only there because of values that aren't known."""
    words = f"{error.problem} {error.mend}"
    return _STAND_IN in words or not unfit.isdisjoint(re.findall(r"\w+", words))
