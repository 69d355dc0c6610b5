"""Files without words: a title that says something, and no empty lines where words would stand."""

from dataclasses import replace

from bot.model.message import Speaker, Upload

SCREEN = Upload("screen.png", "image/png", b"\x89PNG")
LOG = Upload("log.txt", "text/plain", b"one")
LOGO = Upload("logo.png", "image/png", b"\x89PNG", inline=True)


async def test_a_report_of_files_alone_goes_by_their_names(stage, ada, leo):
    await ada.says("", uploads=[SCREEN, LOG])
    assert (await stage.ticket()).summary == "screen.png, log.txt"
    assert "“screen.png, log.txt”" in ada.last.text
    assert "(ada@example.org) sent: screen.png, log.txt\n" in leo.last.text
    assert "\n\n\n" not in leo.last.text


async def test_a_picture_within_a_letter_is_named_only_where_nothing_else_is(stage, ada):
    await ada.says("", uploads=[LOGO, SCREEN])
    await ada.says("", uploads=[LOGO], subject=" ")
    assert (await stage.ticket()).summary == "screen.png"
    assert (await stage.ticket(2)).summary == "logo.png"


async def test_words_and_subjects_come_before_the_names_of_files(stage, ada):
    await ada.says("My screen is black", uploads=[SCREEN])
    await ada.says("", subject="The printer jams", uploads=[SCREEN])
    titles = [(await stage.ticket(number)).summary for number in (1, 2)]
    assert titles == ["My screen is black", "The printer jams"]


async def test_files_alone_that_follow_are_told_in_a_line(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("", subject="Re: Screen", answers=ada.last, uploads=[SCREEN])
    assert leo.last.text.startswith("Ada Lin sent: screen.png")
    assert "\n\n\n" not in leo.last.text
    await ada.says("", subject="Re: Screen", answers=ada.last)
    assert leo.last.text.startswith("Ada Lin sent a message without words.")


async def test_the_same_mail_of_files_alone_by_a_second_way_is_no_second_ticket(stage, ada):
    await ada.says("", uploads=[SCREEN], known_as="<one@example.org>")
    await ada.says("", uploads=[SCREEN], known_as="<one@example.org>")
    assert await stage.ticket(2) is None


async def test_who_is_passed_on_hears_by_whom_and_where_it_stood(stage, ada, leo):
    author = Speaker("bob@example.org", "Bob Hill")
    await leo.says("My VPN is down", forwarded=author, stood="#lounge")
    bob = replace(ada, address="bob@example.org")
    assert "Leo Prats passed on to us what you wrote in #lounge: “My VPN is down”" in bob.last.text
    await leo.says("/history IT-1")
    assert "Leo Prats passed it on for Bob Hill" in leo.last.text
