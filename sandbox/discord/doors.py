"""The one port of the local Discord: which path leads where, and how it is shut and opened."""

from urllib.parse import unquote

from aiohttp import web

from sandbox.discord.gateway import Gateway
from sandbox.discord.rest import PREFIX, Rest
from sandbox.discord.snowflake import parsed
from sandbox.discord.world import World

_LARGEST = 128 * 1024 * 1024  # bytes of a body; the routes refuse files that are too large


class Doors:
    """Listens on a port of 127.0.0.1, free at first and the same after a pause."""

    def __init__(self, world: World, rest: Rest, gateway: Gateway) -> None:
        self._world = world
        self._rest = rest
        self._gateway = gateway
        self._port = 0
        self._server = web.Server(self._answer, access_log=None)
        self._runner = web.ServerRunner(self._server, shutdown_timeout=0.1)
        self._site: web.TCPSite | None = None

    async def open(self) -> None:
        """Listen; the world's url says where."""
        if not self._port:
            await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await self._site.start()
        host, self._port = self._runner.addresses[0][:2]
        self._world.url = f"http://{host}:{self._port}"

    async def shut(self) -> None:
        """Listen no more, and break every connection without a word."""
        if self._site:
            await self._site.stop()
            self._site = None
        for connection in self._server.connections:
            if connection.transport:
                connection.transport.abort()

    async def close(self) -> None:
        """Shut for good."""
        await self.shut()
        await self._runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if PREFIX.match(path):
            return await self._rest.answer(request.clone(client_max_size=_LARGEST))
        if path.rstrip("/") == "/gateway":
            return await self._gateway.serve(request)
        if path.startswith("/attachments/"):
            return self._download(path)
        return web.Response(status=404, text="404: Not Found")

    def _download(self, path: str) -> web.Response:
        """Give a file out to whoever knows its address."""
        parts = unquote(path).split("/")
        id_ = parsed(parts[3]) if len(parts) == 5 else None  # noqa: PLR2004 - "", where, channel…
        file = self._world.attachments.get(id_) if id_ is not None else None
        if file is None or file.path != unquote(path):
            return web.Response(status=404, text="This content is no longer available.")
        kind = file.content_type or "application/octet-stream"
        return web.Response(body=file.content, headers={"Content-Type": kind})
