"""Byte pair encoding itself: learn merges, and apply them to a word.

In this file a token ID is the character with that number, and a word is a
`str` of such characters: Python finds and replaces in a `str` faster than
in any list of numbers. The first 256 are the bytes.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from heapq import heapify, heappop, heappush
from operator import add

from verdict.text.byte_pair_long_words import merge_long_word

FIRST_MERGE = 256
"""The token ID of the first merge: the ones below are the bytes."""

LONG_WORD = 128
"""Bytes of a word: a longer one is not searched whole for each merge."""

_NO_TOKEN = 2 * chr(sys.maxunicode)  # no token, and greater than any


def learn_merges(words: Mapping[str, int], most: int) -> dict[str, str]:
    """Join the most frequent pair of neighbours, again and again.

    This is algorithm 1 of Sennrich, Haddow and Birch, "Neural Machine
    Translation of Rare Words with Subword Units" (2016), on bytes. Instead
    of counting all pairs anew for each merge, it keeps the counts and
    changes them where a merge changes a word.

    Args:
        words: Each distinct word and how often it occurs.
        most: How many merges to learn; fewer come out once no word has a
            pair left.

    Returns:
        Each pair and the token that it becomes, in the order of the merges.
        Of several pairs that are equally frequent, the smallest is merged
        first: the one with the smaller first token ID, or where these are
        equal, the smaller second one.

    Examples:
        >>> learn_merges({"low": 5, "lower": 2, "new": 6}, 2)
        {'lo': 'Ā', 'Āw': 'ā'}
    """
    # Count all pairs once, and note for each pair in which words it stands.
    spelled = list(words)
    often = list(words.values())
    counts: defaultdict[str, int] = defaultdict(int)
    # The words that have, or had, a pair:
    places: defaultdict[str, set[int]] = defaultdict(set)
    for place, word in enumerate(spelled):
        for pair in map(add, word, word[1:]):
            counts[pair] += often[place]
            places[pair].add(place)

    # The most frequent pair comes first out of this queue; of equals, the
    # smallest.
    queue = [(-count, pair) for pair, count in counts.items()]
    heapify(queue)
    merges: dict[str, str] = {}
    while queue and len(merges) < most:
        count, pair = heappop(queue)
        if -count != counts[pair]:  # other merges took some of its places
            if counts[pair]:
                heappush(queue, (-counts[pair], pair))
            continue

        # Merge the pair in the words that have it, and change the counts of
        # its neighbours.
        new = merges[pair] = chr(FIRST_MERGE + len(merges))
        first, second = pair[0], pair[1]
        fresh = set()
        for place in places.pop(pair):
            word = spelled[place] = spelled[place].replace(pair, new)
            for joined in _pairs_with(new, word):
                left, right = joined[0], joined[1]
                old_left = second if left == new else left
                old_right = first if right == new else right
                counts[old_left + old_right] -= often[place]
                counts[joined] += often[place]
                places[joined].add(place)
                fresh.add(joined)

        # Only now are the counts of the new pairs whole.
        for joined in fresh:
            heappush(queue, (-counts[joined], joined))
    return merges


def merge_word(word: str, merges: Mapping[str, str]) -> str:
    """Merge the pairs of a word, in the order in which they were learned.

    Args:
        word: The token IDs of its bytes.
        merges: Each pair and the token that it becomes.

    Returns:
        The token IDs that are left once no pair of neighbours is one of the
        merges. The time this takes grows with the length of the word, and
        hardly faster.

    Examples:
        >>> merge_word("lowest", {"lo": "Ā", "Āw": "ā", "es": "Ă"})
        'āĂt'
    """
    if len(word) > LONG_WORD:
        return merge_long_word(word, merges)
    get = merges.get
    tokens = [*word, _NO_TOKEN]

    # What each token and the one after it become. The last has none.
    pairs = map(add, word, word[1:])
    becomes = [get(pair, _NO_TOKEN) for pair in pairs] + [_NO_TOKEN]

    # Merge, and look up what the new token becomes with its two neighbours.
    while (new := min(becomes)) != _NO_TOKEN:  # the first learned
        at = becomes.index(new)
        tokens[at] = new
        del tokens[at + 1], becomes[at + 1]
        becomes[at] = get(new + tokens[at + 1], _NO_TOKEN)
        if at:
            becomes[at - 1] = get(tokens[at - 1] + new, _NO_TOKEN)
    return "".join(tokens[:-1])


def _pairs_with(token: str, word: str) -> Iterator[str]:
    """Yield each pair of neighbours of which one is the token, or both."""
    at = word.find(token)
    while at >= 0:
        if at:
            yield word[at - 1 : at + 1]
        again = word.find(token, at + 1)
        if at + 1 < len(word) and again != at + 1:
            yield word[at : at + 2]
        at = again
