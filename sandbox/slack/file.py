"""A file of the workspace, from the announced upload to its place in messages."""

import mimetypes
from dataclasses import dataclass, field

from sandbox.slack.refusal import Wire

_TYPES = {"text/plain": "text", "image/jpeg": "jpg", "application/octet-stream": "binary"}


@dataclass(eq=False, slots=True)
class File:
    """One file; `shared` is False until its upload was completed."""

    id: str
    name: str
    user: str
    team: str
    created: int
    content: bytes = b""
    mimetype: str = ""
    title: str = ""
    alt_text: str = ""
    uploaded: bool = False
    shared: bool = False
    channels: list[str] = field(default_factory=list)
    external: bool = False  # from another workspace, by Slack Connect

    def wire(self, url: str) -> Wire:
        """Return it as files.info does; `url` is where the workspace can be reached."""
        kind = self.mimetype or mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        short = _TYPES.get(kind, kind.rpartition("/")[2])
        place = f"{url}/files-pri/{self.team}-{self.id}"
        wire: Wire = {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": kind,
            "filetype": short,
            "pretty_type": short.upper(),
            "user": self.user,
            "user_team": self.team,
            "editable": False,
            "size": len(self.content),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": False,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{place}/{self.name}",
            "url_private_download": f"{place}/download/{self.name}",
            "media_display_type": "unknown",
            "permalink": f"{url}/files/{self.user}/{self.id}/{self.name}",
            "permalink_public": f"{url}/{self.team}-{self.id}",
            "is_starred": False,
            "has_rich_preview": False,
            "file_access": "visible",
        }
        if self.alt_text:
            wire["alt_txt"] = self.alt_text
        return wire

    def in_message(self, url: str, *, connected: bool) -> Wire:
        """Return it as messages carry it: in a shared channel only files.info tells the rest."""
        if connected:
            return {"id": self.id, "mode": "file_access", "file_access": "check_file_info"}
        return self.wire(url)
