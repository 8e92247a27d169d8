"""Translations through an edit: those of what it left as it was stay."""

from pydantic import BaseModel

from knowledge.curation.work import Fields
from knowledge.model import Asserter, Claim, Topic


def still_translated(editing: Topic | Asserter | Claim, fields: Fields) -> Fields:
    """Return the translations that still say what the edited record says."""
    translations: dict[str, BaseModel] = dict(editing.translations)
    kept = {code: _kept(words, editing, fields) for code, words in translations.items()}
    return {code: words for code, words in kept.items() if words}


def _kept(words: BaseModel, editing: Topic | Asserter | Claim, fields: Fields) -> Fields:
    told = words.model_dump(exclude_defaults=True)
    same = (name for name in told if fields.get(name) == getattr(editing, name))
    return {name: told[name] for name in same}
