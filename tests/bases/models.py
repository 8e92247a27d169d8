"""Tiny sentence models in folders, as they come from the hub: each token is an axis."""

import json
from pathlib import Path
from threading import enumerate as threads

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save_model
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from knowledge.matching.retrieval import THREAD

WORDS = ("[UNK]", "cat", "kitten", "lorry", "query", "passage", ":")
"""A cat and a kitten are one meaning, a lorry another; the rest is a third."""
AXES = (2, 0, 0, 1, 2, 2, 2)


def make_model(folder: Path, *, weights: str = "model.onnx", size: int = 3) -> Path:
    """Write weights and tokenizer of a model whose vectors have `size` numbers."""
    (folder / weights).parent.mkdir(parents=True, exist_ok=True)
    table = np.zeros((len(WORDS), size), dtype=np.float32)
    table[range(len(WORDS)), AXES] = 1
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])
    mask = helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["texts", "tokens"])
    shape: list[str | int | None] = ["texts", "tokens", size]
    out = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, shape)
    look_up = helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])
    held = [numpy_helper.from_array(table, "table")]
    graph = helper.make_graph([look_up], "tiny", [ids, mask], [out], held)
    opsets = [helper.make_opsetid("", 17)]
    save_model(helper.make_model(graph, opset_imports=opsets, ir_version=8), folder / weights)
    tokenizer = Tokenizer(WordLevel({word: place for place, word in enumerate(WORDS)}, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def note(folder: Path, name: str, **settings: object) -> None:
    """Write one of the files that tell how a model is used."""
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(settings), "utf-8")


def is_loading() -> bool:
    """Whether a model is still being loaded or used, in a thread that cannot be interrupted."""
    return any(thread.name == THREAD for thread in threads())
