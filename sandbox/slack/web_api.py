"""The Web API: reads a call, looks at its token and scopes, and answers as Slack does."""

import asyncio
import hmac
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.slack.app import App
from sandbox.slack.call import Call
from sandbox.slack.methods import METHODS, Method
from sandbox.slack.posting import Posting
from sandbox.slack.refusal import Refused, Wire
from sandbox.slack.trouble import Fault, Troubles
from sandbox.slack.workspace import Workspace

_REMEMBERED = 20_000  # calls
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class Called:
    """A call that came in: what was asked, and the error it was answered with, "" if none."""

    method: str
    args: Mapping[str, Any]
    error: str


class WebApi:
    """Answers `/api/<method>`; `calls` remembers the latest calls, oldest first."""

    def __init__(self, workspace: Workspace, posting: Posting, troubles: Troubles) -> None:
        self.calls: deque[Called] = deque(maxlen=_REMEMBERED)
        self._workspace = workspace
        self._posting = posting
        self._troubles = troubles

    async def answer(self, name: str, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one call."""
        try:
            args = await _arguments(request)
        except Refused as no:
            return self._reply(name, {}, _refusal(no))
        token = _token(request, args)
        if self._troubles.delays:
            await asyncio.sleep(self._troubles.delays.get(name, 0))
        fault = self._troubles.meet(name, args)
        if fault and not fault.loses:
            return self._faulty(name, args, fault)
        try:
            answer = {"ok": True} | self._run(name, args, token)
        except Refused as no:
            answer = _refusal(no)
        reply = self._reply(name, args, answer)
        if fault and request.transport:
            request.transport.abort()
        return reply

    def _run(self, name: str, args: Wire, token: str) -> Wire:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        _admit(self._workspace.app, method, token)
        return method.run(Call(name, args, self._workspace, self._posting))

    def _reply(self, name: str, args: Wire, answer: Wire) -> web.Response:
        self.calls.append(Called(name, args, answer.get("error", "")))
        headers = {"x-oauth-scopes": self._workspace.app.provided}
        method = METHODS.get(name)
        if method and method.scopes:
            headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
        return _json(answer, headers)

    def _faulty(self, name: str, args: Wire, fault: Fault) -> web.Response:
        error = fault.error or ("ratelimited" if fault.retry_after else f"status {fault.status}")
        self.calls.append(Called(name, args, error))
        if fault.retry_after:
            headers = {"Retry-After": str(fault.retry_after)}
            return _json({"ok": False, "error": "ratelimited"}, headers, 429)
        if fault.status:
            return web.Response(status=fault.status, text="upstream connect error")
        return _json({"ok": False, "error": fault.error} | fault.more, {})


def bearer(request: web.BaseRequest) -> str:
    """Return the token in a request's header, or ""."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.casefold() == "bearer" else ""


def _admit(app: App, method: Method, token: str) -> None:
    if not token:
        raise Refused("not_authed")
    if hmac.compare_digest(token.encode(), app.app_token.encode()):
        if app.app_token_refused:
            raise Refused("invalid_auth")
        if not method.app_token:
            raise Refused("not_allowed_token_type")
        scopes, provided = app.app_scopes, ",".join(sorted(app.app_scopes))
    elif hmac.compare_digest(token.encode(), app.bot_token.encode()):
        if app.refusing:
            raise Refused(app.refusing)
        if method.app_token:
            raise Refused("not_allowed_token_type")
        scopes, provided = app.scopes, app.provided
    else:
        raise Refused("invalid_auth")
    if method.scopes and scopes.isdisjoint(method.scopes):
        raise Refused("missing_scope", needed=",".join(method.scopes), provided=provided)


async def _arguments(request: web.BaseRequest) -> Wire:
    """Return the arguments of a call, from its query and its body."""
    args: Wire = dict(request.query) if request.query_string else {}
    if request.method not in ("GET", "POST"):
        raise Refused("invalid_arguments")
    if request.method == "GET" or not request.can_read_body:
        return args
    if request.content_type == "application/json":
        return args | _of_json(await request.read())
    if request.content_type in _FORMS:
        form = await request.post()
        return args | {key: value for key, value in form.items() if isinstance(value, str)}
    if "Content-Type" not in request.headers:
        raise Refused("missing_post_type")
    if request.content_type == "text/plain":
        return args
    raise Refused("invalid_post_type")


def _of_json(raw: bytes) -> Wire:
    try:
        body = json.loads(raw)
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(body, dict):
        raise Refused("json_not_object")
    body.pop("token", None)  # with JSON only the header is looked at
    return body


def _token(request: web.BaseRequest, args: Wire) -> str:
    own = str(args.pop("token", ""))
    return bearer(request) or own


def _refusal(no: Refused) -> Wire:
    return {"ok": False, "error": no.error} | no.more


def _json(answer: Wire, headers: dict[str, str], status: int = 200) -> web.Response:
    return web.Response(
        body=json.dumps(answer).encode(),
        status=status,
        headers={"Content-Type": "application/json; charset=utf-8", **headers},
    )
