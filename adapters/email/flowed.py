"""Undoes the soft line breaks of text that is "format=flowed" (RFC 3676)."""

_DELIMITER = "-- "  # of a signature: its blank is no soft break


def unwrapped(text: str, params: dict[str, str]) -> str:
    """The text with one line for each paragraph; unchanged if its part isn't declared flowed."""
    if params.get("format", "").lower() != "flowed":
        return text
    joint = "" if params.get("delsp", "").lower() == "yes" else " "
    done: list[str] = []
    pieces: list[str] = []
    level = 0
    for line in text.split("\n"):
        depth, bare = _depth(line)
        if pieces and (depth != level or bare == _DELIMITER):
            done.append(_quoted(level, joint.join(pieces)))
            pieces = []
        level = depth
        soft = bare.endswith(" ") and bare != _DELIMITER
        pieces.append(bare[:-1] if soft else bare)
        if not soft:
            done.append(_quoted(level, joint.join(pieces)))
            pieces = []
    return "\n".join([*done, _quoted(level, joint.join(pieces))] if pieces else done)


def _depth(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and the line without that and without its stuffed blank."""
    bare = line.lstrip(">")
    return len(line) - len(bare), bare.removeprefix(" ")


def _quoted(level: int, text: str) -> str:
    return f"{'>' * level} {text}" if level else text
