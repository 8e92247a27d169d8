"""Words of the chat: translation, markup, counts and citations, without a connection."""

from commands.text.addresses import Addresses, typed
from commands.text.catalogs import TRANSLATED, catalog, language_of, read_catalog, translated
from commands.text.citations import Numbering, SourceLine, chain, dated, in_quotes
from commands.text.counts import (
    and_more,
    claims,
    footer,
    organisations,
    origins,
    publications,
    speakers,
    statements,
)
from commands.text.i18n import (
    appeared,
    country,
    end,
    figure,
    human,
    many,
    number,
    say,
    short,
    speak,
    spoken,
    told,
)
from commands.text.lengths import (
    MOST_ASKED,
    MOST_CHECKED,
    Overlong,
    check_question,
    check_text,
)
from commands.text.markup import clip, link, plain, tidy
from commands.text.mentions import know_commands, tappable
from commands.text.recognised import Recognised

__all__ = [
    "MOST_ASKED",
    "MOST_CHECKED",
    "TRANSLATED",
    "Addresses",
    "Numbering",
    "Overlong",
    "Recognised",
    "SourceLine",
    "and_more",
    "appeared",
    "catalog",
    "chain",
    "check_question",
    "check_text",
    "claims",
    "clip",
    "country",
    "dated",
    "end",
    "figure",
    "footer",
    "human",
    "in_quotes",
    "know_commands",
    "language_of",
    "link",
    "many",
    "number",
    "organisations",
    "origins",
    "plain",
    "publications",
    "read_catalog",
    "say",
    "short",
    "speak",
    "speakers",
    "spoken",
    "statements",
    "tappable",
    "tidy",
    "told",
    "translated",
    "typed",
]
