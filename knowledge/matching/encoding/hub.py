"""Fetches a model from the Hugging Face hub, once; from then on its cache serves."""

from pathlib import Path

from huggingface_hub import get_hf_file_metadata, hf_hub_download, hf_hub_url
from huggingface_hub.constants import is_offline_mode
from huggingface_hub.errors import (
    EntryNotFoundError,
    HFValidationError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
)
from huggingface_hub.utils.logging import set_verbosity_error
from huggingface_hub.utils.tqdm import disable_progress_bars

from knowledge.matching.encoding.onnx import NOTES, TOKENIZER, WEIGHTS

_USUAL_OWNER = "sentence-transformers"
"""Whose model is meant where a name has no owner."""
_PATIENCE = 10
"""Seconds in which the hub has to answer the first question."""


def fetched(name: str) -> Path:
    """The folder of a model of the hub, in the hub's own cache.

    Raises:
        OSError: there is no such model, or no network to fetch it; the message tells which.
    """
    disable_progress_bars()  # a terminal may be a chat
    set_verbosity_error()  # type: ignore[no-untyped-call]
    repo = name if "/" in name else f"{_USUAL_OWNER}/{name}"
    try:
        return _all_of(repo, local=True)
    except HFValidationError as error:
        raise OSError("it is no folder that is there, and no name of the hub's") from error
    except LocalEntryNotFoundError as error:
        if is_offline_mode():
            raise OSError("no copy of it is kept here, and the hub is not to be asked") from error
    try:
        # Asked once: a download from a hub that does not answer is tried over and over.
        get_hf_file_metadata(hf_hub_url(repo, TOKENIZER), timeout=_PATIENCE)
    except RepositoryNotFoundError as error:
        raise OSError("there is no such folder, and the hub shows no such model") from error
    except EntryNotFoundError as error:
        raise OSError(f"it holds no {TOKENIZER}") from error
    except Exception as error:  # of the library's HTTP client, whichever that is
        reason = f"no copy of it is kept here, and the hub cannot be reached ({error})"
        raise OSError(reason) from error
    return _all_of(repo, local=False)


def _all_of(repo: str, *, local: bool) -> Path:
    tokenizer = Path(hf_hub_download(repo, TOKENIZER, local_files_only=local))
    for note in NOTES:
        _found(repo, note, local=local)
    weights = (_found(repo, one, local=local) for one in WEIGHTS)
    if next(filter(None, weights), None) is None:
        kind = LocalEntryNotFoundError if local else OSError
        raise kind(f"it holds none of {', '.join(WEIGHTS)}")
    return tokenizer.parent


def _found(repo: str, file: str, *, local: bool) -> str | None:
    try:
        return hf_hub_download(repo, file, local_files_only=local)
    except EntryNotFoundError as error:
        if not local and isinstance(error, LocalEntryNotFoundError):
            raise  # the network went away meanwhile
        return None
