"""A kind no: what was asked can't be done as asked, and what is possible instead."""

from typing import Self


class Refused(Exception):  # noqa: N818 - it reads as what happened
    """Somebody asked for something impossible; they hear the text of `key`, in their language.

    A value `person` or `other` is a number, which the desk turns into a name or a reference, as it
    does with a `team`'s name.
    `about` is the number of the ticket it was asked of, where there is one; `of_many`: with others.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
        self.field = ""  # of a form: the parameter that was refused
        self.about: int | None = None
        self.of_many = False

    def at(self, field: str) -> Self:
        """The same, told at this parameter of the form."""
        self.field = field
        return self
