"""Agents who report something themselves: they see it, and not what is said about them."""


async def test_who_asks_after_their_ticket_sees_what_they_reported_and_have(stage, ada, leo, eva):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1")
    await leo.says("My own laptop is broken", subject="Laptop")
    await eva.says("/claim IT-2")
    await leo.says("Any news on my ticket?")
    assert "IT-1" in leo.last.text
    assert "IT-2" in leo.last.text
    assert "Eva Sanz" in leo.last.text


async def test_what_they_reported_and_took_themselves_is_named_once(stage, leo):
    await leo.says("My own laptop is broken", subject="Laptop")
    await leo.says("/claim IT-1")
    await leo.says("/mine")
    assert leo.last.text.count("IT-1") == 1


async def test_notes_about_them_are_kept_from_them(stage, leo, eva):
    await leo.says("My own laptop is broken", subject="Laptop")
    heard = len(leo.letters)
    await eva.says("/note IT-1 His third one this year")
    assert len(leo.letters) == heard
    await leo.says("/history IT-1")
    assert "third one" not in leo.last.text
    await eva.says("/history IT-1")
    assert "third one" in eva.last.text


async def test_notes_about_a_report_that_goes_on_elsewhere_are_kept_from_them_too(
    stage, ada, leo, eva
):
    await ada.says("My laptop is broken", subject="Laptop")
    await leo.says("My own laptop is broken too", subject="Another")
    await eva.says("/merge IT-1 IT-2")
    heard = len(leo.letters)
    await eva.says("/note IT-1 He dropped both of them")
    assert len(leo.letters) == heard


async def test_who_holds_it_reads_every_note(stage, leo, eva):
    await leo.says("My own laptop is broken", subject="Laptop")
    await leo.says("/claim IT-1")
    await eva.says("/note IT-1 The spare is in room 4")
    assert "room 4" in leo.last.text
