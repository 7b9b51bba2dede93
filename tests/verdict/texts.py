"""Texts of the kinds that break tokenizers, for property tests."""

import sys

from hypothesis import strategies as st

from verdict.text.words import MARKS

BLANKS = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()]
# The second kind of characters are lone surrogates; the quote and dash are no marks.
characters = st.characters() | st.characters(categories=["Cs"])
crumbs = st.sampled_from([*BLANKS, *MARKS, "-", "---", "\u2019", "\u2014", "a", "It's", "\u200b"])
texts = st.lists(crumbs | characters).map("".join)
tokens = texts.map(lambda text: "".join(text.split())).filter(bool)


@st.composite
def texts_with_windows(draw: st.DrawFn) -> tuple[list[int], int, int]:
    """Token IDs, a length of context that they are enough for, and a stride."""
    context_length, stride = draw(st.integers(1, 12)), draw(st.integers(1, 12))
    text = draw(st.lists(st.integers(0, 999), min_size=context_length + 1, max_size=80))
    return text, context_length, stride
