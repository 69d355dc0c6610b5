"""The one port of the local Slack: which path leads where, and how it is shut and opened again."""

from aiohttp import web

from sandbox.slack.refusal import Refused
from sandbox.slack.response_url import ResponseUrls
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.web_api import WebApi, bearer
from sandbox.slack.workspace import Workspace

_SIGN_IN = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body></body></html>"


class Doors:
    """Listens on a port of 127.0.0.1, free at first and the same after a pause."""

    def __init__(
        self, workspace: Workspace, api: WebApi, sockets: SocketMode, urls: ResponseUrls
    ) -> None:
        self._workspace = workspace
        self._api = api
        self._sockets = sockets
        self._urls = urls
        self._port = 0
        self._server = web.Server(self._answer, access_log=None)
        self._runner = web.ServerRunner(self._server, shutdown_timeout=0.1)
        self._site: web.TCPSite | None = None

    async def open(self) -> None:
        """Listen; the workspace's url says where."""
        if not self._port:
            await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await self._site.start()
        host, self._port = self._runner.addresses[0][:2]
        self._workspace.url = f"http://{host}:{self._port}"

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
        if path.startswith("/api/"):
            return await self._api.answer(path.removeprefix("/api/"), request)
        if path == "/link/":
            return await self._sockets.serve(request)
        if path.startswith(("/commands/", "/actions/", "/app/")):
            return await self._respond(path.removeprefix("/"), request)
        if path.startswith("/upload/v1/"):
            return await self._upload(path.rpartition("/")[2], request)
        if path.startswith("/files-pri/"):
            return self._download(path, request)
        return web.Response(status=404, text="not found")

    async def _respond(self, key: str, request: web.BaseRequest) -> web.Response:
        try:
            return web.json_response(self._urls.answer(key, await request.read()))
        except Refused as no:
            gone = no.error in ("no_such_url", "expired_url", "used_url")
            answer = {"ok": False, "error": no.error} | no.more
            return web.json_response(answer, status=404 if gone else 400)

    async def _upload(self, id_: str, request: web.BaseRequest) -> web.Response:
        file = self._workspace.files.get(id_)
        if file is None or file.uploaded or request.method != "POST":
            return web.Response(status=404, text="not found")
        if request.content_type == "multipart/form-data":
            parts = [
                each for each in (await request.post()).values() if isinstance(each, web.FileField)
            ]
            content = parts[0].file.read() if parts else b""
        else:
            content = await request.read()
        file.content, file.uploaded = content, True
        return web.Response(text=f"OK - {len(content)}")

    def _download(self, path: str, request: web.BaseRequest) -> web.Response:
        app = self._workspace.app
        file = self._workspace.files.get(path.split("/")[2].partition("-")[2])
        allowed = bearer(request) == app.bot_token and not app.refusing
        if not allowed or "files:read" not in app.scopes:
            # No error: who isn't let in gets the page to sign in, with 200.
            return web.Response(text=_SIGN_IN, content_type="text/html")
        if file is None:
            return web.Response(status=404, text="file not found")
        kind = file.wire("")["mimetype"]
        return web.Response(body=file.content, headers={"Content-Type": kind})
