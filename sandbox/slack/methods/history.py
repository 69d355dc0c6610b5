"""What was said: the history of a conversation, and the replies of a thread."""

from itertools import takewhile

from sandbox.slack.call import Call, cursor
from sandbox.slack.channel import Channel, Post
from sandbox.slack.methods.chat import shown
from sandbox.slack.refusal import Refused, Wire
from sandbox.slack.workspace import scope_of


def history(call: Call) -> Wire:
    """Return what stands in a conversation, newest first, without the replies of threads."""
    channel = _readable(call)
    oldest, latest = call.moment("oldest"), call.moment("latest")
    inclusive = call.flag("inclusive")
    late_enough = takewhile(lambda post: post.ts >= oldest, reversed(channel.posts))
    standing = [
        post
        for post in late_enough
        if _in_channel(post) and _between(post.ts, oldest, latest, inclusive=inclusive)
    ]
    start, size = call.page(100, 999)
    page = standing[start : start + size]
    return _answer(call, page, start + size, len(standing)) | {"pin_count": 0}


def replies(call: Call) -> Wire:
    """Return a thread from its root on, oldest first; the root comes first on the first page."""
    channel = _readable(call)
    post = channel.post_at(call.text("ts"), "thread_not_found")
    root = channel.post_at(post.thread_ts, "thread_not_found") if post.is_reply else post
    oldest, latest = call.moment("oldest"), call.moment("latest")
    inclusive = call.flag("inclusive")
    standing = [
        each
        for each in channel.threads.get(root.ts, ())
        if _between(each.ts, oldest, latest, inclusive=inclusive)
    ]
    start, size = call.page(1000, 1000)
    if root is not post:
        return _answer(call, [post], 1, 1)
    page = [root, *standing[start : start + size]]
    return _answer(call, page, start + size, len(standing))


def _readable(call: Call) -> Channel:
    channel = call.workspace.seen(call.text("channel"))
    call.demand(scope_of(channel, "history"))
    if call.workspace.bot.id not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _in_channel(post: Post) -> bool:
    return not post.is_reply or post.wire.get("subtype") == "thread_broadcast"


def _between(ts: str, oldest: str, latest: str, *, inclusive: bool) -> bool:
    if inclusive:
        return (not oldest or ts >= oldest) and (not latest or ts <= latest)
    return (not oldest or ts > oldest) and (not latest or ts < latest)


def _answer(call: Call, page: list[Post], end: int, total: int) -> Wire:
    metadata = call.flag("include_all_metadata")
    following = cursor(end, total)
    answer: Wire = {
        "messages": [shown(post, metadata=metadata) for post in page],
        "has_more": bool(following),
    }
    if following:
        answer["response_metadata"] = {"next_cursor": following}
    return answer
