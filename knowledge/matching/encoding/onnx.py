"""Runs a sentence model from a folder with ONNX Runtime and tokenizers.

Read of the folder: the weights (`WEIGHTS`, the first that is there), `tokenizer.json`, and, where
they are there, the files in which sentence-transformers notes how a model is used (`NOTES`).
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from knowledge.matching.encoding.encoder import (
    QUESTION_TOKENS,
    READING,
    Parts,
    Vectors,
    parts_of,
    plain,
    tokens_of,
    unit,
)

WEIGHTS = ("model.onnx", "onnx/model_quantized.onnx", "onnx/model.onnx")
"""A small file before a large one of the same model."""
TOKENIZER = "tokenizer.json"
_CONFIG, _SENTENCES = "config.json", "sentence_bert_config.json"
_POOLING, _PROMPTS = "1_Pooling/config.json", "config_sentence_transformers.json"
NOTES = (_CONFIG, _SENTENCES, _POOLING, _PROMPTS)
_LONGEST = 512
"""Where passages are cut off at the latest: claims are shorter, and time grows with the square."""
_PLACES_BEFORE = 2
"""RoBERTa and its kin count places from 2, and number two more than they read."""
_E5 = re.compile(r"\be5\b", re.IGNORECASE)
_HASHED = 16
"""Hex digits of the hash in the name."""
_INPUTS = {"input_ids", "attention_mask", "token_type_ids", "position_ids"}
"""Numbers of dimensions of an output that holds one vector a text, not one a token."""


def session_of(model: bytes | str) -> onnxruntime.InferenceSession:
    """A session on one core, from a path or from the serialised model itself."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # in the thread that asks: the bot has other work to do
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # an arena keeps what the largest batch took
    options.log_severity_level = 4  # what goes wrong is raised, and told in one line
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


@dataclass(frozen=True, slots=True)
class Usage:
    """How a model is used: what stands before a text, how its tokens become one vector."""

    query: str = ""
    passage: str = ""
    first_token: bool = False
    tokens: int = _LONGEST


def load_folder(folder: Path, name: str) -> "OnnxEncoder":
    """Load a model.

    Raises:
        FileNotFoundError: there is no model in the folder.
        Exception: whatever ONNX Runtime and tokenizers raise over broken files.
    """
    weights = next((folder / one for one in WEIGHTS if (folder / one).is_file()), None)
    if weights is None:
        raise FileNotFoundError(f"the folder holds none of {', '.join(WEIGHTS)}")
    if not (folder / TOKENIZER).is_file():
        raise FileNotFoundError(f"the folder holds no {TOKENIZER}")
    return OnnxEncoder(weights, folder / TOKENIZER, usage_of(folder, name), name)


def usage_of(folder: Path, name: str) -> Usage:
    """Read how a model is used from its notes; E5 models are known by their name."""
    config, sentences, pooling, noted = (_notes(folder / note) for note in NOTES)
    prompts = {"query": "", "passage": ""} | (noted.get("prompts") or {})
    if _E5.search(name) and not any(prompts.values()):
        prompts = {"query": "query: ", "passage": "passage: "}
    places = config.get("max_position_embeddings", _LONGEST)
    if "roberta" in str(config.get("model_type")):
        places -= _PLACES_BEFORE
    return Usage(
        query=prompts["query"],
        passage=prompts.get("document") or prompts["passage"],
        first_token="cls" in str(pooling.get("pooling_mode"))
        or bool(pooling.get("pooling_mode_cls_token")),
        tokens=min(_LONGEST, places, sentences.get("max_seq_length") or _LONGEST),
    )


def _notes(path: Path) -> Mapping[str, Any]:
    found = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    if not isinstance(found, dict):
        raise TypeError(f"{path.name} holds no object")
    return found


class OnnxEncoder:
    """A model of any make whose inputs are the usual ones of BERT."""

    def __init__(self, weights: Path, tokenizer: Path, usage: Usage, name: str) -> None:
        self._usage = usage
        self._session = session_of(str(weights))
        self._inputs = [one.name for one in self._session.get_inputs()]
        if strange := set(self._inputs) - _INPUTS:
            raise ValueError(f"it asks for {', '.join(sorted(strange))}, as no sentence model does")
        self._output = _output_of(self._session)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(usage.tokens)
        self.size = 0
        self.size = self.encode_queries(["a first one"]).shape[1]
        made_by = hashlib.sha256(f"{usage!r}{READING}".encode())
        for path in (weights, tokenizer):
            with path.open("rb") as file:
                made_by.update(hashlib.file_digest(file, "sha256").digest())
        self.name = f"{name}:{self.size}:{made_by.hexdigest()[:_HASHED]}"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, cut off after 128 tokens; shape (len(texts), size)."""
        return self._encode([self._usage.query + text for text in texts], QUESTION_TOKENS)

    def encode_parts(self, text: str, words: Sequence[str], *, asked: bool = True) -> Parts:
        """What a question, or with `asked=False` a passage, and each of its words mean.

        A model that gives no vectors of tokens holds nothing of a word that could be told.
        """
        kind, longest = self._usage.passage, self._usage.tokens
        if asked:
            kind, longest = self._usage.query, min(QUESTION_TOKENS, longest)
        written = (kind + plain(text)).encode("utf-8", "replace").decode()
        split = self._tokenizer.encode(written)
        split.truncate(longest)
        hidden = self._output_for(split)
        if hidden.ndim == 1:
            same = unit(np.stack([hidden] * (1 + len(words))))
            return Parts(same, np.zeros((len(words), self.size), dtype=np.float32))
        parts = parts_of(hidden, tokens_of(split.offsets, written, words, len(kind)))
        if self._usage.first_token:
            return replace(parts, texts=unit(np.stack([hidden[0]] * (1 + len(words)))))
        return parts

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages; shape (len(texts), size)."""
        return self._encode([self._usage.passage + text for text in texts], self._usage.tokens)

    def _encode(self, texts: Sequence[str], longest: int) -> Vectors:
        # Half a pair of UTF-16, which Discord may send, is no letter that tokenizers takes.
        written = [plain(text).encode("utf-8", "replace").decode() for text in texts]
        split = self._tokenizer.encode_batch(written)
        for each in split:
            each.truncate(min(longest, self._usage.tokens))
        # One by one: what is rounded in 8 bits is rounded otherwise beside another text.
        vectors = [self._run(each) for each in split]
        return unit(np.stack(vectors)) if vectors else np.zeros((0, self.size), dtype=np.float32)

    def _run(self, split: Encoding) -> Vectors:
        found = self._output_for(split)
        if found.ndim == 1:
            return found
        pooled: Vectors = found[0] if self._usage.first_token else found.mean(axis=0)
        return pooled

    def _output_for(self, split: Encoding) -> Vectors:
        """The model's output for one text: a vector of it, or one of each token."""
        given = {
            "input_ids": split.ids,
            "attention_mask": split.attention_mask,
            "token_type_ids": split.type_ids,
            "position_ids": range(len(split.ids)),
        }
        inputs = {name: np.array([given[name]], dtype=np.int64) for name in self._inputs}
        found = self._session.run([self._output], inputs)[0]
        one: Vectors = found[0]
        return one


def _output_of(session: onnxruntime.InferenceSession) -> str:
    """The output with a vector a text, or else the first, which has a vector a token."""
    names: list[str] = [one.name for one in session.get_outputs()]
    return "sentence_embedding" if "sentence_embedding" in names else names[0]
