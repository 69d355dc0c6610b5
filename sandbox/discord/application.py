"""The application whose bot the local Discord knows: its name, its rights, what it was granted."""

from dataclasses import dataclass

from sandbox.discord.permission import DESK, Permission


@dataclass(slots=True)
class Application:
    """What stands in the developer portal; `permissions` are those of the bot's role."""

    name: str = "Deskmate"
    permissions: Permission = DESK
    message_content: bool = True  # the privileged intents, as switched on in the portal
    members: bool = True
    presences: bool = False
    token: str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gsandb.local-discord-bot-token"
    revoked: bool = False  # the token counts for nothing any more
    description: str = ""

    @property
    def flags(self) -> int:
        """The application's public flags: the limited grants of privileged intents."""
        content = 1 << 19 if self.message_content else 0
        members = 1 << 15 if self.members else 0
        return content | members | (1 << 13 if self.presences else 0)
