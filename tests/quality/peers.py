"""The peers (同类): other ways to search the same documents, each opened from plain data.

Nothing of the product is imported here, so that a process that opens one peer carries that peer alone.

- `bm25s`: bm25s over jieba words with their defaults. Generous: it gets our clauses, not files.
- `langchain`: LangChain, the most used of the common libraries, whose documented Chinese path works without a
  download: RecursiveCharacterTextSplitter with the separators that its page "Splitting text from languages without
  word boundaries" names, chunks as in its tutorial (1000 characters, 200 of them shared), and BM25Retriever with
  jieba as preprocess_func. LlamaIndex's BM25Retriever does not part Chinese words (its issue 13866); Haystack's Chinese splitter is
  HanLP, which downloads models.

Run as a program it opens one peer, prints one answer, then answers the rest: `python -m tests.quality.peers NAME DATA`.
"""

import json
import sys
import warnings
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

LANGCHAIN_SEPARATORS = ["\n\n", "\n", " ", ".", ",", "\u200b", "\uff0c", "\u3001", "\uff0e", "\u3002", ""]
CHUNK, OVERLAP = 1000, 200
SHOWN = 10

Data = dict[str, Any]
"""clauses: (unit, text); documents: id → text; spans: id → (start, end, unit) of its clauses."""
Result = list[list[str]]
"""Best first, the units of which each result shows something."""
Search = Callable[[str, Collection[str] | None], Result]
"""Question and the documents that may answer (None: all) → results."""


def jieba_bm25(texts: Sequence[str]) -> Any:
    """Return bm25s over the jieba words of texts, both as they come."""
    import bm25s
    import jieba

    jieba.setLogLevel("WARNING")
    plain = bm25s.BM25()
    plain.index([jieba.lcut(text) for text in texts], show_progress=False)
    return plain


def open_bm25s(data: Data) -> Search:
    """Plain bm25s over jieba words."""
    import jieba
    import numpy as np

    plain = jieba_bm25([text for _, text in data["clauses"]])
    units = [unit for unit, _ in data["clauses"]]
    owners = np.array([unit.split("/")[0] for unit in units])

    def search(question: str, documents: Collection[str] | None) -> Result:
        scores = plain.get_scores(jieba.lcut(question))
        if documents is not None:
            scores = np.where(np.isin(owners, list(documents)), scores, -1.0)
        return [[units[place]] for place in np.argsort(-scores, kind="stable")[:SHOWN]]

    return search


def open_langchain(data: Data) -> Search:
    """LangChain's splitter for Chinese and its BM25Retriever over jieba words."""
    import jieba

    with warnings.catch_warnings():
        # it says at every import that its parts are to become packages of their own
        warnings.simplefilter("ignore", DeprecationWarning)
        from langchain_community.retrievers import BM25Retriever
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    jieba.setLogLevel("WARNING")
    splitter = RecursiveCharacterTextSplitter(
        separators=LANGCHAIN_SEPARATORS, chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True
    )
    whole = [Document(text, metadata={"document": name}) for name, text in data["documents"].items()]
    chunks = splitter.split_documents(whole)
    for chunk in chunks:
        chunk.metadata["units"] = units_shown(chunk, data["spans"][chunk.metadata["document"]])
    retriever = BM25Retriever.from_documents(chunks, preprocess_func=jieba.lcut, k=len(chunks))

    def search(question: str, documents: Collection[str] | None) -> Result:
        found = retriever.invoke(question)
        allowed = [each for each in found if documents is None or each.metadata["document"] in documents]
        return [each.metadata["units"] for each in allowed[:SHOWN]]

    return search


def units_shown(chunk: Any, spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """Return the clauses of which a chunk holds at least a character: the most generous reading of a hit."""
    start = chunk.metadata["start_index"]
    end = start + len(chunk.page_content)
    return [unit for first, last, unit in spans if first < end and start < last]


PEERS: dict[str, Callable[[Data], Search]] = {"bm25s": open_bm25s, "langchain": open_langchain}


def main() -> None:
    """Answer the first question, say so, and answer the others."""
    data = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    search = PEERS[sys.argv[1]](data)
    first, *others = data["asked"]
    print(search(*first)[0][0], flush=True)
    for question, documents in others:
        search(question, documents)


if __name__ == "__main__":
    main()
