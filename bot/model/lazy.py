"""Values that are worked out when they are first asked for, and kept."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - it is written as a decorator
    """As `functools.cached_property`, without the lock that this one has up to Python 3.11.

    It is one lock for all objects of a class. Whoever works a value out with it and waits for the
    database there waits for ever, if the transaction they wait for needs the lock, too.
    """

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self._work_out = work_out
        self._name = ""
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Remember under which name the value is kept; from then on it is found before this."""
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "lazy[T]": ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> "lazy[T] | T":
        """The value; worked out the first time."""
        if instance is None:
            return self
        value: T = self._work_out(instance)
        instance.__dict__[self._name] = value
        return value
