"""The form that somebody has open: filled in, submitted, as Discord's clients do."""

from collections.abc import Mapping
from copy import deepcopy

from sandbox.discord.choice import Choosing, answered, incomplete, start
from sandbox.discord.component_shapes import ACTION_ROW, LABEL, TEXT_DISPLAY
from sandbox.discord.components import numbered, walk
from sandbox.discord.interaction import Interaction
from sandbox.discord.refusal import Wire
from sandbox.discord.surface import FIELDS, Control, controls, found


class Form:
    """A modal before somebody's eyes; `errors` tells by label what it can't be sent with."""

    def __init__(self, interaction: Interaction, choosing: Choosing) -> None:
        modal = interaction.modal
        assert modal is not None
        self.interaction = interaction  # that it answers
        self.title = str(modal["title"])
        self.custom_id = str(modal["custom_id"])
        self.components: list[Wire] = numbered(deepcopy(modal["components"]))
        self.errors: dict[str, str] = {}
        self._choosing = choosing
        self._states = {each.custom_id: start(each) for each in self.fields}
        for each in self.fields:
            choosing.preset(each)

    @property
    def fields(self) -> list[Control]:
        """What can be filled in, from the top."""
        return [each for each in controls(self.components) if each.kind in FIELDS]

    @property
    def labels(self) -> list[str]:
        """How the fields are called, from the top."""
        return [each.label for each in self.fields]

    @property
    def words(self) -> str:
        """All that is read in it."""
        keys = ("content", "label", "description", "placeholder")
        said = [part[key] for _, part in walk(self.components) for key in keys if part.get(key)]
        return "\n".join([self.title, *map(str, said)])

    def state(self, label: str) -> object:
        """Return what a field holds: a text, a truth, a list of values."""
        state = self._states[found(self.components, label, FIELDS).custom_id]
        return state.get("value", state.get("values"))

    def fill(self, values: Mapping[str, object]) -> None:
        """Fill fields in by their labels: texts, labels of options, people, files, truths."""
        for label, value in values.items():
            control = found(self.components, label, FIELDS)
            self._states[control.custom_id] = answered(control, self._choosing, value)
            self.errors.pop(control.label, None)

    def check(self) -> bool:
        """Look at every field as a client does, and return whether it can be sent."""
        wrong = ((each, incomplete(each, self._states[each.custom_id])) for each in self.fields)
        self.errors = {each.label: why for each, why in wrong if why}
        return not self.errors

    def submission(self) -> Wire:
        """Return what is sent of it."""
        wire: Wire = {
            "custom_id": self.custom_id,
            "components": [self._told(each) for each in self.components],
        }
        chosen = [each for state in self._states.values() for each in state.get("values", ())]
        resolved = self._choosing.resolved.only(chosen)
        return wire | {"resolved": resolved} if resolved else wire

    def _told(self, part: Wire) -> Wire:
        """Return what is sent of a component: no words, only what was answered."""
        wire = {"type": part["type"], "id": part["id"]}
        if part["type"] == LABEL:
            return wire | {"component": self._told(part["component"])}
        if part["type"] == ACTION_ROW:
            return wire | {"components": [self._told(each) for each in part["components"]]}
        if part["type"] == TEXT_DISPLAY:
            return wire
        return wire | {"custom_id": part["custom_id"], **self._states[part["custom_id"]]}
