"""Read the text of a byte pair tokenizer's file: see `byte_pair_file` for what it looks like."""

import json
import re

from verdict.text.byte_pair_file import VERSION, VERSION_WITHOUT_SUM, Parts, shown

_MERGE = re.compile(r'([0-9]{1,20}) ([0-9]{1,20}) ".*"').fullmatch


def parsed(text: str) -> tuple[int, Parts]:
    """Read the parts of a tokenizer from the text of its file.

    Args:
        text: The text.

    Returns:
        The version of the file, and the parts. What they say is not looked into, nor is the sum.

    Raises:
        ValueError: If the text has another form; the message says in which line.
    """
    lines = iter(text.split("\n"))
    version = int(_field("verdict byte pair encoding, version ([0-9]{1,9})", next(lines), 1))
    if version not in (VERSION_WITHOUT_SUM, VERSION):
        raise ValueError(
            f"it is of version {version}, and this Verdict reads versions "
            f"{VERSION_WITHOUT_SUM} and {VERSION}: use the Verdict that wrote it, or train again"
        )
    numbers = _field("bytes: ([0-9]{1,3}(?: [0-9]{1,3}){255})", next(lines, None), 2)
    listed = _field(r"special tokens: (\[.*\])", next(lines, None), 3)
    try:
        special_tokens = json.loads(listed)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"line 3 lists no special tokens: {error}") from None
    if not all(isinstance(token, str) for token in special_tokens):
        raise ValueError("line 3 lists special tokens that are no text")
    announced = int(_field("merges: ([0-9]{1,20})", next(lines, None), 4))
    merges = []
    for number, line in enumerate(lines, 5):
        if not line or line.startswith("sha256: "):
            break
        pair = _MERGE(line)
        if not pair:
            raise ValueError(f"line {number} is no merge: {shown(line)}")
        merges.append((int(pair[1]), int(pair[2])))
    if len(merges) != announced:
        raise ValueError(f"it has {len(merges)} merges, and announces {announced}")
    return version, Parts(merges, special_tokens, list(map(int, numbers.split())))


def _field(pattern: str, line: str | None, number: int) -> str:
    """Return what a line of the head says."""
    if line is None:
        raise ValueError(f"it ends before line {number}")
    match = re.fullmatch(pattern, line)
    if not match:
        name = pattern.partition("(")[0].strip()
        raise ValueError(f"line {number} should be '{name} …', and is {shown(line)}")
    return match[1]
