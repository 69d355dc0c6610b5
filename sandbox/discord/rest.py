"""The REST interface: reads a call, looks at its token and limits, and answers as Discord does."""

import asyncio
import hmac
import json
import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, MultipartReader, web

from sandbox.discord.call import Call, Reply, Route, Upload
from sandbox.discord.limits import Limits
from sandbox.discord.posting import Posting
from sandbox.discord.refusal import Refused, Wire
from sandbox.discord.trouble import Fault, Troubles
from sandbox.discord.world import World

PREFIX = re.compile(r"/api(/v10)?(?=/)")
_REMEMBERED = 20_000  # calls
_NAME = re.compile(r"\{(\w+)\}")
_FILE = re.compile(r"files?\[(\d+)\]|file")
_UNAUTHORIZED = Refused(401, 0, "401: Unauthorized")


@dataclass(frozen=True, slots=True)
class Called:
    """A call that came in, and the status it was answered with."""

    method: str
    route: str  # as in "POST /channels/{channel}/messages", "" if there is none such
    path: str
    body: Any
    status: int


@dataclass(frozen=True, slots=True)
class _Path:
    name: str
    method: str
    pattern: re.Pattern[str]
    route: Route


class Rest:
    """Answers `/api/v10/…`; `calls` remembers the latest calls, oldest first."""

    def __init__(self, world: World, posting: Posting, limits: Limits, troubles: Troubles) -> None:
        self.calls: deque[Called] = deque(maxlen=_REMEMBERED)
        self.busy = 0  # calls under way
        self._world = world
        self._posting = posting
        self._limits = limits
        self._troubles = troubles
        self._paths: list[_Path] = []

    def serve(self, routes: Iterable[Route]) -> None:
        """Answer these routes too; the most literal path that fits is taken.

        `{application}` fits the application's own id alone.
        """
        self._paths += [self._path(each) for each in routes]
        self._paths.sort(key=lambda each: each.pattern.groups)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one call."""
        self.busy += 1
        try:
            return await self._answer(request)
        finally:
            self.busy -= 1

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path = PREFIX.sub("", request.path, count=1)
        try:
            found, values = self._found(request.method, path)
            body, files = await _body(request)
        except Refused as no:
            return self._reply(request, "", None, Reply(no.body, no.status), {})
        await asyncio.sleep(self._troubles.delay(found.name))
        fault = self._troubles.meet(found.name, values)
        limited, headers = self._limits.take(found.name, values)
        limited = fault.limited if fault and fault.limited else limited
        if limited:
            headers |= limited.headers
            return self._reply(request, found.name, body, Reply(limited.body, 429), headers)
        if fault and not fault.loses:
            return self._reply(request, found.name, body, _failed(fault), headers)
        call = Call(
            method=request.method,
            route=found.route[1],
            path=values,
            query=dict(request.query),
            body=body,
            files=files,
            token=self._token_holds(request),
            world=self._world,
            posting=self._posting,
        )
        reply = await self._run(found.route, call)
        response = self._reply(request, found.name, body, reply, headers)
        if fault and request.transport:
            request.transport.abort()
        return response

    async def _run(self, route: Route, call: Call) -> Reply:
        try:
            if not call.token and "{token}" not in call.route:
                raise _UNAUTHORIZED
            return await route[2](call)
        except Refused as no:
            return Reply(no.body, no.status)

    def _found(self, method: str, path: str) -> tuple[_Path, dict[str, str]]:
        other = False
        for each in self._paths:
            fits = each.pattern.fullmatch(path)
            if fits and each.method == method:
                return each, fits.groupdict()
            other = other or bool(fits)
        if other:
            raise Refused(405, 0, "405: Method Not Allowed")
        raise Refused(404, 0, "404: Not Found")

    def _path(self, route: Route) -> _Path:
        method, template, _ = route
        own = template.replace("{application}", str(self._world.application_id))
        pattern = _NAME.sub(r"(?P<\1>[^/]+)", own)
        return _Path(f"{method} {template}", method, re.compile(pattern), route)

    def _token_holds(self, request: web.BaseRequest) -> bool:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        application = self._world.application
        same = hmac.compare_digest(token.strip().encode(), application.token.encode())
        return kind == "Bot" and same and not application.revoked

    def _reply(
        self,
        request: web.BaseRequest,
        name: str,
        body: Any,
        reply: Reply,
        headers: Mapping[str, str],
    ) -> web.Response:
        path = PREFIX.sub("", request.path, count=1)
        self.calls.append(Called(request.method, name, path, body, reply.code))
        told = {**headers, **reply.headers}
        if reply.body is None:
            return web.Response(status=reply.code, headers=told)
        # Exactly this type: with a charset, clients take it for text.
        told["Content-Type"] = "application/json"
        return web.Response(body=json.dumps(reply.body).encode(), status=reply.code, headers=told)


def _failed(fault: Fault) -> Reply:
    if fault.status >= 500 and not fault.code:  # noqa: PLR2004 - HTTP's own
        return Reply({"message": f"{fault.status}: Server Error", "code": 0}, fault.status)
    return Reply(Refused(fault.status, fault.code, fault.message).body, fault.status)


async def _body(request: web.BaseRequest) -> tuple[Any, dict[int, Upload]]:
    """Return the JSON body, and the files that came with it."""
    if not request.can_read_body:
        return None, {}
    if request.content_type == "application/json":
        return _of_json(await request.read()), {}
    if request.content_type == "multipart/form-data":
        return await _of_parts(await request.multipart())
    return None, {}


async def _of_parts(reader: MultipartReader) -> tuple[Any, dict[int, Upload]]:
    body: Any = None
    loose: Wire = {}
    files: dict[int, Upload] = {}
    async for part in reader:
        if not isinstance(part, BodyPartReader):
            continue
        name, content = part.name or "", bytes(await part.read(decode=True))
        fits = _FILE.fullmatch(name)
        if name == "payload_json":
            body = _of_json(content)
        elif fits and part.filename is not None:
            kind = part.headers.get("Content-Type", "")
            kind = "" if kind == "application/octet-stream" else kind
            files[int(fits[1] or 0)] = Upload(part.filename, content, kind)
        else:
            loose[name] = content.decode(errors="replace")
    return (loose or None) if body is None else body, files


def _of_json(raw: bytes) -> Any:
    if not raw:
        return None
    try:
        return json.loads(raw)
    except ValueError:
        raise Refused(400, 50109, "The request body contains invalid JSON.") from None
