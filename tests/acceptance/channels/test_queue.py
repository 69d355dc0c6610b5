"""What waits, on every channel: narrowed by words, kept as a view, changed many at once."""

from bot.model.triage import Priority

SAID = {
    "en": ("queue urgent", "view Fire: urgent", "view fire", "each urgent: priority low"),
    "es": ("cola urgente", "vista Fuego: urgente", "vista fuego", "cada urgente: prioridad baja"),
}
WAITS = {"en": "waits since", "es": "espera desde"}


async def test_what_waits_is_narrowed_kept_and_changed_at_once(face, cast, say):
    await face.reports("bob", say.urgent)
    await face.passes(minutes=10)
    await face.reports(cast.asker, say.other)
    narrow, keep, shown, change = SAID[cast.language]
    found = await face.gives(cast.agent, narrow)
    assert "IT-1" in found
    assert WAITS[cast.language] in found
    assert "IT-2" not in found
    await face.gives(cast.agent, keep)
    assert "IT-1" in await face.gives(cast.agent, shown)
    preview = await face.gives(cast.agent, change)
    (line,) = [each for each in preview.splitlines() if "#" in each and ": " in each]
    ticket = await face.app.store.read(lambda work: work.tickets.get(1))
    assert ticket.priority is Priority.URGENT
    order = line.split(": ", 1)[1].removeprefix("/desk ").strip("`/ ")
    await face.gives(cast.agent, order)
    for number, priority in ((1, Priority.LOW), (2, Priority.NORMAL)):
        ticket = await face.app.store.read(lambda work, number=number: work.tickets.get(number))
        assert ticket.priority is priority
