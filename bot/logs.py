"""The log: readable on a terminal, JSON elsewhere, and never a message's words or a secret.

Only this program's own loggers follow the chosen level. Libraries speak from warnings up: at
DEBUG they write passwords and whole mails.
"""

import logging
import re
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, TextIO

import structlog
from structlog.typing import Processor

from bot.config import LogSettings

OURS = ("bot", "adapters", "storage", "sandbox")
HIDDEN = "[hidden]"
_SHORTEST = 4  # characters; a shorter secret would blot out ordinary words

Event = MutableMapping[str, Any]


def set_up(settings: LogSettings, stream: TextIO, secrets: Collection[str] = ()) -> None:
    """Send every log line to the stream; `secrets` are values that must never stand in one."""
    as_json = settings.format == "json" or (settings.format == "auto" and not stream.isatty())
    before = _before(as_json=as_json)
    meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    after = [meta, redaction(secrets), _renderer(stream, as_json=as_json)]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=after, foreign_pre_chain=before)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(settings.level.upper())


def secrets_in(settings: object) -> Iterator[str]:
    """Every secret in a channel's settings: what its dataclasses keep out of `repr`."""
    if isinstance(settings, (tuple, list)):
        for each in settings:
            yield from secrets_in(each)
    elif is_dataclass(settings):
        for each in fields(settings):
            value = getattr(settings, each.name)
            if each.repr:
                yield from secrets_in(value)
            elif isinstance(value, str):
                yield value


def redaction(secrets: Collection[str] = ()) -> Callable[[Any, str, Event], Event]:
    """A structlog step that hides secrets and the words of messages, by name and by look."""
    known = [re.escape(each) for each in sorted(secrets, key=len, reverse=True)]
    known = [each for each in known if len(each) >= _SHORTEST]
    hidden = re.compile("|".join(known)) if known else None

    def clean(value: object) -> object:
        if value is None or isinstance(value, (bool, int, float, date)):
            return value
        if isinstance(value, Mapping):
            return {str(key): _by_name(str(key), clean(each)) for key, each in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [clean(each) for each in value]
        words = _words(value)
        if hidden:
            words = hidden.sub(HIDDEN, words)
        for look, instead in _LOOKS:
            words = look.sub(instead, words)
        return words

    def step(_logger: Any, _method: str, event: Event) -> Event:
        return {key: _by_name(key, clean(value)) for key, value in event.items()}

    return step


def _before(*, as_json: bool) -> list[Processor]:
    """What every line goes through, ours and the libraries'."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso" if as_json else "%H:%M:%S", utc=as_json),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]


def _words(value: object) -> str:
    """What may be told of a value: of anything but words and errors, what kind of thing it is."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    return f"<{type(value).__name__}>"


def _by_name(name: str, value: object) -> object:
    return HIDDEN if value and _PRIVATE.search(name) else value


def _renderer(stream: TextIO, *, as_json: bool) -> Processor:
    if as_json:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=stream.isatty(),
        exception_formatter=structlog.dev.plain_traceback,  # the pretty one shows variables
    )


_PRIVATE = re.compile(
    r"(?i)(^|_)(password|passwd|secret|token|authorization|cookie|credentials?|"
    r"text|full_text|body|raw|content|words|greeting|subject)$"
)
# How a mend begins, which may follow such a word: "it gave no token: correct oauth.token_url".
_MENDS = (
    "add|bring|check|chmod|copy|correct|create|end|give|install|invite|keep|let|look|make|mend|name|"
    "nothing|open|paste|press|put|report|restore|run|save|see|send|set|start|take|try|turn|use|wait|write"
)
_NAME = r"[\w-]*(?:password|passwd|secret|token)"
_LOOKS = (
    (re.compile(r"(?s)\[parameters: .*?\](?=\n|$)"), f"[parameters: {HIDDEN}]"),
    (  # PostgreSQL shows the row it refuses
        re.compile(
            r"(?s)\bDETAIL: .*?"
            r"(?=\n(?:HINT|CONTEXT|QUERY|The above exc|During handling|Traceback)|\[SQL: |\Z)"
        ),
        f"DETAIL: {HIDDEN}",
    ),
    (re.compile(r"(://[^\s/:@]*:)[^\s/@]+(?=@)"), rf"\1{HIDDEN}"),
    (  # what follows the name of a way to sign in, unless it is a word: "Basic authentication"
        re.compile(
            r"\b((?i:bearer|basic|plain|xoauth2|login)) "
            r"(?=\S*[0-9=+]|\S+[A-Z])[A-Za-z0-9+/=_.~-]{12,}"
        ),
        rf"\1 {HIDDEN}",
    ),
    (re.compile(r"\b(xox[abeprs]-|xapp-|gh[opsu]_)[A-Za-z0-9-]{8,}"), HIDDEN),
    (  # {"token": "…"}, password='…'
        re.compile(rf"(?is)\b({_NAME}['\"]?\s*[=:]\s*)(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')"),
        rf"\1{HIDDEN}",
    ),
    (re.compile(rf"(?i)\b({_NAME}=)(?!\[hidden\])[^\s,;&]+"), rf"\1{HIDDEN}"),
    (
        re.compile(
            rf"(?i)\b({_NAME}['\"]?(?:\s+=\s*|\s*:\s*))"
            rf"(?!\[hidden\]|(?-i:{_MENDS}):? +\S)[^\s,;&]+"
        ),
        rf"\1{HIDDEN}",
    ),
)
