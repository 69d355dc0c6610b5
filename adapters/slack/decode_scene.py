"""What must be known besides a payload to read it: who the app is, its rooms, and the people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from adapters.slack.room import ELSEWHERE, Room
from bot.model.message import Address, Speaker


@dataclass(frozen=True, slots=True)
class Scene:
    """The app in its workspace."""

    channel: str  # the desk's name for this door
    team_id: str
    bot_user: str  # the app as a member, "U…"
    bot_id: str  # the app as the author of its posts, "B…"
    app_id: str
    rooms: Mapping[str, Room]  # the support rooms by their ids
    agents_rooms: frozenset[str]
    speaker: Callable[[str], Speaker]  # by a user's id, from profiles that were loaded before

    def name(self, member: str) -> str:
        """What people call somebody; "" where that isn't known, and for a channel's or group's."""
        return self.speaker(member).name if member.startswith(("U", "W")) else ""

    def address(self, room: str, thread: str) -> Address:
        """A place in this workspace."""
        return Address(self.channel, room, thread)

    def is_inward(self, room: str) -> bool:
        """Whether only agents read there, or the app alone does: agents' plain words are notes."""
        return room in self.agents_rooms or is_direct(room)

    def listens(self, room: str) -> bool:
        """Whether what is said there is said to the desk without naming it."""
        return room in self.rooms or self.is_inward(room)

    def defaults(self, room: str) -> Room:
        """The support room's settings; for any other those that say nothing."""
        return self.rooms.get(room) or ELSEWHERE


def is_direct(room: str) -> bool:
    """Whether it is a direct message of two, by its id."""
    return room.startswith("D")
