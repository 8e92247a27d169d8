"""Writes multilingual-e5-small as an ONNX model that ONNX Runtime multiplies in 4 bits.

The operators beyond ONNX's own (domain com.microsoft) are those that its optimiser makes of an
exported BERT; written at once, the session is ready in a tenth of a second.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, NodeProto, TensorProto, helper, numpy_helper

from knowledge.matching.encoding.e5_file import BLOCK, E5File

WORDS = "words"
"""What the model takes: for each token the sum of the vectors of its piece and its place."""
_FUSED = "com.microsoft"
_OPSET, _FORMAT = 17, 8
"""ONNX 1.12 of 2022: old enough for every ONNX Runtime with the operators used."""
_EIGHT_BITS = 4
"""Activations are rounded to 8 bits, block by block: against exact ones (0), 8.3 instead of
12.9 ms a question, with a cosine of 0.9999 between the two."""


class _Graph:
    """Nodes and weights, put together one after the other."""

    def __init__(self, file: E5File) -> None:
        self._file = file
        self._nodes: list[NodeProto] = []
        self._weights: list[TensorProto] = []

    def constant(self, name: str, values: NDArray[np.float32] | NDArray[np.uint8]) -> str:
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, inputs: Sequence[str], out: str, **settings: Any) -> str:
        domain = "" if operator == "LayerNormalization" else _FUSED
        self._nodes.append(helper.make_node(operator, inputs, [out], domain=domain, **settings))
        return out

    def linear(self, source: str, name: str, width: int) -> str:
        """`source` times a matrix in 4 bits, plus its bias."""
        found, bias = self._file.blocks(f"{name}.w"), self._file.floats(f"{name}.b")
        shape = (len(bias), width // BLOCK, BLOCK // 2)
        inputs = [
            source,
            self.constant(f"{name}.w", found.neighbours().reshape(shape)),
            self.constant(f"{name}.s", found.scales.astype(np.float32)),
            *("", ""),  # no zero point other than the middle, no order of groups
            self.constant(f"{name}.b", bias),
        ]
        return self.node(
            "MatMulNBits", inputs, name,
            K=width, N=len(bias), bits=4, block_size=BLOCK, accuracy_level=_EIGHT_BITS,
        )  # fmt: skip

    def norm(self, sources: Sequence[str], name: str) -> str:
        """The sum of one or two sources, brought to mean 0 and deviation 1, then scaled."""
        operator = "LayerNormalization" if len(sources) == 1 else "SkipLayerNormalization"
        scale, shift = (
            self.constant(f"{name}.{p}", self._file.floats(f"{name}.{p}")) for p in "wb"
        )
        return self.node(operator, [*sources, scale, shift], name, epsilon=self._file.epsilon)

    def layer(self, source: str, number: int) -> str:
        size, layer = self._file.size, f"l{number}"
        parts = [self.linear(source, f"{layer}.{part}", size) for part in "qkv"]
        seen = self.node("MultiHeadAttention", parts, f"{layer}.seen", num_heads=self._file.heads)
        attended = self.norm([self.linear(seen, f"{layer}.ao", size), source], f"{layer}.aln")
        inner = self.node("Gelu", [self.linear(attended, f"{layer}.fi", size)], f"{layer}.inner")
        return self.norm(
            [self.linear(inner, f"{layer}.fo", self._file.inner), attended], f"{layer}.oln"
        )

    def finished(self, out: str) -> GraphProto:
        shape: list[str | int | None] = ["texts", "tokens", self._file.size]
        takes = [
            helper.make_tensor_value_info(WORDS, TensorProto.FLOAT, shape),
        ]
        gives = [helper.make_tensor_value_info(out, TensorProto.FLOAT, shape)]
        return helper.make_graph(self._nodes, "e5", takes, gives, self._weights)


def model_of(file: E5File) -> bytes:
    """The serialised model: from vectors of words to vectors of tokens in their context."""
    graph = _Graph(file)
    state = graph.norm([WORDS], "emb.ln")
    for number in range(file.layers):
        state = graph.layer(state, number)
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
    model = helper.make_model(graph.finished(state), opset_imports=opsets, ir_version=_FORMAT)
    written: bytes = model.SerializeToString()
    return written
