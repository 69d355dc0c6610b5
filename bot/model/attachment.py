"""A file kept with an entry, named by its content."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file; `digest` (SHA-256, hex) is its name on disk, the same content kept once.

    An attachment that was too large or of a refused type has `kept` False and says so to agents.
    """

    name: str
    content_type: str
    size: int  # bytes
    digest: str
    inline: bool = False
    content_id: str = ""
    kept: bool = True
    id: int = 0
