"""What every command stands on: the client, requests, rights, options, replies and buttons."""

from commands.chat.app import App, Interaction, features
from commands.chat.buttons import (
    ID_LIMIT,
    Gone,
    LastingButton,
    ScreenButton,
    WindowCode,
    check_may_post,
    shared,
)
from commands.chat.cooldown import heavy, seconds_left
from commands.chat.digests import AnswerDigest
from commands.chat.errors import closing, report, tell, wait_a_moment
from commands.chat.kept import KIND_OF, AnyForm, File, Kept, Lost, UnsavedRecord
from commands.chat.options import (
    CHOICE_LIMIT,
    Choices,
    Typed,
    choice,
    complete_asserter,
    complete_by,
    complete_topic,
    window_options,
)
from commands.chat.paging import DESCRIPTION, add_lines, fitting, pages, pages_in_order
from commands.chat.replies import ACCENT, QUIET, Button, Refused, Reply, answer, note, refusal, send
from commands.chat.requests import Outcome, Request, begin, current
from commands.chat.rights import actor_of, curator, proposer, review_channel
from commands.chat.trust import Rights

__all__ = [
    "ACCENT",
    "CHOICE_LIMIT",
    "DESCRIPTION",
    "ID_LIMIT",
    "KIND_OF",
    "QUIET",
    "AnswerDigest",
    "AnyForm",
    "App",
    "Button",
    "Choices",
    "File",
    "Gone",
    "Interaction",
    "Kept",
    "LastingButton",
    "Lost",
    "Outcome",
    "Refused",
    "Reply",
    "Request",
    "Rights",
    "ScreenButton",
    "Typed",
    "UnsavedRecord",
    "WindowCode",
    "actor_of",
    "add_lines",
    "answer",
    "begin",
    "check_may_post",
    "choice",
    "closing",
    "complete_asserter",
    "complete_by",
    "complete_topic",
    "curator",
    "current",
    "features",
    "fitting",
    "heavy",
    "note",
    "pages",
    "pages_in_order",
    "proposer",
    "refusal",
    "report",
    "review_channel",
    "seconds_left",
    "send",
    "shared",
    "tell",
    "wait_a_moment",
    "window_options",
]
