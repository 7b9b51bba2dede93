"""Merge a word that is too long to be searched again for each of its merges."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush
from itertools import islice
from operator import add, gt


def merge_long_word(word: str, merges: Mapping[str, str]) -> str:
    """Do what `merge_word` does, and go to the places of each merge without a search.

    What a merge makes can only take part in merges that were learned after it. So each merge
    is done once, at all its places from left to right.

    Args:
        word: The token IDs of its bytes.
        merges: Each pair and the token that it becomes.

    Returns:
        The token IDs that are left once no pair of neighbours is one of the merges.

    Examples:
        >>> merge_long_word("lowest", {"lo": "Ā", "Āw": "ā", "es": "Ă"})
        'āĂt'
    """
    # Note for each merge where in the word it can be done.
    get = merges.get
    places: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
    for at, new in enumerate(map(get, map(add, word, word[1:]))):
        if new:
            places[new].append(at)

    # Of the merges that can be done, the one that was learned first comes first.
    queue = list(places)
    heapify(queue)

    tokens = [*word, ""]  # each token stands where it begins, and the rest of it is empty
    ends = array("q", range(len(word)))  # at the first byte of a token its last, and vice versa
    while queue:
        new = heappop(queue)
        here: Iterable[int] = places.pop(new)
        if any(map(gt, here, islice(here, 1, None))):
            here = sorted(here)
        for at in here:
            # Join the token that begins here and the one after it, if they are still there.
            second = ends[at] + 1
            if get(tokens[at] + tokens[second]) != new:
                continue  # another merge has taken one of the two
            last = ends[second]
            tokens[at], tokens[second] = new, ""
            ends[at], ends[last] = last, at

            # Note what the new token can become with the token before it, and the one after.
            before = ends[at - 1] if at else at
            left = get(tokens[before] + new) if at else None
            for start, made in ((before, left), (at, get(new + tokens[last + 1]))):
                if made:
                    if made not in places:
                        heappush(queue, made)
                    places[made].append(start)
    return "".join(tokens)
