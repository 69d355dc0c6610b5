"""While an answer may be taken back: what else leaves, and what a change makes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.settings import Desk

WINDOW = timedelta(seconds=60)
UNDO = {"en": "undo IT-1", "es": "deshacer IT-1"}
TYPO = {"en": ("try saef mode", "try safe mode"), "es": ("el mdo seguro", "el modo seguro")}
SECRET = {
    "en": ("my password is hunter2zz!", "Your change holds a password"),
    "es": ("mi contraseña es hunter2zz!", "Tu cambio lleva una contraseña"),
}


@pytest.fixture
def shape():
    def with_a_window(desk: Desk) -> Desk:
        return replace(desk, undo=WINDOW)

    return with_a_window


async def test_another_report_is_acknowledged_meanwhile(face, cast, say):
    await face.reports(cast.asker, say.report)
    await face.claims(cast.agent)
    await face.heard(cast.asker)
    await face.replies(cast.agent, say.reply)
    await face.reports(cast.asker, say.other)
    assert say.other in "\n".join(await face.heard(cast.asker))
    assert say.reply not in face.reads(cast.asker)
    await face.passes(seconds=WINDOW.total_seconds())
    assert say.reply in face.reads(cast.asker)


async def test_what_is_changed_meanwhile_leaves_in_its_last_words(
    face, channel, cast, say, language
):
    typo, mended = TYPO[language]
    secret, told = SECRET[language]
    await face.reports(cast.asker, say.report)
    await face.claims(cast.agent)
    await face.replies(cast.agent, typo)
    if channel == "email":  # a mail that was sent can't be changed: who wrote it undoes it
        assert typo in await face.gives(cast.agent, UNDO[language])
        await face.replies(cast.agent, mended)
    else:
        await face.changes(cast.agent, mended)
        await face.changes(cast.agent, secret)
        assert told in face.told(cast.agent)
    await face.passes(seconds=WINDOW.total_seconds())
    read = face.reads(cast.asker)
    assert mended in read
    assert typo not in read
    assert secret not in read
