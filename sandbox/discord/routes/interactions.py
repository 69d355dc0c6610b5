"""The first answer to an interaction: a message, a promise of one, a form, choices."""

from collections.abc import Mapping

from sandbox.discord.call import Call, Reply, Route
from sandbox.discord.command_options import check_choices
from sandbox.discord.drafting import drafted, edits
from sandbox.discord.form_body import note
from sandbox.discord.interaction import Callback, Deed, Interaction
from sandbox.discord.interactions import metadata
from sandbox.discord.message import Draft, Flag, Message, Reference, Sort
from sandbox.discord.modals import check_modal
from sandbox.discord.refusal import Faults, Refused, Wire, faulty, unknown

_ACKNOWLEDGED = Refused(400, 40060, "Interaction has already been acknowledged.")
_ALLOWED: Mapping[Deed, tuple[Callback, ...]] = {
    Deed.COMMAND: (Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.MODAL),
    Deed.COMPONENT: (
        Callback.MESSAGE,
        Callback.DEFERRED_MESSAGE,
        Callback.DEFERRED_UPDATE,
        Callback.UPDATE,
        Callback.MODAL,
    ),
    Deed.AUTOCOMPLETE: (Callback.CHOICES,),
    Deed.MODAL: (
        Callback.MESSAGE,
        Callback.DEFERRED_MESSAGE,
        Callback.DEFERRED_UPDATE,
        Callback.UPDATE,
    ),
}
_OF_A_MESSAGE = (Callback.DEFERRED_UPDATE, Callback.UPDATE)
_TELLING = (Callback.MESSAGE, Callback.UPDATE)  # the answers whose message is told back
_CHAT_INPUT = 1
_ANYBODY: Wire = {"parse": ["users", "roles", "everyone"]}


async def answer(call: Call) -> Reply:
    """Answer an interaction; once, and within three seconds."""
    interaction = call.world.interactions.get(call.path["token"])
    if interaction is None or str(interaction.id) != call.path["interaction"]:
        raise unknown("interaction")
    if not interaction.good(call.world.now):
        raise unknown("interaction")
    if interaction.callback is not None:
        raise Refused(_ACKNOWLEDGED.status, _ACKNOWLEDGED.code, _ACKNOWLEDGED.message)
    body = call.object()
    callback = _callback(body, interaction)
    data = body.get("data")
    if data is not None and not isinstance(data, dict):
        words = "Only dictionaries may be used in a ModelType"
        raise faulty("data", "MODEL_TYPE_CONVERT", words)
    _follow(call, interaction, callback, data or {})
    interaction.callback = callback
    interaction.answered.set()
    if not call.flag("with_response"):
        return Reply()
    return Reply(_told(call, interaction))


def _callback(body: Wire, interaction: Interaction) -> Callback:
    kind = body.get("type")
    if kind is None:
        raise faulty("type", "BASE_TYPE_REQUIRED", "This field is required")
    allowed = _ALLOWED[interaction.deed]
    if interaction.message is None:
        allowed = tuple(each for each in allowed if each not in _OF_A_MESSAGE)
    if isinstance(kind, bool) or kind not in list(allowed):
        shown = ", ".join(str(int(each)) for each in allowed)
        raise faulty("type", "BASE_TYPE_CHOICES", f"Value must be one of {{{shown}}}.")
    return Callback(kind)


def _follow(call: Call, interaction: Interaction, callback: Callback, data: Wire) -> None:
    """Do what the application answers."""
    match callback:
        case Callback.MESSAGE:
            hidden = _hidden(data)
            channel = interaction.channel.id
            draft = drafted(call.world, channel, data, call.files, "data", ephemeral=hidden)
            interaction.reply = show(call, interaction, draft, hidden=hidden)
        case Callback.DEFERRED_MESSAGE:
            hidden = _hidden(data)
            draft = Draft(flags=Flag.LOADING)
            interaction.reply = show(call, interaction, draft, hidden=hidden)
        case Callback.DEFERRED_UPDATE:
            interaction.reply = _standing(interaction)
        case Callback.UPDATE:
            message = _standing(interaction)
            fields = edits(call.world, message, data, call.files, "data")
            call.posting.change(message, **fields)
            interaction.reply = message
        case Callback.CHOICES:
            interaction.choices = _choices(interaction, data)
        case Callback.MODAL:
            faults = Faults()
            check_modal(data, faults)
            faults.refuse()
            interaction.modal = data


def show(call: Call, interaction: Interaction, draft: Draft, *, hidden: bool) -> Message:
    """Post what answers an interaction: to its channel, or before the eyes of one person."""
    world = call.world
    draft.interaction = metadata(interaction)
    draft.allowed = unpinged(draft.allowed)
    draft.application_id = draft.webhook_id = world.application_id
    earlier = interaction.reply or interaction.message
    if earlier:
        draft.sort = Sort.REPLY
        draft.reference = Reference(earlier.channel_id, earlier.id, earlier.guild_id)
    elif interaction.data.get("type", _CHAT_INPUT) == _CHAT_INPUT:
        draft.sort = Sort.COMMAND
    else:
        draft.sort = Sort.CONTEXT_MENU
    if hidden:
        return call.posting.whisper(interaction.channel, draft, interaction.user.id)
    return call.posting.publish(interaction.channel, world.bot, draft)


def unpinged(allowed: Wire | None) -> Wire:
    """Return allowed_mentions by which whoever is answered isn't mentioned: it is the bot."""
    return (allowed or _ANYBODY) | {"replied_user": False}


def _standing(interaction: Interaction) -> Message:
    message = interaction.message
    if message is None or message.deleted:
        raise unknown("Message")
    return message


def _hidden(data: Wire) -> bool:
    flags = data.get("flags")
    return isinstance(flags, int) and bool(flags & Flag.EPHEMERAL)


def _choices(interaction: Interaction, data: Wire) -> list[Wire]:
    faults = Faults()
    if not isinstance(data.get("choices"), list):
        note(faults, "data.choices", "BASE_TYPE_REQUIRED", "This field is required")
    else:
        check_choices(data["choices"], "data.choices", faults, _focused(interaction.data)["type"])
    faults.refuse()
    return list(data["choices"])


def _focused(data: Wire) -> Wire:
    """Return the option that is being typed into."""
    for option in data["options"]:
        if option.get("focused"):
            return dict(option)
    (command,) = data["options"]  # nothing stands beside a sub-command
    return _focused(command)


def _told(call: Call, interaction: Interaction) -> Wire:
    """Return the answer's own answer, for who asked for it."""
    about: Wire = {"id": str(interaction.id), "type": int(interaction.deed)}
    assert interaction.callback is not None
    resource: Wire = {"type": int(interaction.callback)}
    if interaction.reply:
        flags = interaction.reply.flags
        about |= {
            "response_message_id": str(interaction.reply.id),
            "response_message_loading": bool(flags & Flag.LOADING),
            "response_message_ephemeral": bool(flags & Flag.EPHEMERAL),
        }
    if interaction.reply and interaction.callback in _TELLING:
        resource["message"] = call.world.shown(interaction.reply, content=True)
    return {"interaction": about, "resource": resource}


ROUTES: tuple[Route, ...] = (("POST", "/interactions/{interaction}/{token}/callback", answer),)
