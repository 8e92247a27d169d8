"""Which encoder a setting names.

Importing this module imports no engine; `load_encoder` does, and is to be run in a thread.
"""

from pathlib import Path

from knowledge.matching.encoding.encoder import DEFAULT_MODEL, Encoder
from knowledge.model import ForOperators

SETTING = "CLAIMBOT_MODEL"


class ModelNotLoadedError(ForOperators):
    """A model that cannot be used; the message names the setting, the reason and a way out."""

    def __init__(self, model: str, reason: object) -> None:
        what = " ".join(str(reason).split())[:200].rstrip(".")
        other = "" if model == DEFAULT_MODEL else f", to {DEFAULT_MODEL}"
        super().__init__(
            f"{SETTING}={model} does not load: {what}. Set it to a folder that holds model.onnx "
            f"and tokenizer.json{other}, or to off."
        )


def load_encoder(model: str = DEFAULT_MODEL) -> Encoder:
    """Load the default model, one in a folder, or one of the hub.

    Raises:
        ModelNotLoadedError: the model is not there, is broken, or cannot be fetched.
    """
    try:
        if Path(model).is_dir():
            return _from_folder(Path(model), Path(model).resolve().name)
        if model == DEFAULT_MODEL:
            return _default()
        from knowledge.matching.encoding.hub import fetched  # noqa: PLC0415 - only where it is used

        return _from_folder(fetched(model), model)
    except Exception as error:  # whatever a broken file makes the libraries raise
        raise ModelNotLoadedError(model, error or type(error).__name__) from error


def _default() -> Encoder:
    from knowledge.matching.encoding.default import load_default  # noqa: PLC0415 - loads the engine

    return load_default()


def _from_folder(folder: Path, name: str) -> Encoder:
    from knowledge.matching.encoding.onnx import load_folder  # noqa: PLC0415 - loads the engine

    return load_folder(folder, name)
