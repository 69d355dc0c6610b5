"""What can be made to go wrong with the local Discord, on demand."""

from sandbox.discord.channel import Channel, Thread
from sandbox.discord.doors import Doors
from sandbox.discord.gateway import Close, Gateway
from sandbox.discord.guild import Guild, Somebody
from sandbox.discord.limits import Limited, Limits
from sandbox.discord.permission import Permission
from sandbox.discord.posting import Posting
from sandbox.discord.trouble import Fault, Troubles
from sandbox.discord.world import World


class Mischief:
    """The half of the server that makes trouble for the bot.

    A route is named as "POST /channels/{channel}/messages"; "*" stands for each.
    """

    def __init__(
        self,
        world: World,
        posting: Posting,
        gateway: Gateway,
        limits: Limits,
        troubles: Troubles,
        doors: Doors,
    ) -> None:
        self.world = world
        self.gateway = gateway
        self._news = posting.news
        self._threads = posting.threads
        self._limits = limits
        self._troubles = troubles
        self._doors = doors

    def rate_limit(
        self,
        route: str,
        seconds: float = 1.0,
        times: int = 1,
        channel: Channel | None = None,
        *,
        is_global: bool = False,
    ) -> None:
        """Answer the next calls with 429 and Retry-After."""
        limited = Limited(seconds, "global" if is_global else "user")
        where = channel.id if channel else None
        self._troubles.add(route, Fault(times, where, limited=limited))

    def lose_answer(self, route: str, times: int = 1) -> None:
        """Do what is asked, but cut the connection before the answer."""
        self._troubles.add(route, Fault(times, loses=True))

    def fail(
        self, route: str, status: int, code: int = 0, times: int = 1, message: str = ""
    ) -> None:
        """Answer the next calls with a status and an error of Discord's, and do nothing."""
        fault = Fault(times, status=status, code=code, message=message or f"{status}: Failed")
        self._troubles.add(route, fault)

    def slow(self, route: str, seconds: float) -> None:
        """Let each call of a route wait; 0 ends it."""
        self._troubles.delays[route] = seconds

    def pace(self, *, on: bool = True) -> None:
        """Take 5 messages in 5 s and channel, and 50 calls a second in all."""
        self._limits.paced = on

    def reconnect(self) -> None:
        """Ask the bot to connect again and resume (op 7)."""
        self.gateway.reconnect()

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell the bot that its session counts no more (op 9)."""
        self.gateway.invalidate(resumable=resumable)

    def cut(self) -> None:
        """Break the bot's sockets without a word."""
        self.gateway.cut()

    def refuse_resume(self, *, on: bool = True) -> None:
        """Let no session be resumed: the bot has to identify again."""
        self.gateway.refusing_resume = on

    async def go_down(self) -> None:
        """Be out of reach; what is kept stays, sessions too."""
        await self._doors.shut()

    async def come_up(self) -> None:
        """Be back on the same port."""
        await self._doors.open()

    def revoke(self) -> None:
        """Let the bot's token count for nothing: sockets close with 4004, calls get 401."""
        self.world.application.revoked = True
        self.gateway.dismiss(Close.AUTHENTICATION_FAILED)

    def restore(self) -> None:
        """Let the token work again."""
        self.world.application.revoked = False

    def without_content(self) -> None:
        """Take back the grant to read messages: to identify with that intent closes with 4014."""
        self.world.application.message_content = False

    def forget_nonces(self) -> None:
        """Compare no nonce from now on, as after some minutes."""
        self.world.nonces_hold = 0.0

    def archive(self, thread: Thread, *, locked: bool = False) -> None:
        """Let a thread be archived, as after some time without a word; a locked one stays so."""
        self._threads.change(thread, archived=True, locked=locked)

    def kick(self, guild: Guild) -> None:
        """Put the bot out of a guild."""
        del guild.members[self.world.bot.id]
        self._news.tell("GUILD_DELETE", {"id": str(guild.id)})

    def close_direct(self, person: Somebody, *, on: bool = True) -> None:
        """Let somebody take no direct messages of the bot."""
        self.world.users[person.id].takes_direct = not on

    def forbid(self, guild: Guild, *permissions: Permission) -> None:
        """Take permissions from the bot's role in a guild, and from everyone."""
        gone = Permission(sum(permissions))
        for role in guild.roles.values():
            if role is guild.everyone or role.bot_id == self.world.bot.id:
                guild.change_role(role, role.permissions & ~gone)
