"""What a record says in other languages than the English of its own fields."""

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from knowledge.model.figures import Name

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
"""ISO 639, as the catalogs of the interface are named."""


PluralForm = Literal["zero", "one", "two", "few", "many", "other"]
"""The forms that Unicode CLDR tells apart by the number before a noun."""


def _with_other(forms: dict[PluralForm, str]) -> dict[PluralForm, str]:
    if "other" not in forms:
        raise ValueError("a unit in several forms needs the form 'other', as of 1.5")
    return forms


UnitForms = Annotated[dict[PluralForm, Name], AfterValidator(_with_other)]


class _Words(BaseModel):
    """Words of one language; what is left out is shown as the record has it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TopicWords(_Words):
    """A topic in another language; the unit as it stands behind a large number, or each form."""

    title: Name | None = None
    unit: Name | UnitForms | None = None
    description: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None


class AsserterWords(_Words):
    """Who asserts, in another language; a role that names its country says it there."""

    person: Name | None = None
    role: Name | None = None
    organisation: Name | None = None


class ClaimWords(_Words):
    """What a claim's figure rests on and what narrows it, by dimension, in another language."""

    assumption: Annotated[str, StringConstraints(min_length=1, max_length=600)] | None = None
    qualifiers: dict[str, Name] = {}


Words = TypeVar("Words", bound=_Words)


def _said(translations: dict[str, Words]) -> dict[str, Words]:
    return {code: words for code, words in translations.items() if words != type(words)()}


Translations = Annotated[dict[LanguageCode, Words], AfterValidator(_said)]
"""Words by language; one that nothing is said in is left out, as YAML could not write it."""
