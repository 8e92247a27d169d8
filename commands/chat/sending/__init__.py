"""What a person gets: replies and their layout, refusals, buttons and forms."""

from commands.chat.sending.buttons import (
    AnswerButton,
    Gone,
    LastingButton,
    LastingMenu,
    Menu,
    MenuLine,
    ScreenButton,
    WindowCode,
    long,
    share_label,
    short,
    turning,
    whose_key,
    whose_of,
)
from commands.chat.sending.direct import (
    UNSENT,
    write_to,
)
from commands.chat.sending.errors import (
    admitted,
    attempt,
    guarded,
    interrupt,
    report,
    respond,
    tell,
    wait_a_moment,
)
from commands.chat.sending.forms import (
    show_form,
    uploaded,
)
from commands.chat.sending.layouts import (
    Controls,
    laid_out,
    texts,
)
from commands.chat.sending.links import (
    link_to,
    public,
)
from commands.chat.sending.problems import (
    code,
    label,
    problem_lines,
)
from commands.chat.sending.refusals import (
    REFUSALS,
    in_words,
)
from commands.chat.sending.replies import (
    Button,
    Refused,
    Reply,
    answer,
    embed_of,
    note,
    refusal,
    revise,
    send,
    silence,
    think,
    unhurried,
    view_of,
    wait,
)
from commands.chat.sending.sharing import (
    ShareButton,
)

__all__ = [
    "REFUSALS",
    "UNSENT",
    "AnswerButton",
    "Button",
    "Controls",
    "Gone",
    "LastingButton",
    "LastingMenu",
    "Menu",
    "MenuLine",
    "Refused",
    "Reply",
    "ScreenButton",
    "ShareButton",
    "WindowCode",
    "admitted",
    "answer",
    "attempt",
    "code",
    "embed_of",
    "guarded",
    "in_words",
    "interrupt",
    "label",
    "laid_out",
    "link_to",
    "long",
    "note",
    "problem_lines",
    "public",
    "refusal",
    "report",
    "respond",
    "revise",
    "send",
    "share_label",
    "short",
    "show_form",
    "silence",
    "tell",
    "texts",
    "think",
    "turning",
    "unhurried",
    "uploaded",
    "view_of",
    "wait",
    "wait_a_moment",
    "whose_key",
    "whose_of",
    "write_to",
]
