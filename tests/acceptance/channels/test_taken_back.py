"""An answer is taken back where that can be: chats say so in its place, a mail stays."""

import pytest

from bot.model.entry import What

pytestmark = pytest.mark.promise(
    "D1", channels=("discord", "email", "slack"), languages=("en", "es")
)

ANSWER = {"en": "Is the cable in?", "es": "¿Está puesto el cable?"}
REPLY = {"en": "reply", "es": "responder"}
UNDO = {"en": "undo IT-1", "es": "deshacer IT-1"}
TOOK = {"en": "{} took this message back", "es": "{} ha retirado este mensaje"}
UNDONE = {"en": "Taken back. Where {} read it", "es": "Retirada. Donde {} la leía"}
MAILED = {
    "en": "{} got it by mail, and a mail can't be called back",
    "es": "{} la recibió por correo, y un correo no se puede retirar",
}


async def test_what_chats_show_is_replaced_and_a_mail_stays(face, channel, cast, language, say):
    await face.reports(cast.asker, say.report)
    await face.gives(cast.agent, f"{REPLY[language]} IT-1 {ANSWER[language]}")
    assert ANSWER[language] in "\n".join(await face.heard(cast.asker))
    told = await face.gives(cast.agent, UNDO[language])
    read = face.reads(cast.asker)
    entries = await face.app.store.read(lambda work: work.entries.of(1))
    ticket = await face.app.store.read(lambda work: work.tickets.get(1))
    assert await face.heard(cast.asker) == []
    if channel == "email":
        assert MAILED[language].format(cast.name) in told
        assert ANSWER[language] in read
        assert entries[-1].what is What.REPLIED
        return
    assert UNDONE[language].format(cast.name) in told
    assert ANSWER[language] not in read
    assert TOOK[language].format(cast.by) in read
    assert ANSWER[language] not in face.shown(cast.agent)
    assert [each.what for each in entries[-2:]] == [What.REPLIED, What.UNSAID]
    assert ticket.first_answer_at is None
    assert await face.gives(cast.agent, UNDO[language])  # and there is nothing more of it
    assert face.reads(cast.asker) == read
