"""Forms as Discord's modals."""

from adapters.discord.layout_parts import Component, text
from adapters.discord.markdown import escape, line
from adapters.discord.markdown_pieces import shortened
from adapters.discord.modal_fields import label, values
from adapters.discord.modal_origin import Origin, custom_id, opened
from bot.model.form import Form

__all__ = ["Origin", "modal", "opened", "values"]

MOST_PARTS = 5  # of a modal
_LONGEST_TITLE = 45
_LONGEST_NOTICE = 1_000


def modal(form: Form, key: str, origin: Origin) -> Component:
    """A form as the data of a modal, of at most `MOST_PARTS` parts: no command needs more.

    `key` is a short id of its own, made of letters and digits; by it whoever opened it knows again
    what `origin` says.
    """
    parts = [*_notice(form), *map(label, form.fields)][:MOST_PARTS]
    return {
        "custom_id": custom_id(key, origin),
        "title": line(form.title, _LONGEST_TITLE) or "…",
        "components": parts or [text("…")],
    }


def _notice(form: Form) -> list[Component]:
    said = escape(form.notice.strip())
    return [text(shortened(said, _LONGEST_NOTICE))] if said else []
