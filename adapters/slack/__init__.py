"""The Slack door: Socket Mode or HTTP in, the Web API out.

`channel` joins it all; `settings` and `room` are what the operator says of it, `manifest` what
Slack is told, `check` and `check_agents` what `deskmate check` tries.

In comes what Slack sends, by `socket` or `http`, through `front`, which acknowledges it once it is
taken in. `reception` gives it to `events` (messages, signs, news) or `interactions` (commands,
buttons, forms); `taking` keeps it to once and in order. `decode` and its like read it without a
connection, `mrkdwn` and `mrkdwn_rich` its words, `raw` keeps it; `downloads` fetches its files.
`showing` shows the answer; `tools` are what all of that works with. `catch_up` reads what was
missed, as the `bookmarks` tell.

Out goes what the courier brings, by `send` and its like; `blocks` and `modal` with theirs say what
it looks like.

Known, and asked for where it isn't, are the `workspace` with the desk's own `identity`, the
`profiles` of `people`, and the `talks` with each, all over the `web_api`; `insist` waits until
Slack answers.
"""
