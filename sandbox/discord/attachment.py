"""A file that hangs on a message, to be had from the server's own port."""

import hashlib
import mimetypes
import re
import struct
from dataclasses import dataclass

from sandbox.discord.refusal import Wire

_UNFIT = re.compile(r"[^\w.\-]+", re.ASCII)
_PNG = b"\x89PNG\r\n\x1a\n"
_MEASURED = 24  # bytes of a PNG until its width and height are told


@dataclass(slots=True, eq=False)
class Attachment:
    """A file; `channel_id` is where it stands, part of its address."""

    id: int
    channel_id: int
    name: str
    content: bytes
    kind: str = ""  # MIME type; "" if whoever sent it said nothing
    description: str | None = None
    ephemeral: bool = False

    @property
    def filename(self) -> str:
        """The name as Discord keeps it: spaces and signs become underscores."""
        return _UNFIT.sub("_", self.name).strip("_") or "unknown"

    @property
    def content_type(self) -> str | None:
        """What it holds, None if neither its sender nor its name tells."""
        return self.kind or mimetypes.guess_type(self.filename)[0]

    @property
    def path(self) -> str:
        """Where it stands on the server, without the query that signs it."""
        return f"/attachments/{self.channel_id}/{self.id}/{self.filename}"

    @property
    def signature(self) -> str:
        """The query's `hm`."""
        return hashlib.sha256(self.path.encode()).hexdigest()

    def payload(self, url: str) -> Wire:
        """Return it as messages show it; `url` is the server's."""
        address = f"{url}{self.path}?ex=7fffffff&is=5c000000&hm={self.signature}&"
        wire: Wire = {
            "id": str(self.id),
            "filename": self.filename,
            "size": len(self.content),
            "url": address,
            "proxy_url": address,
        }
        if self.filename != self.name:
            wire["title"] = self.name.rpartition(".")[0] or self.name
        if self.content_type:
            wire["content_type"] = self.content_type
        if self.description:
            wire["description"] = self.description
        if self.ephemeral:
            wire["ephemeral"] = True
        return wire | self._measures()

    def _measures(self) -> Wire:
        if not self.content.startswith(_PNG) or len(self.content) < _MEASURED:
            return {}
        width, height = struct.unpack(">II", self.content[16:_MEASURED])
        return {"width": width, "height": height}
