"""What the desk knows grows out of its work, on every channel: written, proposed, given."""

from types import SimpleNamespace

import pytest

SAY = {
    "en": SimpleNamespace(
        asks=(
            "How do I reset my voicemail PIN?",
            "I need to reset the PIN of my voicemail",
            "Voicemail asks for a PIN, how can I reset it?",
            "My voicemail PIN is wrong, please reset the PIN",
            "Forgot the voicemail PIN and must reset it",
        ),
        others=("The lamp in room 4 flickers", "We need another chair for the kitchen"),
        solution="Hold the star key for ten seconds",
        solve="resolve IT-1 Hold the star key for ten seconds",
        make="kb-from IT-1",
        publish="kb-publish KB-1",
        ideas="kb-ideas",
        idea="5 times by 3 people",
        settle="kb-link IT-3 KB-1",
        settled="4 more that ask the same",
        none="lacks an article",
        write="kb-new Reset the voicemail PIN: Hold the star key for ten seconds.",
        title="Reset the voicemail PIN",
        save="save-answer pin: Hi {name}, see {KB-1}.",
        send="canned IT-1 pin send",
        sent="see “Reset the voicemail PIN” (KB-1).",
        claim="claim IT-2",
        similar="Similar, and what solved them:",
        articles="Articles on it:\n",
    ),
    "es": SimpleNamespace(
        asks=(
            "¿Cómo cambio el PIN del buzón de voz?",
            "Necesito cambiar el PIN de mi buzón de voz",
            "El buzón de voz me pide un PIN, ¿cómo lo cambio?",
            "El PIN de mi buzón de voz está mal, hay que cambiarlo",
            "He olvidado el PIN del buzón de voz y debo cambiarlo",
        ),
        others=("La lámpara de la sala 4 parpadea", "Necesitamos otra silla en la cocina"),
        solution="Mantén pulsado el asterisco diez segundos",
        solve="resolver IT-1 Mantén pulsado el asterisco diez segundos",
        make="kb-de IT-1",
        publish="kb-publicar KB-1",
        ideas="kb-ideas",
        idea="5 veces, 3 personas",
        settle="kb-enlazar IT-3 KB-1",
        settled="4 más que preguntan lo mismo",
        none="le falta un artículo",
        write="kb-nuevo Cambiar el PIN del buzón de voz: Mantén pulsado el asterisco.",
        title="Cambiar el PIN del buzón de voz",
        save="guardar-plantilla pin: Hola, {nombre}: mira {KB-1}.",
        send="plantilla IT-1 pin enviar",
        sent="mira «Cambiar el PIN del buzón de voz» (KB-1).",
        claim="tomar IT-2",
        similar="Parecidos, y qué los resolvió:",
        articles="Artículos sobre ello:\n",
    ),
}


async def heard(face, who):
    return "\n".join(await face.heard(who))


@pytest.mark.promise("K1", channels=("discord", "email", "slack"), languages=("en", "es"))
@pytest.mark.promise("K2", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_solved_ticket_becomes_an_article_that_answers_the_next(face, cast, language):
    lines = SAY[language]
    await face.reports("bob", lines.asks[0])
    await face.gives(cast.agent, lines.solve)
    if "KB-1" not in await face.gives(cast.agent, lines.make):
        pytest.fail("no article was made")
    await face.gives(cast.agent, lines.publish)  # where a form showed it first it is already
    article = await face.app.store.read(lambda work: work.articles.get(1))
    assert lines.solution in article.text
    assert lines.asks[0] in article.text
    await face.passes(minutes=15)
    await face.reports(cast.asker, lines.asks[1])
    assert article.title in await heard(face, cast.asker)


@pytest.mark.promise("K3", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_what_people_ask_again_and_again_is_proposed_and_settled(face, cast, language):
    lines = SAY[language]
    asking = zip(("bob", "tom", "ana", "bob", "tom"), lines.asks, strict=True)
    for who, words in (("tom", lines.others[0]), ("ana", lines.others[1]), *asking):
        await face.reports(who, words)
        await face.passes(minutes=15)
    await face.passes(hours=2)
    told = await face.gives(cast.agent, lines.ideas)
    assert lines.idea in told
    assert "IT-7, IT-6, IT-5, IT-4, IT-3" in told
    await face.gives(cast.agent, lines.write)
    assert lines.settled in await face.gives(cast.agent, lines.settle)
    assert lines.none in await face.gives(cast.agent, lines.ideas)


@pytest.mark.promise("K5", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_ready_answer_bears_an_article(face, cast, language):
    lines = SAY[language]
    await face.gives(cast.agent, lines.write)
    await face.gives(cast.agent, lines.save)
    await face.reports(cast.asker, lines.others[0])
    await face.heard(cast.asker)
    await face.gives(cast.agent, lines.send)
    assert lines.sent in await heard(face, cast.asker)


@pytest.mark.promise("D4", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_who_takes_a_ticket_reads_what_solved_the_like_and_what_answers_it(
    face, cast, language
):
    lines = SAY[language]
    await face.reports("bob", lines.asks[0])
    await face.gives(cast.agent, lines.solve)
    await face.passes(minutes=15)
    await face.reports(cast.asker, lines.asks[1])
    await face.gives(cast.agent, lines.write)
    told = await face.gives(cast.agent, lines.claim)
    assert lines.similar in told
    assert lines.solution in told.partition(lines.similar)[2]
    assert lines.articles in told
    assert f"KB-1 · {lines.title}" in told
