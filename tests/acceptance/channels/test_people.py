"""People on every channel: looked up, written down, united after a preview, and parted again."""

from channel_book import requester_of

LINES = {
    "en": ("person {}", "person {} office Oslo", "unite {} {}", "unlink {}"),
    "es": ("persona {}", "persona {} oficina Oslo", "unificar {} {}", "desvincular {}"),
}
TOLD = {
    "en": ("the last time they wrote", "is Oslo from now on", "one person now", "separate from"),
    "es": ("lo último que escribió", "desde ahora: Oslo", "una sola persona", "aparte de"),
}


async def test_people_are_looked_up_written_down_united_and_parted(face, cast, say):
    await face.reports(cast.asker, say.report)
    await face.passes(minutes=15)
    await face.reports("bob", say.other)
    await face.passes(minutes=15)
    who, other = face.called(cast.asker), face.called("bob")
    look, change, unite, unlink = LINES[cast.language]
    shown, written, united, parted = TOLD[cast.language]
    told = await face.gives(cast.agent, look.format(who))
    assert cast.name in told
    assert shown in told
    assert "IT-1" in told
    assert "IT-2" not in told
    assert written in await face.gives(cast.agent, change.format(who))
    before = [await requester_of(face.app.store, number) for number in (1, 2)]
    assert before[0][0].office == "Oslo"
    preview = await face.gives(cast.agent, unite.format(who, other))
    assert [await requester_of(face.app.store, number) for number in (1, 2)] == before
    (line,) = [each for each in preview.splitlines() if " #" in each]
    order = line.split(": ", 1)[1].removeprefix("/desk ").strip("`/ ")
    assert united in await face.gives(cast.agent, order)
    one, same = [await requester_of(face.app.store, number) for number in (1, 2)]
    assert one == same
    assert set(one[1]) == {*before[0][1], *before[1][1]}
    again = await face.gives(cast.agent, order)
    assert again.strip()
    assert await requester_of(face.app.store, 1) == one
    address, *_ = before[1][1]  # on Slack it goes with their mail address
    assert parted in await face.gives(cast.agent, unlink.format(address))
    mine, theirs = [await requester_of(face.app.store, number) for number in (1, 2)]
    assert mine == before[0]
    assert (theirs[0].name, theirs[1]) == (before[1][0].name, before[1][1])
    refused = await face.gives(cast.asker, unlink.format(theirs[1][0]))
    assert refused.strip()  # it isn't theirs any more
    assert await requester_of(face.app.store, 1) == mine
