"""Forms as Discord's modals, in pages where one holds too little."""

from collections.abc import Iterator
from dataclasses import replace

from adapters.discord.layout_parts import Component, text
from adapters.discord.markdown import escape, line
from adapters.discord.markdown_pieces import shortened
from adapters.discord.modal_fields import label, values
from adapters.discord.modal_origin import Origin, custom_id, opened
from bot.model.form import Form

__all__ = ["Origin", "modal", "opened", "pages", "values"]

MOST_PARTS = 5  # of a modal
_LONGEST_TITLE = 45
_LONGEST_NOTICE = 1_000


def modal(form: Form, key: str, origin: Origin) -> Component:
    """A form as the data of a modal, of at most `MOST_PARTS` parts: what doesn't fit is left out.

    `key` is a short id of its own, made of letters and digits; by it whoever opened it knows again
    what `origin` says. `pages` gives forms that fit.
    """
    parts = [*_notice(form), *map(label, form.fields)][:MOST_PARTS]
    return {
        "custom_id": custom_id(key, origin),
        "title": line(form.title, _LONGEST_TITLE) or "…",
        "components": parts or [text("…")],
    }


def pages(form: Form) -> tuple[Form, ...]:
    """The form as forms that a modal holds each, one for most; the first bears the notice.

    Discord opens no modal in answer to another: something to press must stand between two.
    """
    return tuple(_paged(form))


def _paged(form: Form) -> Iterator[Form]:
    first = MOST_PARTS - len(_notice(form))
    yield replace(form, fields=form.fields[:first])
    for begin in range(first, len(form.fields), MOST_PARTS):
        yield replace(form, fields=form.fields[begin : begin + MOST_PARTS], notice="")


def _notice(form: Form) -> list[Component]:
    said = escape(form.notice.strip())
    return [text(shortened(said, _LONGEST_NOTICE))] if said else []
