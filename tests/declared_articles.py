"""What the commands about articles do, as tests/each_command.py declares it of each command."""

from collections.abc import Mapping
from datetime import datetime

from declared import Declared, both

from bot.model.article import Article
from bot.store import Store, Work


async def shelve(store: Store, now: datetime) -> tuple[str, str]:
    """Two fresh articles that nobody would offer for a report, by their references."""

    def add(work: Work) -> tuple[str, str]:
        said = {"text": "Wait for the stripes.", "language": "en", "at": now}
        known = [work.articles.add(Article(title=title, **said)) for title in ("Zebra", "Okapi")]
        return known[0].reference, known[1].reference

    return await store.write(add)


OF_ARTICLES: Mapping[str, Declared] = {
    "kb": Declared(both("kb", "kb"), told=both("{article} Zebra", "{article} Zebra")),
    "kb_new": Declared(
        both("kb-new Badges: Ask at the gate.", "kb-nuevo Tarjetas: Pide una en la entrada."),
        told=both("“Badges” is published", "«Tarjetas» está publicado"),
    ),
    "kb_from": Declared(
        both("kb-from {it}", "kb-de {it}"),
        told=both("KB-", "KB-"),  # a draft, or published where a form showed it first
        before=("reply {it} Turn the plug around",),
        after="open, agent",
    ),
    "kb_edit": Declared(
        both(
            "kb-edit {article} Zebra: Look left.", "kb-editar {article} Zebra: Mira a la izquierda."
        ),
        told=both("“Zebra” is published", "«Zebra» está publicado"),
    ),
    "kb_publish": Declared(
        both("kb-publish {article}", "kb-publicar {article}"),
        told=both("“Zebra” is published", "«Zebra» está publicado"),
        before=("kb-retire {article}",),
    ),
    "kb_retire": Declared(
        both("kb-retire {article}", "kb-retirar {article}"),
        told=both("Nobody is offered “Zebra”", "«Zebra» ya no se propone"),
    ),
    "kb_review": Declared(
        both("kb-review {article} in a month", "kb-revisar {article} en un mes"),
        told=both("“Zebra” still holds", "«Zebra» sigue siendo válido"),
    ),
    "kb_merge": Declared(
        both("kb-merge {article} {spare}", "kb-juntar {article} {spare}"),
        told=both("“Zebra” stands for {spare}", "«Zebra» vale desde ahora también por {spare}"),
    ),
    "kb_link": Declared(
        both("kb-link {it} {article}", "kb-enlazar {it} {article}"),
        told=both(
            "It is noted that “Zebra” answers {it}", "Queda anotado que «Zebra» vale para {it}"
        ),
    ),
    "kb_send": Declared(
        both("kb-send {it} {article}", "kb-enviar {it} {article}"),
        told=both("“Zebra” is sent", "«Zebra» va de camino"),
        after="open, agent",
        hears=both("Wait for the stripes", "Wait for the stripes"),
        outward=True,
    ),
    "kb_ideas": Declared(
        both("kb-ideas", "kb-ideas"), told=both("again and again", "una y otra vez")
    ),
    "kb_never": Declared(
        both("kb-never {it}", "kb-nunca {it}"),
        told=both("proposes no article any more", "ya no propone ningún artículo"),
    ),
    "kb_why": Declared(both("kb-why zebra", "kb-porqué zebra"), told=both("Zebra: ", "Zebra: ")),
    "faq": Declared(
        both("faq {article}", "faq {article}"),
        told=both("Wait for the stripes", "Wait for the stripes"),
        asker_told=both("Wait for the stripes", "Wait for the stripes"),
    ),
    "helped": Declared(
        both("helped {it} {article}", "sirvió {it} {article}"),
        told=both("only whoever asked can say", "solo puede decirlo quien lo preguntó"),
        asker_told=both("“Zebra” solved it", "«Zebra» lo haya resuelto"),
    ),
    "unhelped": Declared(
        both("unhelped {it} {article}", "no-sirvió {it} {article}"),
        told=both("only whoever asked can say", "solo puede decirlo quien lo preguntó"),
        asker_told=both("we offer “Zebra” less", "propondremos menos «Zebra»"),
    ),
}
