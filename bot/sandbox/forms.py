"""Filling in a form line by line: which field a line is for, and what the field refuses."""

import re
from dataclasses import dataclass, field

from discord import ComponentType

from bot.sandbox.chat import Field, Form
from bot.sandbox.spec import Refused, quoted
from bot.sandbox.world import Outcome

_ASSIGNMENT = re.compile(r"\s*([^=]+?)\s*=\s?(.*)\Z", re.DOTALL)


@dataclass(slots=True)
class Draft:
    """An open form, and what has been typed into it so far by field id."""

    opened: Outcome
    form: Form
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every field has been typed."""
        return all(each.custom_id in self.typed for each in self.form.fields)

    def take(self, line: str) -> bool:
        r"""Fill the field that `field=value` names; False where the line is nothing of the kind.

        A `\n` in the value starts a new line.

        Raises:
            Refused: for an unknown field, or a value that the field does not take.
        """
        assignment = _ASSIGNMENT.match(line)
        if assignment is None or line.startswith((":", "/")):
            return False
        chosen = self._field(assignment[1])
        value = assignment[2].replace("\\n", "\n")
        check(chosen, value)
        self.typed[chosen.custom_id] = value
        return True

    def check(self) -> None:
        """See that every required field holds something.

        Raises:
            Refused: naming the first that does not.
        """
        for each in self.form.fields:
            check(each, self.typed.get(each.custom_id, each.default))

    def _field(self, name: str) -> Field:
        chosen = _of_name(self.form, name)
        if chosen is not None:
            return chosen
        labels = ", ".join(each.label for each in self.form.fields)
        raise Refused(f"The form has no field {quoted(name)}. Its fields: {labels}.")


def meant(form: Form, line: str) -> Field | None:
    """Return the field of a form that a line would fill if the form were open."""
    assignment = _ASSIGNMENT.match(line)
    return _of_name(form, assignment[1]) if assignment else None


def _of_name(form: Form, name: str) -> Field | None:
    for each in form.fields:
        if name.casefold() in (each.label.casefold(), each.custom_id.casefold()):
            return each
    return None


def check(shown: Field, typed: str) -> None:
    """See that a field takes what was typed, as a Discord client does.

    Raises:
        Refused: saying why not.
    """
    if not typed:
        if shown.required:
            raise Refused(f"{shown.label}: a value is needed.")
        return
    if shown.kind is not ComponentType.text_input:
        return
    if shown.minimum is not None and len(typed) < shown.minimum:
        raise Refused(f"{shown.label}: must be at least {shown.minimum} characters.")
    if shown.maximum is not None and len(typed) > shown.maximum:
        raise Refused(f"{shown.label}: must be at most {shown.maximum} characters.")
