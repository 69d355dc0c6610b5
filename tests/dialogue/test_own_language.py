"""The language that somebody is written to in: what is known of them outweighs a word or two."""

from chat_stage import HELP, Member, said


async def test_a_short_text_leaves_the_language_of_the_conversation(stage):
    tom = stage.person("tom@example.org", "Tom Baker")
    await tom.says("My laptop has been slow since this morning, can somebody look?")
    await tom.says("status page shows red")
    assert "Hi Tom," in tom.heard
    await tom.says("Hoy se ha roto la impresora y nadie puede imprimir nada")
    assert "Hola, Tom:" in tom.heard


async def test_a_profile_is_known_before_the_first_word(stage):
    tom = stage.person("tom@example.org", "Tom Baker", language="en-GB")
    await tom.says("status page shows red")
    assert "Hi Tom," in tom.heard
    ana = stage.person("ana@example.org", "Ana Ruiz", language="en-US")
    await ana.says("No me va la VPN")
    assert "Hola, Ana:" in ana.heard, "several words of another language, and none of that one"


async def test_a_choice_stays_whatever_is_written(stage):
    ana = stage.person("ana@example.org", "Ana Ruiz")
    await ana.says("language English")
    await ana.says("Hoy se ha roto la impresora y nadie puede imprimir nada")
    assert "Hi Ana," in ana.heard


async def test_a_slash_command_of_three_words_is_answered_in_their_language(chat):
    tom = Member(chat, "UTOM", "Tom Baker")
    await tom.posts("My laptop has been slow since this morning, can somebody look?")
    await tom.commands("status page shows red", HELP)
    assert "We have your message: “status page shows red”" in said(tom.letters[-1])
