"""Any sentence-embedding model that somebody has put into a folder as ONNX, laid out as sentence-transformers does.

Needed: `model.onnx` (or `onnx/model.onnx`) and `tokenizer.json`. Read when present: `1_Pooling/config.json` (mean
unless it says the first token), `config_sentence_transformers.json` (the prompts before queries and passages),
`sentence_bert_config.json` (the longest input).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.documents.embedding.inprocess import MAX_TOKENS, TextPool, Vector, open_session
from core.errors import BadInput
from core.i18n import Message

_TAIL_BYTES = 1 << 20
_KNOWN_INPUTS = {"input_ids", "attention_mask", "token_type_ids", "position_ids"}


class FolderEmbedder:
    """The model of one folder, loaded and tried when made: `BadInput` if the folder holds no model that works."""

    def __init__(self, folder: Path, threads: int) -> None:
        model = _required(folder, "model.onnx", "onnx/model.onnx")
        tokeniser = _required(folder, "tokenizer.json")
        try:
            self._read_settings(folder)
            self._open(model, tokeniser)
            self.dimensions = len(self._encode("试"))
        except Exception as error:  # the libraries raise their own kinds for a broken file, down to bare Exception
            message = Message("文件夹 {folder} 中的语义模型无法使用：{reason}", folder=folder.name, reason=str(error)[:200])
            raise BadInput(message) from error
        self.name = f"folder-{folder.name}-{_stamp(folder, model)}"
        self._pool = TextPool(self._encode, self.dimensions, threads)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of passages to be found."""
        return self._pool.encode_all([self._passage_prompt + text for text in texts])

    def query(self, text: str) -> Vector:
        """The vector of a question."""
        return self._encode(self._query_prompt + text)

    def answering(self, question: str, sentences: Sequence[str]) -> None:
        """A model of vectors reads no two texts together."""

    def _read_settings(self, folder: Path) -> None:
        prompts = _settings(folder / "config_sentence_transformers.json").get("prompts") or {}
        self._query_prompt = str(prompts.get("query") or "")
        self._passage_prompt = str(prompts.get("document") or prompts.get("passage") or "")
        pooling = _settings(folder / "1_Pooling" / "config.json")
        self._first_token = bool(pooling.get("pooling_mode_cls_token"))
        longest = _settings(folder / "sentence_bert_config.json").get("max_seq_length")
        self._limit = min(int(longest or MAX_TOKENS), MAX_TOKENS)

    def _open(self, model: Path, tokeniser: Path) -> None:
        import tokenizers

        self._tokeniser = tokenizers.Tokenizer.from_file(str(tokeniser))
        self._tokeniser.no_padding()
        self._tokeniser.enable_truncation(self._limit)
        self._session = open_session(model, optimise=True)
        self._inputs = {entry.name for entry in self._session.get_inputs()}
        unknown = self._inputs - _KNOWN_INPUTS
        if unknown:
            raise ValueError(f"unknown inputs {', '.join(sorted(unknown))}")
        outputs = [entry.name for entry in self._session.get_outputs()]
        self._output = "sentence_embedding" if "sentence_embedding" in outputs else outputs[0]

    def _encode(self, text: str) -> Vector:
        tokens = self._tokeniser.encode(text)
        ids = np.array([tokens.ids], np.int64)
        feeds = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.array([tokens.type_ids], np.int64),
            "position_ids": np.arange(ids.shape[1], dtype=np.int64)[None],
        }
        outputs: list[Any] = self._session.run([self._output], {name: feeds[name] for name in self._inputs})
        state = np.asarray(outputs[0][0], np.float32)
        if state.ndim == 2:
            state = state[0] if self._first_token else state.mean(axis=0)
        length = float(np.linalg.norm(state))
        if state.ndim != 1 or not np.isfinite(length) or length == 0.0:
            raise ValueError(f"output {self._output} is not a sentence vector")
        vector: Vector = state / np.float32(length)
        return vector


def folder_embedder(folder: Path, threads: int = 2) -> FolderEmbedder:
    """The embedder of a model folder. Raises `BadInput` if it does not hold a model that works."""
    return FolderEmbedder(folder, threads)


def _required(folder: Path, *choices: str) -> Path:
    for choice in choices:
        if (folder / choice).is_file():
            return folder / choice
    raise BadInput(Message("文件夹 {folder} 中没有 {file}，请放入 ONNX 格式的语义模型。", folder=str(folder), file=choices[0]))


def _settings(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return values


def _stamp(folder: Path, model: Path) -> str:
    """Differs between different models and settings; of large files it reads the size and the last megabyte."""
    settings = (
        "tokenizer.json",
        "1_Pooling/config.json",
        "config_sentence_transformers.json",
        "sentence_bert_config.json",
    )
    digest = hashlib.sha256()
    weights = sorted(path for path in model.parent.iterdir() if path.is_file() and path.name.startswith(model.name))
    for path in [*weights, *(folder / name for name in settings)]:
        if path.is_file():
            size = path.stat().st_size
            with path.open("rb") as file:
                file.seek(max(0, size - _TAIL_BYTES))
                digest.update(f"{path.relative_to(folder)} {size}\n".encode() + file.read())
    return digest.hexdigest()[:8]
