"""What `yingda replay` prints and writes for the person who judges."""

GIVEN = "事先已有："
WAITED = "（{minutes}分钟后）"
SENT_LOCATION = "［位置］{label} {lat}, {lon}"
SENT_PICTURE = "［照片］"
NO_RECORDS = "台账没有记录。"
FAILED = "{id} 第{number}条不符：{check}\n    实际：{found}"
SHARE = "机检 {held}/{checks} 条成立（{share:.1%}），{whole}/{dialogues} 段对话全部成立。"
"""Statements and conversations."""
CLIPPED = 160


def failed(dialogue: str, number: int, check: str, found: str) -> str:
    """Return the line for a check that did not hold."""
    one_line = " ".join(found.split())
    shown = one_line if len(one_line) <= CLIPPED else f"{one_line[:CLIPPED]}…"
    return FAILED.format(id=dialogue, number=number, check=check, found=shown or "（什么都没有）")


def share(held: int, checks: int, whole: int, dialogues: int) -> str:
    """Return how many checks and how many conversations held."""
    return SHARE.format(
        held=held, checks=checks, share=held / checks if checks else 1, whole=whole, dialogues=dialogues
    )
