"""The installed app: what its manifest declares, what its tokens may do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.slack.refusal import Wire

BOT_TOKEN = "xoxb-1000000000000-1000000000001-sandboxsandboxsandbox12"
APP_TOKEN = "xapp-1-A0SANDBOX1-1000000000002-sandbox"
SIGNING_SECRET = "5a4db0c5516e19a5f1a2b0c5a4db0c55"

# The scopes that let a bot hear of an event, any one of them; () needs none.
EVENT_SCOPES: Mapping[str, tuple[str, ...]] = {
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "app_mention": ("app_mentions:read",),
    "app_home_opened": (),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_created": ("channels:read",),
    "channel_archive": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_id_changed": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_left": ("groups:read",),
    "user_change": ("users:read",),
    "user_profile_changed": ("users.profile:read",),
    "team_join": ("users:read",),
    "file_shared": ("files:read",),
    "file_deleted": ("files:read",),
    "app_uninstalled": (),
    "tokens_revoked": (),
    "app_context_changed": (),
}

_FAREWELLS = ("app_uninstalled", "tokens_revoked")  # what an app hears after it was uninstalled


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut of the app's: `kind` is "global" or "message"."""

    name: str
    kind: str
    callback_id: str


@dataclass(slots=True)
class App:
    """One app in one workspace; `refusing` is the error that answers its bot token, or ""."""

    name: str
    scopes: frozenset[str]
    events: frozenset[str]
    commands: Mapping[str, Wire]
    shortcuts: tuple[Shortcut, ...]
    home_tab: bool
    messages_tab: bool
    interactive: bool
    socket_mode: bool
    request_url: str
    interactivity_url: str
    options_url: str
    id: str = "A0SANDBOX1"
    bot_token: str = BOT_TOKEN
    app_token: str = APP_TOKEN
    app_scopes: frozenset[str] = frozenset({"connections:write"})
    signing_secret: str = SIGNING_SECRET
    verification_token: str = "sandboxverification12345"
    refusing: str = ""
    app_token_refused: bool = False
    provided: str = field(init=False)

    def __post_init__(self) -> None:
        self.provided = ",".join(sorted(self.scopes))

    def hears(self, event: str) -> bool:
        """Whether an event of this kind is subscribed to, and a scope allows it."""
        if event not in self.events or (self.refusing and event not in _FAREWELLS):
            return False
        needed = EVENT_SCOPES.get(event, ())
        return not needed or any(scope in self.scopes for scope in needed)
