"""What is posted to a program: the body, and the headers that prove whose it is.

The signature is that of Standard Webhooks, so receivers may check it with any of its libraries.
"""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

from bot.model.message import Outbound

VERSION = 1  # of the body; grows when a field changes its meaning or goes
PING = "ping"


def body_of(message: Outbound, name: str) -> bytes:
    """A letter's data with the version and the name of this delivery, the same at every attempt."""
    return _packed({"version": VERSION, "id": name, **json.loads(message.text)})


def ping(name: str, at: float) -> bytes:
    """What is posted to see whether somebody is there; `at` in seconds since 1970."""
    moment = datetime.fromtimestamp(int(at), UTC).isoformat()
    return _packed({"version": VERSION, "id": name, "event": PING, "at": moment})


def headers(name: str, at: float, body: bytes, key: bytes) -> dict[str, str]:
    """The headers of one attempt at this moment, in seconds since 1970."""
    moment = str(int(at))
    signed = b".".join((name.encode(), moment.encode(), body))
    signature = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return {
        "content-type": "application/json",
        "user-agent": "Deskmate",
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{signature}",
    }


def _packed(facts: dict[str, object]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
