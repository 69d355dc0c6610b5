"""The first answer by mail: at once, by name, with a reference, and nothing that it shouldn't show."""

import pytest
async def test_x(stage, ana, sara):
    await ana.writes("Hola, no me conecta la VPN desde esta mañana. ¡Es urgente!", subject="La VPN no conecta")
    m = await ana.reads()
    print(m.message)
    for x in await sara.catches_up(): print(x.subject, x.words)
