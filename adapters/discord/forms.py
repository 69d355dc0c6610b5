"""The forms that people have open, and those that were refused: they can be written again."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace

from adapters.discord import layout, modal
from adapters.discord.layout_parts import Component
from adapters.discord.modal import Origin
from adapters.discord.modal_origin import custom_id
from bot.model.form import Form
from bot.model.message import Answer, Button

_MOST = 1_000  # that are remembered; of an older one its origin is known where that fits


class Forms:
    """Known by the keys under which they were opened."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[Form, Origin]] = OrderedDict()

    def shown(self, key: str, form: Form, origin: Origin) -> Component:
        """The form as a modal, remembered under this key."""
        self._keep(key, form, origin)
        return modal.modal(form, key, origin)

    def of(self, own: str) -> tuple[Form | None, Origin | None]:
        """What the custom_id of a form says, and of the button that opens it again."""
        key, packed = modal.opened(own)
        return self._known.get(key, (None, packed))

    def settled(self, own: str) -> None:
        """It was taken, and needn't be remembered."""
        self._known.pop(modal.opened(own)[0], None)

    def refused(self, answer: Answer, own: str, filled: Mapping[str, str], label: str) -> Answer:
        """The answer with what they wrote, and a button that opens the form with it again."""
        form, origin = self.of(own)
        told = layout.with_written(answer)
        if form is None or origin is None:
            return told
        fields = tuple(replace(each, value=filled.get(each.name, "")) for each in form.fields)
        key = modal.opened(own)[0]
        self._keep(key, replace(form, fields=fields), origin)
        again = Button(label, custom_id(key, origin), main=True)
        return replace(told, buttons=(again, *told.buttons))

    def _keep(self, key: str, form: Form, origin: Origin) -> None:
        self._known[key] = form, origin
        self._known.move_to_end(key)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
