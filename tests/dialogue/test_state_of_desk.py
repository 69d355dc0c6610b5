"""The state of the desk is no secret: how much there is, how long it takes, what comes first."""


async def test_everybody_may_know_how_busy_the_desk_is_and_where_theirs_stands(stage, ada, leo):
    await stage.person("bo@example.org", "Bo").says("The lamp in my room flickers")
    await ada.says("The printer on my floor jams again")
    await ada.says("/status")
    assert "The desk is open day and night. 2 matters are open, and 2 of them wait" in ada.last.text
    assert "waiting for somebody to take it, 1 before it [IT-2]" in ada.last.text
    await leo.says("/claim IT-1")
    await ada.says("/status")
    assert "and 1 of them waits for somebody to take it." in ada.last.text
    assert "waiting for somebody to take it, next in line [IT-2]" in ada.last.text
    await leo.says("/claim IT-2")
    await ada.says("/estado")
    assert "2 matters are open." in ada.last.text
    assert "next in line" not in ada.last.text


async def test_what_is_graver_comes_first(stage, ada):
    await ada.says("The lamp in my room flickers")
    await stage.person("bo@example.org", "Bo").says("URGENT: nobody in the office can work")
    await ada.says("/status")
    assert "1 before it" in ada.last.text


async def test_agents_read_it_too(stage, leo):
    await leo.says("/status")
    assert "0 matters are open." in leo.last.text
