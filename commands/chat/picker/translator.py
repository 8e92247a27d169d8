"""What Discord itself shows of the commands, translated: descriptions and menu entries.

The names of commands and options stay as they are. Answers, examples and other people in the same
channel speak of `/figures since:2024-02`, which has to be what everybody can type.
"""

import discord
from discord import app_commands

from commands.text import TRANSLATED, catalog, language_of, translated
from knowledge.language import DEFAULT

_Place = app_commands.TranslationContextLocation
_TRANSLATED_PLACES = frozenset(
    {
        _Place.command_description,
        _Place.group_description,
        _Place.parameter_description,
        _Place.choice_name,
    }
)


_LANGUAGES = {locale: language_of(locale.value) for locale in discord.Locale}
"""What Discord's languages are in ours: English, where there is no catalog."""


class CommandTranslator(app_commands.Translator):
    """Translates by the catalogs; what they lack, and what is data, Discord shows in English."""

    async def load(self) -> None:
        """Read the catalogs, so that no answer has to wait for one."""
        for language in TRANSLATED:
            catalog(language)

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the translation, or nothing where there is none."""
        language = _LANGUAGES[locale]
        if language == DEFAULT and not string.extras:
            return None
        if context.location not in _TRANSLATED_PLACES and not _is_menu_entry(context):
            return None
        # The commands of topics are made from data, which brings its own translations.
        found = string.extras.get(language) or translated(string.message, language)
        return None if found == string.message else found


def _is_menu_entry(context: app_commands.TranslationContextTypes) -> bool:
    named = context.location is _Place.command_name
    return named and isinstance(context.data, app_commands.ContextMenu)
