"""Small corpora and an embedder for the tests of search and models."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

VILLAGE = """# 上河村应急预案（示例）

## 一、谁来做

### （一）村党组织负责。

村党组织书记是第一责任人，每年组织一次转移演练。

### （二）网格员巡查。

网格员汛期每天巡查隐患点，发现险情立即敲锣。

## 二、怎么报

### （三）先打电话。

看见险情先打镇值班电话，再报网格员。
"""
CENTRE = """# 关于加强应急的意见

## 一、组织

### （一）加强领导。

各级党委政府要加强领导，落实经费。

### （二）建设队伍。

乡镇建立综合应急救援队伍，每年训练。
"""


def write_document(
    corpus: Path, document: str, text: str = VILLAGE, *, region: str = "", questions: Sequence[tuple[str, str]] = ()
) -> Path:
    """Write one document folder; `questions` are (address, question)."""
    folder = corpus / document
    folder.mkdir(parents=True, exist_ok=True)
    level = "village" if region else "central"
    (folder / "document.toml").write_text(
        f'id = "{document}"\ntitle = "{text.splitlines()[0][2:]}"\nlevel = "{level}"\nregion = "{region}"\n',
        encoding="utf-8",
    )
    (folder / "text.md").write_text(text, encoding="utf-8")
    lines = [
        json.dumps({"unit": f"{document}/{address}", "question": q}, ensure_ascii=False) for address, q in questions
    ]
    (folder / "questions.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


class Letters:
    """An embedder without training: every character adds to one of 16 dimensions."""

    dimensions = 16

    def __init__(self, name: str = "letters") -> None:
        self.name = name
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.seen += texts
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for char in text:
                row[ord(char) % self.dimensions] += 1
            row /= max(float(np.linalg.norm(row)), 1.0)
        return rows
