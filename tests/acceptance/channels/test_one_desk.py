"""The same desk on every channel: what people say and do leaves the same in the book."""

from textwrap import dedent
from types import SimpleNamespace

import pytest
from channel_book import told
from channel_face import Cast

from adapters import CHANNELS
from bot.channel import HearsEntries
from bot.doors import door

GUIDE = ("guide.pdf", b"%PDF-1.7 a guide")
LOG = ("log.pdf", b"%PDF-1.7 a log")


def test_each_channel_has_a_face(faces):
    heard = {name for name in CHANNELS if issubclass(door(name).settings, HearsEntries)}
    assert faces.keys() == CHANNELS.keys() - heard  # programs, who never write


@pytest.mark.promise("D1", channels=("discord", "email", "slack"), languages=("en", "es"))
@pytest.mark.promise("A1", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_request_from_its_first_words_to_the_thanks(face, book_url, cast, say, line):
    await face.reports(cast.asker, say.report)
    (acknowledged,) = await face.heard(cast.asker)
    assert [each for each in (cast.first, say.report, "IT-1") if each not in acknowledged] == []
    await face.says(cast.asker, say.more, (LOG,))
    await face.claims(cast.agent)
    await face.notes(cast.agent, say.note)
    await face.replies(cast.agent, say.reply, files=(GUIDE,))
    said = "\n".join(await face.heard(cast.asker))
    assert [each for each in (cast.by, say.reply, "IT-1") if each not in said] == []
    await face.gives(cast.agent, line["ask"])
    await face.says(cast.asker, say.left)
    await face.gives(cast.agent, line["hold"])
    await face.passes(hours=3)
    await face.gives(cast.agent, line["resolve"])
    said = "\n".join(await face.heard(cast.asker))
    assert [each for each in (cast.by, say.which, say.solution, "IT-1") if each not in said] == []
    await face.says(cast.asker, say.again)
    assert say.opened_again in "\n".join(await face.heard(cast.asker))
    await face.gives(cast.agent, line["resolve"])
    await face.says(cast.asker, say.thanks)
    assert say.note not in "\n".join(await face.heard(cast.asker))
    assert await told(face.app.store, book_url) == _left_by_a_request(cast, say)


@pytest.mark.promise("D1", channels=("discord", "email", "slack"), languages=("en", "es"))
@pytest.mark.promise("R5", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_an_agents_day_in_commands(face, book_url, cast, say, line):
    await face.reports("bob", say.marks)
    await face.passes(minutes=10)
    await face.reports(cast.asker, say.other)
    await face.heard(cast.asker)
    await face.gives(cast.agent, line["new"])
    told_to_agent = await face.gives(cast.agent, line["log"].format(face.called(cast.asker)))
    assert [each for each in ("IT-4", cast.name) if each not in told_to_agent] == []
    (logged,) = await face.heard(cast.asker)
    assert [each for each in (cast.by, say.rang, "IT-4") if each not in logged] == []
    day = ("claim", "release", "assign", "priority", "kind", "watch", "resolve", "reopen", "merge")
    for each in (*day, "close"):
        await face.gives(cast.agent, line[each].format(face.called(cast.asker)))
    assert say.misread in await face.gives(cast.agent, line["wrong"])
    assert say.unseen in await face.gives(cast.agent, line["unknown"])
    assert "IT-3" in await face.gives(cast.agent, line["queue"])
    assert cast.colleague in await face.gives(cast.agent, line["history"])
    assert await told(face.app.store, book_url) == _left_by_a_day(cast, say)


@pytest.mark.promise("A3", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_person_is_one_answer_away_and_the_agents_see_it_at_once(face, cast, say, line):
    await face.reports(cast.asker, say.report)
    (acknowledged,) = await face.heard(cast.asker)
    assert say.person in acknowledged
    waiting = await face.gives(cast.agent, line["queue"])
    assert [each for each in ("IT-1", cast.name) if each not in waiting] == []
    await face.gives(cast.agent, line["resolve"])
    assert say.person_then in "\n".join(await face.heard(cast.asker))


@pytest.mark.promise("D5", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_second_claim_is_refused_politely_with_the_name(face, book_url, cast, say, line):
    await face.reports(cast.asker, say.report)
    await face.claims(cast.other_agent)
    assert say.has_it in await face.gives(cast.agent, line["claim"])
    assert await told(face.app.store, book_url) == dedent(f"""\
        IT-1 incident normal open, {cast.name}'s: {say.report}
          in {cast.language}, with {cast.colleague}
          {cast.name} opened
          {cast.name} said “{say.report}”
          {cast.colleague} claimed
        {cast.name}: ticket IT-1
        {cast.colleague}: carried out
        {cast.by}: carried out because refused.claimed""")


@pytest.mark.promise("A8", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_secret_is_hidden_wherever_it_is_said(face, book_url, cast, say, line):
    await face.reports(cast.asker, say.secret.format("Girasol-4711"))
    await face.says(cast.asker, say.secret.format("Girasol-4712"))
    said = await face.heard(cast.asker)
    assert [say.hidden in each for each in said] == [True, True]
    assert "Girasol" not in "\n".join([*said, await face.gives(cast.agent, line["history"])])
    words = say.secret.format("⟦password⟧")
    assert await told(face.app.store, book_url) == dedent(f"""\
        IT-1 incident normal new, {cast.name}'s: {words}
          in {cast.language}, with nobody
          {cast.name} opened
          {cast.name} said “{words}” (masked:password)
          {cast.name} said “{words}” (masked:password)
        {cast.name}: ticket IT-1
        {cast.name}: reply IT-1
        {cast.by}: carried out""")


@pytest.mark.promise("R9", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_mere_hello_joins_what_follows(face, book_url, cast, say):
    await face.reports(cast.asker, say.hello)
    (greeted,) = await face.heard(cast.asker)
    assert cast.first in greeted
    await face.says(cast.asker, say.report)
    (acknowledged,) = await face.heard(cast.asker)
    assert [each for each in (say.report, "IT-1") if each not in acknowledged] == []
    assert await told(face.app.store, book_url) == dedent(f"""\
        IT-1 incident normal new, {cast.name}'s: {say.report}
          in {cast.language}, with nobody
          {cast.name} opened
          {cast.name} said “{say.report}”
          {cast.name} said “{say.hello}” (greeting)
        {cast.name}: reply IT-1
        {cast.name}: ticket IT-1""")


@pytest.mark.promise("A5", channels=("discord", "email", "slack"), languages=("en", "es"))
@pytest.mark.promise("V4", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_urgent_and_upset_words_are_heard(face, book_url, cast, say):
    await face.reports(cast.asker, say.urgent)
    await face.passes(minutes=10)
    await face.reports(cast.asker, say.upset)
    assert await told(face.app.store, book_url) == dedent(f"""\
        IT-1 incident urgent new, {cast.name}'s: {say.urgent}
          in {cast.language}, with nobody
          {cast.name} opened
          {cast.name} said “{say.urgent}”
        IT-2 incident normal new upset, {cast.name}'s: {say.upset}
          in {cast.language}, with nobody
          {cast.name} opened
          {cast.name} said “{say.upset}”
        {cast.name}: ticket IT-1
        {cast.name}: ticket IT-2""")


@pytest.mark.promise("R8", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_who_chooses_a_language_is_written_to_in_it(face, book_url, cast, say, line):
    await face.reports(cast.asker, say.report)
    assert say.stands in await face.gives(cast.asker, line["status"])
    assert say.chosen in await face.gives(cast.asker, line["language"])
    await face.heard(cast.asker)
    await face.gives(cast.agent, line["resolve"])
    (solved,) = await face.heard(cast.asker)
    spoken = {"en": "lo ha dado por resuelto", "es": "marked this as solved"}
    assert spoken[cast.language] in solved
    assert await told(face.app.store, book_url) == dedent(f"""\
        IT-1 incident normal resolved, {cast.name}'s: {say.report}
          in {cast.language}, with nobody
          {cast.name} opened
          {cast.name} said “{say.report}”
          {cast.by} resolved “{say.solution}”
        {cast.name} chose {say.other_language}
        {cast.name}: ticket IT-1
        {cast.name}: command
        {cast.name}: command
        {cast.by}: carried out""")


async def test_what_comes_back_long_after_follows_what_was_closed(face, book_url, cast, say, line):
    await face.reports(cast.asker, say.report)
    await face.gives(cast.agent, line["resolve"])
    await face.passes(days=5)
    assert await face.heard(cast.asker)  # it is closed soon
    await face.passes(days=15)
    await face.heard(cast.asker)
    await face.says(cast.asker, say.report)
    (acknowledged,) = await face.heard(cast.asker)
    assert [each for each in ("IT-1", "IT-2", cast.first) if each not in acknowledged] == []
    assert await told(face.app.store, book_url) == dedent(f"""\
        IT-1 incident normal closed, {cast.name}'s: {say.report}
          in {cast.language}, with nobody
          {cast.name} opened
          {cast.name} said “{say.report}”
          {cast.by} resolved “{say.solution}”
          nobody closing for 1 day, 0:00:00
          nobody closed
        IT-2 incident normal new, {cast.name}'s: {say.report}
          in {cast.language}, with nobody, follows IT-1
          {cast.name} opened
          {cast.name} said “{say.report}”
        {cast.name}: ticket IT-1
        {cast.by}: carried out
        {cast.name}: ticket IT-2""")


async def test_signs_that_mean_something_elsewhere_are_kept_as_they_were_typed(
    face, book_url, cast, say
):
    await face.reports(cast.asker, say.marks)
    await face.replies(cast.agent, say.marks)
    kept = [
        each.text
        for each in await face.app.store.read(lambda work: work.entries.of(1))
        if hasattr(each, "text")
    ]
    assert kept == [say.marks, say.marks]


def _left_by_a_request(cast: Cast, say: SimpleNamespace) -> str:
    return dedent(f"""\
        IT-1 incident normal resolved, {cast.name}'s: {say.report}
          in {cast.language}, with {cast.by}
          {cast.name} opened
          {cast.name} said “{say.report}”
          {cast.name} said “{say.more}” [log.pdf, 14]
          {cast.by} claimed
          {cast.by} noted “{say.note}”
          {cast.by} replied “{say.reply}” [guide.pdf, 16]
          {cast.by} asked “{say.which}”
          {cast.name} said “{say.left}”
          {cast.by} held for 2:00:00
          nobody woken
          {cast.by} resolved “{say.solution}”
          {cast.name} reopened
          {cast.name} said “{say.again}” (reopened)
          {cast.by} resolved “{say.solution}”
          {cast.name} said “{say.thanks}”
        {cast.name}: ticket IT-1
        {cast.name}: reply IT-1
        {cast.by}: carried out
        {cast.by}: carried out
        {cast.by}: carried out
        {cast.by}: carried out
        {cast.name}: reply IT-1
        {cast.by}: carried out
        {cast.by}: carried out
        {cast.name}: reply IT-1
        {cast.by}: carried out
        {cast.name}: reply IT-1""")


def _left_by_a_day(cast: Cast, say: SimpleNamespace) -> str:
    title = say.marks.replace("*wild* _card_", "wild card")
    done = [f"{cast.by}: carried out"]
    reasons = ("refused.misunderstood", "refused.no_such_ticket")
    refused = [f"{cast.by}: carried out because {each}" for each in reasons]
    return dedent(f"""\
        IT-1 question high open, Bob Hill's: {title}
          in {cast.language}, with {cast.colleague}
          Bob Hill opened
          Bob Hill said “{say.marks}”
          {cast.by} claimed
          {cast.by} released {cast.by}
          {cast.by} assigned {cast.colleague}
          {cast.by} priority normal → high
          {cast.by} kind incident → question
          {cast.by} watched {cast.name}
          {cast.by} resolved “{say.solution}”
          {cast.by} reopened
          {cast.by} absorbed IT-2
        IT-2 incident normal closed, {cast.name}'s: {say.other}
          in {cast.language}, with nobody, goes on in IT-1
          {cast.name} opened
          {cast.name} said “{say.other}”
          {cast.by} merged IT-1
        IT-3 incident normal new, {cast.by}'s: {say.coffee}
          in {cast.language}, with nobody
          {cast.by} opened
          {cast.by} said “{say.coffee}”
        IT-4 incident normal closed, {cast.name}'s: {say.rang}
          in {cast.language}, with nobody
          {cast.by} logged
          {cast.name} said “{say.rang}”
          {cast.by} closed
        Bob Hill: ticket IT-1
        {cast.name}: ticket IT-2
        """) + "\n".join([*done * 12, *refused, *done * 2])
