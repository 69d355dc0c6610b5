"""Files on messages: sent, fetched, kept and taken away, and how large they may be."""

import io
import struct

import aiohttp
import discord
import pytest

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 3, 2) + b"\x08\x02\0\0\0"


@pytest.fixture
def channel(client, help_):
    """The channel as discord.py knows it."""
    return client.get_channel(help_.id)


def file(name="notes.txt", content=b"hello", **more):
    return discord.File(io.BytesIO(content), name, **more)


async def test_files_go_out_and_come_back(server, channel, help_):
    sent = await channel.send("x", files=[file(), file("a b.png", PNG, description="A picture")])
    notes, picture = sent.attachments
    assert (notes.filename, notes.size, notes.content_type) == ("notes.txt", 5, "text/plain")
    assert await notes.read() == b"hello"
    assert (picture.filename, picture.width, picture.height) == ("a_b.png", 3, 2)
    assert (picture.description, picture.title) == ("A picture", "a b")
    assert [each.name for each in help_.messages[sent.id].attachments] == ["notes.txt", "a b.png"]


async def test_a_file_alone_is_a_message(channel):
    assert (await channel.send(file=file())).content == ""


async def test_an_edit_keeps_and_takes_files(channel, help_):
    sent = await channel.send(files=[file("a.txt"), file("b.txt")])
    edited = await sent.edit(attachments=[sent.attachments[1], file("c.txt")])
    assert [each.filename for each in edited.attachments] == ["b.txt", "c.txt"]
    assert len((await edited.edit(content="still")).attachments) == 2


async def test_what_is_too_large_is_refused(channel, refused, help_):
    fits = b"x" * (10 * 1024 * 1024)
    assert (await channel.send(file=file(content=fits))).attachments[0].size == len(fits)
    assert await refused(channel.send(file=file(content=fits + b"x"))) == (413, 40005)
    assert len(help_.messages) == 1


async def test_more_than_ten_files_are_refused(rest, help_, server):
    form = aiohttp.FormData(quote_fields=False)
    for number in range(11):
        form.add_field(f"files[{number}]", b"x", filename=f"{number}.txt")
    headers = {"Authorization": f"Bot {server.token}"}
    url = f"{server.api_url}/channels/{help_.id}/messages"
    async with aiohttp.ClientSession() as http, http.post(url, data=form, headers=headers) as no:
        assert (no.status, list((await no.json())["errors"])) == (400, ["attachments"])


async def test_an_attachment_that_is_not_there_is_refused(rest, help_):
    body = {"content": "x", "attachments": [{"id": 0}]}
    status, answer = await rest("POST", f"/channels/{help_.id}/messages", body)
    assert (status, list(answer["errors"]["attachments"])) == (400, ["0"])


async def test_an_embed_shows_a_file_by_its_name(channel, server):
    embed = discord.Embed(title="Picture").set_image(url="attachment://a.png")
    sent = await channel.send(embed=embed, file=file("a.png", PNG))
    assert sent.embeds[0].image.url.startswith(f"{server.url}/attachments/")
    assert sent.embeds[0].image.width == 3


async def test_only_its_whole_address_leads_to_a_file(channel, server):
    sent = await channel.send(file=file())
    url = sent.attachments[0].url
    async with aiohttp.ClientSession() as http:
        for wrong in (url.replace("notes", "other"), f"{server.url}/attachments/1/2/notes.txt"):
            async with http.get(wrong) as answer:
                assert answer.status == 404


async def test_somebodys_file_is_heard_and_read(server, client, ana, help_):
    await ana.says("see", channel=help_, files=[("log.txt", b"line", "text/plain")])
    await server.until(lambda: client.times("message"))
    heard = client.latest("message").attachments[0]
    assert (heard.filename, await heard.read()) == ("log.txt", b"line")
