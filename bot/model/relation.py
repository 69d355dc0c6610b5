"""How tickets belong together: what another one is to a ticket."""

from enum import StrEnum


class Relation(StrEnum):
    """What the other ticket is to this one; to the other, this one is the `opposite`."""

    PARENT = "parent"  # this one is a part of it
    CHILD = "child"
    RELATED = "related"
    DUPLICATE = "duplicate"
    NONE = "none"

    @property
    def opposite(self) -> "Relation":
        """The same, seen from the other side."""
        turned = {Relation.PARENT: Relation.CHILD, Relation.CHILD: Relation.PARENT}
        return turned.get(self, self)
