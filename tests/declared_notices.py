"""What the commands about planned works do, as tests/each_command.py declares each command."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from declared import Declared, both

from bot.model.notice import Affected, Notice, Said, Scope, Stage
from bot.store import Store, Work


async def plan(store: Store, now: datetime) -> str:
    """A work that goes on and affects nobody who speaks here, by its reference."""
    notice = Notice(
        said={"en": Said("Zebra"), "es": Said("Cebra")},
        starts_at=now,
        ends_at=now + timedelta(days=3),
        affected=(Affected(Scope.TAG, "okapi"),),
        by=None,
        at=now,
        stage=Stage.STARTED,
    )

    def add(work: Work) -> str:
        return work.notices.add(notice).reference

    return await store.write(add)


OF_NOTICES: Mapping[str, Declared] = {
    "maintenance": Declared(
        both(
            "maintenance tomorrow 20:00, 2 h, #okapi: Zebra",
            "mantenimiento mañana 20:00, 2 h, #okapi: Cebra",
        ),
        told=both("Announced as N-", "Anunciado como N-"),
    ),
    "notice_extend": Declared(
        both("notice-extend {notice} 2 h", "aviso-alargar {notice} 2 h"),
        told=both("{notice}, now: ", "{notice}, ahora: "),
    ),
    "notice_move": Declared(
        both("notice-move {notice} tomorrow 20:00, 5 days", "aviso-mover {notice} mañana, 5 días"),
        told=both("{notice}, now: ", "{notice}, ahora: "),
    ),
    "notice_words": Declared(
        both("notice-words {notice} en: Okapi", "aviso-texto {notice} es: Ocapi"),
        told=both("{notice} says now: Okapi", "{notice} dice ahora: Ocapi"),
    ),
    "notice_finish": Declared(
        both("notice-finish {notice}", "aviso-acabar {notice}"),
        told=both("{notice} is finished", "{notice} ha terminado"),
    ),
    "notice_cancel": Declared(
        both("notice-cancel {notice}", "aviso-anular {notice}"),
        told=both("{notice} is stopped", "{notice} se para"),
    ),
    "notice_link": Declared(
        both("notice-link {notice} {it}", "aviso-enlazar {notice} {it}"),
        told=both("{it} is about {notice}: Zebra", "{it} va de {notice}: Cebra"),
    ),
    "notices": Declared(
        both("notices", "avisos"),
        told=both("What is planned,", "Lo que está previsto,"),
        asker_told=both("Nothing is planned that affects you", "No hay ningún trabajo previsto"),
    ),
}
