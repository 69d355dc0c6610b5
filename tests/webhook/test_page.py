"""docs/webhooks.md says what is really posted, and its receiver takes it."""

import json
import re
from pathlib import Path

from stage import set_stage
from webhook_receiver import SECRET

from adapters.webhook.codec import body_of, headers
from adapters.webhook.settings import key_of
from bot.bulletin import INNER
from bot.channel import Subscriber
from bot.model.entry import What
from bot.model.message import Outbound
from storage.files import Files

PAGE = Path(__file__).parents[2] / "docs" / "webhooks.md"


def block(language: str) -> str:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"))[0]


async def test_the_example_has_the_fields_that_are_posted(sqlite_store, tmp_path, clock):
    hearing = {"hook": (Subscriber("crm"),)}
    async with set_stage(sqlite_store, Files(tmp_path), clock, subscribers=hearing) as stage:
        ada, leo = stage.person("ada@example.org", "Ada Lin"), stage.person("leo@desk.example")
        await ada.says("My screen is black")
        await leo.says("/resolve IT-1 It was the cable")
        row, _ = await stage.store.read(lambda work: work.outbox.latest("hook"))
    posted = json.loads(
        body_of(Outbound(row.id, row.to, "", row.text, row.created_at), "9f2c61d0a7b4-17")
    )
    shown = json.loads(block("json"))
    assert fields(shown) == fields(posted)
    table = PAGE.read_text("utf-8")
    named = {part for each in fields(shown) for part in re.findall(r"\w+", each)}
    moments = {"opened_at", "updated_at", "first_answer_at", "resolved_at", "version"}
    assert [each for each in named - moments if not re.search(rf"\b{each}`", table)] == []


def fields(value: object, prefix: str = "") -> set[str]:
    """The names of all fields, those of people but once."""
    match value:
        case dict():
            inner = (fields(each, f"{prefix}.{name}") for name, each in value.items())
            return {f"{prefix}.{name}" for name in value}.union(*inner)
        case list():
            return set().union(*(fields(each, prefix) for each in value))
    return set()


def test_each_event_is_named_and_the_inner_ones_apart():
    outer, _, inner = (
        PAGE.read_text("utf-8").partition("### Events")[2].partition("for agents alone")
    )
    assert set(re.findall(r"`(\w+)`", outer)) == {each.value for each in What if each not in INNER}
    assert {each.value for each in INNER} <= set(re.findall(r"`(\w+)`", inner))


def test_its_lines_tell_the_desk_from_others():
    names: dict[str, object] = {}
    exec(compile(block("python"), "webhooks.md", "exec"), names)  # noqa: S102 - our own example
    body = b'{"event":"ping"}'
    signed = headers("5e5e-1", names["time"].time(), body, key_of(SECRET))
    assert names["is_the_desks"](signed, body, SECRET)
    assert not names["is_the_desks"](signed, body + b" ", SECRET)
    old = headers("5e5e-1", names["time"].time() - 900, body, key_of(SECRET))
    assert not names["is_the_desks"](old, body, SECRET)
