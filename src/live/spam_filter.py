"""What the spam filter makes of a message, and what each word of it does to the score.

It runs in the reader's browser, beside the package, and once in the build of the site, for what
a page shows before anything runs. The filter is that of the page, trained by the same steps.
"""

from collections.abc import Sequence
from functools import cache
from itertools import count
from typing import NamedTuple

from live import bars
from live.bars import escaped
from verdict import (
    END_OF_TEXT,
    UNKNOWN,
    Classifier,
    SimpleTokenizerV1,
    Trainable,
    fine_tune,
    load_pretrained,
    make_messages,
    pad_rows,
    softmax,
    split_words,
)
from verdict.checks.arrays import IdArray, Vectors
from verdict.tuning.halves import Message

LABELLED_MESSAGES, STEPS, PEAK, SEED = 224, 60, 0.005, 1
"""How the filter is trained: with how many labelled messages, and how long."""
MOST_UNKNOWN_NAMED = 5
"""How many unknown words are named at most."""
DRAWABLE_MESSAGES = 100
"""How many messages can be drawn before they come again."""

FIRST_PAGE_MESSAGES = {
    "WIN a FREE prize now!!! http://win.example": 1,
    "Lunch at noon? The soup is good today.": 0,
    "Your account is closed, reply with your password to keep it.": 1,
    "We won the match!!! DRINKS ARE FREE at the club tonight!": 0,
}
"""The messages of the first page, and whether each is spam."""

_next_draw = count(1)
_known_labels = dict(FIRST_PAGE_MESSAGES)
"""Whether each message is spam of which that is known: those above, and those that were drawn."""


class Filter(NamedTuple):
    """A classifier, and the tokenizer of its words."""

    classifier: Classifier
    tokenizer: SimpleTokenizerV1

    @property
    def context(self) -> int:
        """How many tokens of a message it reads."""
        return self.classifier.model.config.context_length

    def rows(self, texts: Sequence[str]) -> IdArray:
        """Turn messages into rows of token IDs."""
        end = self.tokenizer.str_to_int[END_OF_TEXT]
        ids = [self.tokenizer.encode(text.lower()) for text in texts]
        return pad_rows(ids, end, longest=self.context)

    def scores(self, texts: Sequence[str]) -> Vectors:
        """Score messages: for each, how much speaks for the rest, and how much for spam."""
        return self.classifier(self.rows(texts))


@cache
def trained() -> Filter:
    """Train the filter, once."""
    model, tokenizer = load_pretrained("messages")
    end = tokenizer.str_to_int[END_OF_TEXT]
    found = Filter(Classifier(model, padding=end, seed=SEED), tokenizer)
    messages = make_messages(LABELLED_MESSAGES, "labelled", seed=SEED)
    part = Trainable(found.classifier, found.classifier.part("last block"))
    rows, labels = found.rows([each.text for each in messages]), [each.label for each in messages]
    for _ in fine_tune(part, rows, labels, STEPS, seed=SEED, peak=PEAK):
        pass
    return found


class Judgement(NamedTuple):
    """What the filter makes of a message.

    Attributes:
        share: How likely spam is.
        words: Those that it has read.
        effects: What each of them does to the lead that spam has.
    """

    share: float
    words: list[str]
    effects: list[float]


def judge(text: str) -> Judgement:
    """Score a message as it is, and without each of its words."""
    words = read_words(text)
    rests = [" ".join(words[:place] + words[place + 1 :]) for place in range(len(words))]
    if len(words) == 1:
        rests = []  # without its only word it is no message
    scores = trained().scores([" ".join(words), *rests])
    leads = scores[:, 1] - scores[:, 0]
    return Judgement(float(softmax(scores[0])[1]), words, (leads[0] - leads[1:]).tolist())


def read_words(text: str) -> list[str]:
    """Cut a message after the last word that the filter can read whole."""
    words, left = text.split(), trained().context
    for place, word in enumerate(words):
        left -= len(split_words(word))
        if left < 0:
            return words[:place]
    return words


def show(text: str) -> dict[str, str]:
    """Judge a message, and show what each of its words did.

    Returns:
        The `result` as HTML, and what there is to say, as `says`; or the `error`.
    """
    if not text.strip():
        return {"error": "There is no message. Type one.", "says": ""}
    if not read_words(text):
        return {"error": f"Its first word has more than {trained().context} tokens.", "says": ""}
    found = judge(text)
    says = [f"{_class(found.share)}, {found.share:.2f}.", *_right_or_wrong(text, found.share)]
    says += [*_strongest(found), *_unknown_words(found.words)]
    if len(found.words) < len(text.split()):
        says.append(f"It has read the first {len(found.words)} words, and can read no more.")
    return {"error": "", "says": " ".join(says), "result": _result(found)}


def first_page_messages() -> str:
    """The messages of the first page, each with what the filter makes of it."""
    return "".join(
        f'<details name="four"{" open" * (not place)}><summary>{_verdict(found.share)} '
        f"<bdi>{escaped(text)}</bdi></summary>{_effects(found)}</details>"
        for place, (text, found) in enumerate((text, judge(text)) for text in FIRST_PAGE_MESSAGES)
    )


def fill(_name: str, _choice: str) -> list[str]:
    """Draw a message, each time another, whose phrases were in none that it was trained on."""
    message = _unseen()[next(_next_draw) % DRAWABLE_MESSAGES]
    _known_labels[message.text] = message.label
    return [message.text]


@cache
def _unseen() -> list[Message]:
    return make_messages(DRAWABLE_MESSAGES, "tested", seed=SEED)


def _class(share: float) -> str:
    return "Spam" if share > 0.5 else "Not spam"


def _right_or_wrong(text: str, share: float) -> list[str]:
    if text not in _known_labels:
        return []
    is_right = _known_labels[text] == (share > 0.5)
    return ["That is right." if is_right else "That is wrong."]


def _strongest(found: Judgement) -> list[str]:
    """Name the words that did most, to either side."""
    if not found.effects:
        return []
    most, least = max(found.effects), min(found.effects)
    named = {"spam": most, "the rest": least}
    words = [
        f"“{found.words[found.effects.index(effect)]}” ({effect:+.2f}) for {side}"
        for side, effect in named.items()
        if (effect > 0) == (side == "spam") and effect
    ]
    return [f"What did most: {', and '.join(words)}."] if words else []


def _unknown_words(words: list[str]) -> list[str]:
    """Say which words the model does not know, and what it gets in their place."""
    known = trained().tokenizer.str_to_int
    tokens = dict.fromkeys(split_words(" ".join(words).lower()))
    unknown = [token for token in tokens if token not in known]
    if not unknown:
        return []
    named = ", ".join(f"“{word}”" for word in unknown[:MOST_UNKNOWN_NAMED])
    more = (
        f" and {len(unknown) - MOST_UNKNOWN_NAMED} more"
        if len(unknown) > MOST_UNKNOWN_NAMED
        else ""
    )
    return [f"It has read no message with {named}{more}: it gets {UNKNOWN} in that place."]


def _result(found: Judgement) -> str:
    return f'<p class="verdict">{_verdict(found.share)}</p>{_effects(found)}'


def _verdict(share: float) -> str:
    kind = "spam" if share > 0.5 else "harmless"
    return f'<b class="{kind}">{_class(share)}</b> <span>{share:.2f}</span>'


def _effects(found: Judgement) -> str:
    if not found.effects:
        return ""
    rows = zip(found.words, found.effects, strict=True)
    return bars.changes("What each word does to the lead of spam", rows)
