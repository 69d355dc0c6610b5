"""Who is in the workspace: people, guests, strangers of other workspaces, and the bot."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.slack.refusal import Wire


@dataclass(eq=False, slots=True)
class User:
    """Somebody with an id; `stranger` is a member of another workspace (Slack Connect)."""

    id: str
    team_id: str
    handle: str
    real_name: str
    email: str = ""
    locale: str = "en-US"
    tz: str = "Europe/London"
    title: str = ""
    bot_id: str = ""
    display_name: str = ""
    deleted: bool = False
    restricted: bool = False
    ultra_restricted: bool = False
    stranger: bool = False
    email_confirmed: bool = True
    admin: bool = False
    owner: bool = False  # of the workspace

    @property
    def mention(self) -> str:
        """How a text mentions them."""
        return f"<@{self.id}>"

    @property
    def shown_name(self) -> str:
        """The name that others see."""
        return self.display_name or self.real_name

    def wire(self, allows: Callable[[str], bool], now: float, *, locale: bool) -> Wire:
        """Return them as users.info does to one whose scopes `allows` tells."""
        entry: Wire = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.handle,
            "deleted": self.deleted,
            "profile": self._profile(allows),
            "is_bot": bool(self.bot_id),
            "is_app_user": False,
            "updated": 1763800000,
        }
        if self.stranger:
            entry["is_stranger"] = True
        if self.deleted:
            return entry
        entry |= self._standing() | self._clock(now)
        if locale:
            entry["locale"] = self.locale
        return entry

    def _standing(self) -> Wire:
        return {
            "color": "9f69e7",
            "real_name": self.real_name,
            "is_admin": self.admin,
            "is_owner": self.owner,
            "is_primary_owner": self.owner,
            "is_restricted": self.restricted or self.ultra_restricted,
            "is_ultra_restricted": self.ultra_restricted,
            "is_email_confirmed": self.email_confirmed and not self.bot_id,
            "who_can_share_contact_card": "EVERYONE",
        }

    def _clock(self, now: float) -> Wire:
        offset = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(self.tz)).utcoffset()
        return {
            "tz": self.tz,
            "tz_label": self.tz.rpartition("/")[2].replace("_", " ") + " Time",
            "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        }

    def _profile(self, allows: Callable[[str], bool]) -> Wire:
        face = hashlib.md5(self.id.encode(), usedforsecurity=False).hexdigest()
        first, _, last = self.real_name.partition(" ")
        profile: Wire = {
            "title": self.title,
            "phone": "",
            "skype": "",
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.display_name,
            "display_name_normalized": self.display_name,
            "fields": None,
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "avatar_hash": f"g{face[:11]}",
            "first_name": first,
            "last_name": last,
            "team": self.team_id,
        }
        for size in (24, 32, 48, 72, 192, 512):
            profile[f"image_{size}"] = f"https://avatars.slack.example/{face}?s={size}"
        if self.bot_id:
            profile |= {"bot_id": self.bot_id, "api_app_id": "A0SANDBOX1", "always_active": True}
        elif self.email and allows("users:read.email") and not self.stranger:
            profile["email"] = self.email
        return profile
