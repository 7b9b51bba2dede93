"""Files of arrays that are damaged in every way: `python -m tests.bench.hostile_files`.

A million of them take some minutes. Each is read or refused with a sentence; the largest amount of
memory that one took is told beside its size, and by how much the whole process grew.
"""

import json
import resource
import sys
import tempfile
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from verdict import WeightsError, read_safetensors

STRANGE: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 3, 8, 12, 2**31, 2**63, 2**64, 10**30, 1.5, -0.0, "", "F32", "F64",
    "F16", "BF16", "I64", [], [0], [8, 0], [0, 8], [0, 2**64], {}, {"a": 1}, [[[]]], "\ud800",
)  # fmt: skip
"""What may stand where something else should."""


def damaged(seed: int, count: int) -> Iterator[bytes]:
    """Make files that were right before one to four things in them were changed."""
    random = Random(seed)
    for _ in range(count):
        entries, data = whole(random)
        for _ in range(random.randint(0, 3)):
            damage(entries, random)
        header = json.dumps(entries).encode()
        if random.random() < 0.3:
            header = flipped(header, random)
        length = len(header)
        if random.random() < 0.1:
            length = random.choice([0, 1, length - 1, length + 1, 2**31, 2**63, 2**64 - 1])
        content = length.to_bytes(8, "little") + header + data
        if random.random() < 0.2:
            content = content[: random.randrange(len(content) + 1)]
        yield content


def whole(random: Random) -> tuple[dict[str, Any], bytes]:
    """A list of up to four arrays, and as many bytes as they need."""
    entries: dict[str, Any] = {}
    start = 0
    for name in random.sample("abcdef", random.randint(1, 4)):
        kind, size = random.choice([("F64", 8), ("F32", 4), ("F16", 2)])
        shape = [random.randint(0, 4) for _ in range(random.randint(0, 3))]
        end = start + size
        for axis in shape:
            end = start + (end - start) * axis
        entries[name] = {"dtype": kind, "shape": shape, "data_offsets": [start, end]}
        start = end
    return entries, random.randbytes(start)


def strange(random: Random) -> Any:
    return deepcopy(random.choice(STRANGE))


def damage(entries: dict[str, Any], random: Random) -> None:
    """Change a list in one place."""
    name = random.choice([*entries, "new", "__metadata__"])
    entry = entries.get(name)
    if random.random() < 0.2 or not isinstance(entry, dict):
        entries[name] = strange(random)
        return
    key = random.choice(["dtype", "shape", "data_offsets", "more"])
    value = entry.get(key)
    if isinstance(value, list) and value and random.random() < 0.7:
        value[random.randrange(len(value))] = strange(random)
    elif random.random() < 0.2:
        entry.pop(key, None)
    else:
        entry[key] = strange(random)


def flipped(header: bytes, random: Random) -> bytes:
    """Change one byte, take some away, or say some twice."""
    at, more = random.randrange(len(header)), random.randint(1, 8)
    return random.choice(
        [
            header[:at] + bytes([random.randrange(256)]) + header[at + 1 :],
            header[:at] + header[at + more :],
            header[:at] + header[at : at + more] * 2 + header[at + more :],
        ]
    )


def main(count: int) -> None:
    """Read so many damaged files, and tell what became of them."""
    outcomes: Counter[str] = Counter()
    most, its_size = 0, 0
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "some.safetensors")
        tracemalloc.start()
        for content in damaged(seed=1, count=count):
            path.write_bytes(content)
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            try:
                arrays = read_safetensors(path)
            except WeightsError:
                outcomes["refused"] += 1
            else:
                outcomes["read"] += 1
                del arrays
            _, peak = tracemalloc.get_traced_memory()
            if peak - before > most:
                most, its_size = peak - before, len(content)
    print(f"{count:,} files: {outcomes['read']:,} read, {outcomes['refused']:,} refused")
    print(f"most memory: {most:,} bytes, for a file of {its_size:,}")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown
    print(f"the process grew by {grown:,} {'bytes' if sys.platform == 'darwin' else 'kB'}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
