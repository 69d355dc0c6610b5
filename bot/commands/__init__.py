"""The commands: to add one, write its function in this folder and name it here.

Its words and help go to `command.toml` of each language.
"""

from bot.command import Command
from bot.commands.answering import canned
from bot.commands.appointing import appoint
from bot.commands.beginning import log, new
from bot.commands.belonging import asset, contract
from bot.commands.duty import away, back
from bot.commands.explaining import why
from bot.commands.knowing import link, zone
from bot.commands.looking import brief, help, history, mine, status  # noqa: A004 - its name
from bot.commands.moving import escalate, relate, split, tag, transfer
from bot.commands.noticing import (
    maintenance,
    notice_cancel,
    notice_extend,
    notice_finish,
    notice_link,
    notice_move,
    notice_words,
    notices,
)
from bot.commands.people import add_address, person
from bot.commands.proposing import kb_ideas, kb_never
from bot.commands.queueing import each, queue, view
from bot.commands.rating import rate
from bot.commands.searching import faq, helped, unhelped
from bot.commands.sending import kb_link, kb_send, kb_why
from bot.commands.settling import close, hold, kind, language, merge, priority, reopen, resolve
from bot.commands.stocking import answers, drop_answer, save_answer
from bot.commands.subscribing import subscribe, unsubscribe
from bot.commands.taking import assign, claim, release, unwatch, watch
from bot.commands.talking import ask, note, reply, undo
from bot.commands.telling import figures
from bot.commands.timing import time
from bot.commands.uniting import unite, unlink
from bot.commands.writing import (
    kb,
    kb_edit,
    kb_from,
    kb_merge,
    kb_new,
    kb_publish,
    kb_retire,
    kb_review,
)

COMMANDS: tuple[Command, ...] = (
    new,
    log,
    claim,
    release,
    assign,
    transfer,
    escalate,
    reply,
    undo,
    canned,
    note,
    ask,
    hold,
    priority,
    kind,
    tag,
    asset,
    time,
    resolve,
    close,
    reopen,
    rate,
    merge,
    relate,
    split,
    watch,
    unwatch,
    history,
    brief,
    why,
    contract,
    person,
    add_address,
    unite,
    queue,
    view,
    each,
    mine,
    away,
    back,
    answers,
    save_answer,
    drop_answer,
    kb,
    kb_new,
    kb_from,
    kb_edit,
    kb_publish,
    kb_retire,
    kb_review,
    kb_merge,
    kb_link,
    kb_send,
    kb_why,
    kb_ideas,
    kb_never,
    maintenance,
    notice_extend,
    notice_move,
    notice_words,
    notice_finish,
    notice_cancel,
    notice_link,
    notices,
    appoint,
    figures,
    faq,
    helped,
    unhelped,
    status,
    language,
    zone,
    subscribe,
    unsubscribe,
    link,
    unlink,
    help,
)
