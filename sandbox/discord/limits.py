"""The limits of the REST interface: its paces, their headers, and the answer to too many calls."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.discord.refusal import Wire

_MAJOR = ("channel", "guild", "webhook", "token")
_PACES: Mapping[str, tuple[int, float]] = {  # calls, in so many seconds
    "POST /channels/{channel}/messages": (5, 5.0),
    "POST /webhooks/{webhook}/{token}": (5, 2.0),
    "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me": (1, 0.25),
}
_PLENTY = (10_000, 1.0)
_GLOBAL = (50, 1.0)


@dataclass(frozen=True, slots=True)
class Limited:
    """Too many calls: `scope` is user, shared or global; `seconds` until the next may come."""

    seconds: float
    scope: str = "user"

    @property
    def body(self) -> Wire:
        """The body of the 429."""
        return {
            "message": "You are being rate limited.",
            "retry_after": round(self.seconds, 3),
            "global": self.scope == "global",
        }

    @property
    def headers(self) -> dict[str, str]:
        """What a 429 says beside the bucket's state."""
        found = {
            "Retry-After": str(max(1, round(self.seconds + 0.499))),
            "X-RateLimit-Scope": self.scope,
            "Via": "1.1 google",
        }
        if self.scope == "global":
            return found | {"X-RateLimit-Global": "true"}
        left = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": f"{self.seconds:.3f}"}
        return found | left


@dataclass(slots=True)
class _Bucket:
    """A window that began `since`; it takes no more than its limit."""

    since: float
    used: int = 0


class Limits:
    """Counts the calls; while not `paced` there is plenty of everything."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.paced = False
        self._clock = clock
        self._buckets: dict[tuple[str, ...], _Bucket] = {}

    def take(self, route: str, path: Mapping[str, str]) -> tuple[Limited | None, dict[str, str]]:
        """Count a call; return whether it is too many, and the headers of its answer."""
        most, window = _PACES.get(route, _PLENTY) if self.paced else _PLENTY
        majors = [path[each] for each in _MAJOR if each in path]
        bucket = self._bucket((route, *majors), window)
        left = window - (self._clock() - bucket.since)
        limited = Limited(left) if bucket.used >= most else self._globally()
        if not limited:
            bucket.used += 1
        return limited, {
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(most - bucket.used),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": _named(route),
        }

    def _globally(self) -> Limited | None:
        if not self.paced:
            return None
        most, window = _GLOBAL
        bucket = self._bucket(("",), window)
        if bucket.used >= most:
            return Limited(window - (self._clock() - bucket.since), "global")
        bucket.used += 1
        return None

    def _bucket(self, key: tuple[str, ...], window: float) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.get(key)
        if bucket is None or now - bucket.since >= window:
            bucket = self._buckets[key] = _Bucket(now)
        return bucket


def _named(route: str) -> str:
    return hashlib.md5(route.encode(), usedforsecurity=False).hexdigest()
