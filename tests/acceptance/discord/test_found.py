"""What goes wrong on Discord by bad luck: nobody reads what isn't theirs, nothing is lost."""



async def test_what_an_agent_asks_in_a_private_thread_is_told_there_to_nobody(stage, ana, sara):
    await ana.says("No me conecta la VPN", channel=stage.staff)
    await stage.rests()
    thread = stage.between_us("IT-1")
    await stage.declared()
    await sara.uses_command("desk", {"words": "note IT-1 He kicked it"}, channel=stage.agents)
    await stage.rests()
    stage.discord.close_direct(sara)
    thread.members[sara.id] = 0.0
    await sara.says("Voy ahora mismo", thread=thread)
    await stage.rests()
    await sara.says("/history", thread=thread)
    await stage.rests()
    assert "He kicked it" not in "\n".join(each.words for each in thread)
