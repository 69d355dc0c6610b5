"""Files: uploaded in three steps, shared a moment later, fetched with the bot's token."""

import aiohttp

from sandbox.slack import SlackServer

PNG = b"\x89PNG\r\n"


async def fetch(url, token=""):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as http, http.get(url, headers=headers) as answer:
        return answer.status, answer.content_type, await answer.read()


async def test_an_upload_is_shared_in_its_thread_a_moment_later(slack, web, ana, help_):
    root = await ana.says("Send me the log", channel=help_)
    answer = await web.files_upload_v2(
        channel=help_.id,
        thread_ts=root.ts,
        filename="log.txt",
        content="line",
        initial_comment="Here it is",
    )
    assert "ts" not in answer["file"]
    await slack.until(lambda: len(slack.thread(root)) == 2)
    post = slack.thread(root)[1]
    assert post.words == "Here it is"
    assert post.files[0]["name"] == "log.txt"
    assert post.files[0]["size"] == 4
    info = (await web.files_info(file=answer["file"]["id"]))["file"]
    assert info["mimetype"] == "text/plain"
    assert await fetch(info["url_private"], slack.bot_token) == (200, "text/plain", b"line")


async def test_a_file_of_somebodys_message_is_fetched_with_the_token_only(slack, ana, help_):
    post = await ana.says("see", channel=help_, files=[("shot.png", PNG, "image/png")])
    (file,) = post.files
    assert post.wire["subtype"] == "file_share"
    assert await fetch(file["url_private_download"], slack.bot_token) == (200, "image/png", PNG)
    for token in ("", "xoxb-wrong"):
        status, kind, page = await fetch(file["url_private"], token)
        assert (status, kind) == (200, "text/html")
        assert b"Sign in" in page


async def test_without_the_scope_the_file_is_a_page_to_sign_in(manifest):
    async with await SlackServer.start(manifest, scopes=["chat:write"]) as slack:
        ana = slack.person("Ana Ruiz")
        post = await ana.says("see", files=[("shot.png", PNG, "image/png")])
        status, kind, _ = await fetch(post.files[0]["url_private"], slack.bot_token)
        assert (status, kind) == (200, "text/html")


async def test_uploads_that_cant_be_finished_are_refused(slack, web, ana, help_, refused):
    started = await web.files_getUploadURLExternal(filename="a.txt", length=1)
    file = [{"id": started["file_id"], "title": "a"}]

    finish = web.files_completeUploadExternal
    assert await refused(finish(files=file, channel_id=help_.id)) == "file_not_found"
    async with aiohttp.ClientSession() as http:
        async with http.post(started["upload_url"], data=b"a") as answer:
            assert await answer.text() == "OK - 1"
        async with http.post(started["upload_url"], data=b"b") as answer:
            assert answer.status == 404
    assert await refused(finish(files=file, channel_id="C404404404")) == "channel_not_found"
    assert await refused(finish(files=file, channel_id=ana.id)) == "invalid_arguments"
    random = slack.channel("random", members=[ana])
    assert await refused(finish(files=file, channel_id=random.id)) == "not_in_channel"
    assert await refused(web.files_info(file="F404")) == "file_not_found"
    await finish(files=file)
    assert slack.posts(help_) == []
