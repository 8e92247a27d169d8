"""Files of labelled examples: one JSON object a line, each refused with file, line and reason."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

Example = TypeVar("Example", bound=BaseModel)


def read_labelled(path: Path, model: type[Example], refused: type[ValueError]) -> list[Example]:
    """Read one example a line, and put the number of the line into its field `line`.

    Empty lines are passed over.

    Raises:
        ValueError: as `refused`: the file cannot be read, holds nothing, or a line is wrong.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise refused(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise refused(f"{path}: not UTF-8 text ({error.reason})") from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                example = model.model_validate_json(line)
            except ValidationError as error:
                raise refused(f"{path}, line {number}: {_reason(error)}") from error
            found.append(example.model_copy(update={"line": number}))
    if not found:
        raise refused(f"{path}: no {model.__name__.lower()} in it")
    return found


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    return f"{field}: {first['msg']}" if field else str(first["msg"])
