"""What the filter's figure says, by what its page prints."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live import spam_filter
from tests.live.test_asking import TEXTS
from tests.website.conftest import ROOT
from verdict import make_messages

PAGE = "docs/fine-tuning-for-classification/using-the-llm-as-a-spam-classifier.md"


@pytest.fixture(scope="module")
def printed() -> str:
    """All that the page says."""
    return (ROOT / PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["please reply with your password", "we won the match"])
def test_each_word_does_what_the_page_prints(printed: str, text: str) -> None:
    found = spam_filter.judge(text)
    rows = [
        f"{effect:+.2f} {word}" for effect, word in zip(found.effects, found.words, strict=True)
    ]
    assert "\n".join(rows) in re.sub(r"^ +", "", printed, flags=re.MULTILINE)
    shown = spam_filter.show(text)["result"]
    assert re.findall(r"<bdi>(.*?)</bdi></th><td>(.*?)</td>", shown) == [
        tuple(reversed(row.split())) for row in rows
    ]


def test_the_four_messages_have_the_scores_that_the_page_prints(printed: str) -> None:
    for text, label in spam_filter.FIRST_PAGE_MESSAGES.items():
        assert f'"{text}": {label},' in printed
        share = spam_filter.judge(text).share
        assert f"\n{label} {share:.2f} {text[:36].rstrip()}\n" in printed
        assert (
            f"<span>{share:.2f}</span> <bdi>{text}</bdi></summary>"
            in spam_filter.first_page_messages()
        )


def test_it_says_what_it_is_and_which_words_did_most() -> None:
    assert spam_filter.show("please reply with your password")["says"] == (
        "Spam, 1.00. What did most: “reply” (+4.00) for spam, and “please” (-5.10) for the rest."
    )
    assert spam_filter.show("Lunch at noon? The soup is good today.")["says"].startswith(
        "Not spam, 0.00. That is right."
    )


def test_a_message_that_is_drawn_was_not_trained_on_and_its_label_is_known() -> None:
    drawn = [spam_filter.fill("unseen", "")[0] for _ in range(20)]
    assert len(set(drawn)) == 20
    tested = {
        each.text: each.label
        for each in make_messages(spam_filter.DRAWABLE_MESSAGES, "tested", seed=1)
    }
    said = 0
    for text in drawn:
        is_right = tested[text] == (spam_filter.judge(text).share > 0.5)
        said += f"That is {'right' if is_right else 'wrong'}." in spam_filter.show(text)["says"]
    assert said == 20


def test_one_word_alone_is_judged_and_not_left_out() -> None:
    look = spam_filter.show("prize")
    assert re.match(r"(Spam|Not spam), \d\.\d\d\.$", look["says"])
    assert "<table" not in look["result"]


def test_words_that_it_does_not_know_are_named() -> None:
    says = spam_filter.show("please bring Noodles")["says"]
    assert says.endswith("It has read no message with “noodles”: it gets <|unk|> in that place.")
    says = spam_filter.show("please v w x y z ö ü")["says"]
    assert "no message with “v”, “w”, “x”, “y”, “z” and 2 more: it gets" in says


def test_of_a_long_message_it_reads_what_fits() -> None:
    words = "please " * 55 + "reply! now"
    assert spam_filter.read_words(words) == ["please"] * 55
    assert "It has read the first 55 words" in spam_filter.show(words)["says"]
    assert spam_filter.show(words)["result"].count("<tr>") == 55
    assert spam_filter.show("!" * 57)["error"] == "Its first word has more than 56 tokens."


@pytest.mark.parametrize("text", ["", " \n"])
def test_without_a_message_it_says_what_to_do(text: str) -> None:
    assert spam_filter.show(text)["error"] == "There is no message. Type one."


@settings(deadline=None)
@given(TEXTS | st.just("<b>tea</b> & so"))
def test_whatever_is_typed_gets_words_and_is_never_markup(text: str) -> None:
    look = json.loads(json.dumps(spam_filter.show(text)))
    assert bool(look["error"]) != bool(look["says"])
    allowed = "p b span table caption tbody tr th td bdi svg rect"
    assert set(re.findall(r"<(\w+)", look.get("result", ""))) <= set(allowed.split())
