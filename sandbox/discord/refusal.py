"""What the local Discord says no with: an HTTP status, a code of Discord's own and its words."""

from typing import Any

Wire = dict[str, Any]  # a JSON object as it goes over the wire

_UNKNOWN = {
    "Unknown Application": 10002,
    "Unknown Channel": 10003,
    "Unknown Guild": 10004,
    "Unknown Member": 10007,
    "Unknown Message": 10008,
    "Unknown Role": 10011,
    "Unknown User": 10013,
    "Unknown Emoji": 10014,
    "Unknown Webhook": 10015,
    "Unknown interaction": 10062,
    "Unknown application command": 10063,
}


class Refused(Exception):  # noqa: N818 - it reads as what happened
    """A call is refused; `errors` names each fault of a form body by its path."""

    def __init__(self, status: int, code: int, message: str, errors: Wire | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    @property
    def body(self) -> Wire:
        """The answer's body."""
        wire: Wire = {"message": self.message, "code": self.code}
        return wire | {"errors": self.errors} if self.errors else wire


class Faults:
    """What is wrong with a form body, gathered so that one refusal names it all."""

    def __init__(self) -> None:
        self.errors: Wire = {}

    def add(self, path: str, code: str, message: str) -> None:
        """Note a fault; a path is dotted, as in `embeds.0.title`."""
        place = self.errors
        for part in path.split("."):
            place = place.setdefault(part, {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def refuse(self) -> None:
        """Raise Refused if anything was noted."""
        if self.errors:
            raise Refused(400, 50035, "Invalid Form Body", self.errors)


def faulty(path: str, code: str, message: str) -> Refused:
    """Return the refusal of a form body with one fault."""
    faults = Faults()
    faults.add(path, code, message)
    return Refused(400, 50035, "Invalid Form Body", faults.errors)


def unknown(what: str) -> Refused:
    """Return the refusal of what isn't there: Channel, Message, interaction…"""
    words = f"Unknown {what}"
    return Refused(404, _UNKNOWN[words], words)


def missing_access() -> Refused:
    """Return the refusal of what the bot doesn't see."""
    return Refused(403, 50001, "Missing Access")


def missing_permissions() -> Refused:
    """Return the refusal of what the bot sees and may not do."""
    return Refused(403, 50013, "Missing Permissions")
