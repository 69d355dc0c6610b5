"""Somebody with an account: a person, or the bot."""

from dataclasses import dataclass

from sandbox.discord.refusal import Wire


@dataclass(slots=True, eq=False)
class User:
    """An account; `global_name` is the display name, `username` is unique."""

    id: int
    username: str
    global_name: str | None = None
    bot: bool = False
    locale: str = "en-US"  # of their client; told in interactions only
    takes_direct: bool = True  # whether the bot may send them direct messages
    avatar: str | None = None  # the hash of their picture

    @property
    def mention(self) -> str:
        """How a text mentions them."""
        return f"<@{self.id}>"

    @property
    def shown_name(self) -> str:
        """The name that others see where no nickname stands."""
        return self.global_name or self.username

    def payload(self) -> Wire:
        """Return the account as messages and members show it."""
        wire: Wire = {
            "id": str(self.id),
            "username": self.username,
            "global_name": self.global_name,
            "avatar": self.avatar,
            "avatar_decoration_data": None,
            "discriminator": "4321" if self.bot else "0",
            "public_flags": 0,
            "primary_guild": None,
            "clan": None,
            "collectibles": None,
            "display_name_styles": None,
        }
        return wire | {"bot": True} if self.bot else wire

    def own_payload(self) -> Wire:
        """Return the account as its owner reads it."""
        return self.payload() | {
            "verified": True,
            "mfa_enabled": False,
            "email": None,
            "flags": 0,
            "locale": self.locale,
            "bio": "",
            "banner": None,
            "accent_color": None,
        }


@dataclass(frozen=True, slots=True)
class Mask:
    """The name and picture that a webhook's message shows; `id` is the webhook's."""

    id: int
    username: str
    avatar: str | None = None  # the hash of the picture
    bot: bool = True

    @property
    def shown_name(self) -> str:
        """The name that others see."""
        return self.username

    @property
    def mention(self) -> str:
        """How a text would mention it; it means nobody."""
        return f"<@{self.id}>"

    def payload(self) -> Wire:
        """Return it as messages show their author."""
        return {
            "id": str(self.id),
            "username": self.username,
            "global_name": None,
            "avatar": self.avatar,
            "avatar_decoration_data": None,
            "discriminator": "0000",
            "public_flags": 0,
            "flags": 0,
            "bot": True,
            "primary_guild": None,
            "clan": None,
        }
