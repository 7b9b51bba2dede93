# ruff: noqa: RUF001 - other scripts are what this figure is about
"""The same sentence in several languages costs more tokens, the less of them GPT-2 has read."""

from drawing import Box, Figure
from drawing.shapes import LEFT, RIGHT, caption, label
from drawing.style import GAP, HEIGHT
from verdict import BytePairTokenizer

# --8<-- [start:sentences]
sentences = {
    "English": "The train leaves at seven, so we have to get up early.",
    "French": "Le train part à sept heures, alors il faut se lever tôt.",
    "German": "Der Zug fährt um sieben, also müssen wir früh aufstehen.",
    "Polish": "Pociąg odjeżdża o siódmej, więc musimy wcześnie wstać.",
    "Russian": "Поезд отходит в семь, поэтому нам надо рано встать.",
    "Greek": "Το τρένο φεύγει στις επτά, οπότε πρέπει να ξυπνήσουμε νωρίς.",
    "Hindi": "ट्रेन सात बजे जाती है, इसलिए हमें जल्दी उठना होगा।",
    "Chinese": "火车七点出发，所以我们得早起。",
    "Japanese": "電車は七時に出るので、早く起きなければなりません。",
    "Korean": "기차가 일곱 시에 떠나니까 일찍 일어나야 해요.",
}
# --8<-- [end:sentences]

NAMES = 84
"""Width of the column of names."""

COUNTS = 30
"""Width of the column of counts."""


def draw() -> Figure:
    """Draw a bar for each language, as long as its sentence has tokens."""
    tokenizer = BytePairTokenizer.gpt2()
    tokens = {language: len(tokenizer.encode(text)) for language, text in sentences.items()}
    figure = Figure(
        "One sentence, ten languages",
        "A bar chart of how many of GPT-2's tokens the same sentence takes: "
        f"{', '.join(f'{language} {number}' for language, number in tokens.items())}.",
    )
    label(figure, (LEFT, 0), "Tokens of GPT-2", "for the same sentence")
    room = RIGHT - LEFT - NAMES - COUNTS - GAP
    y = 30.0
    for language, number in tokens.items():
        figure.text((LEFT, y + 15), language)
        bar = Box(LEFT + NAMES, y, room * number / max(tokens.values()), HEIGHT - 8)
        figure.rectangle(bar, "token")
        figure.text((bar.right + GAP, y + 15), str(number), "code")
        y += HEIGHT
    caption(figure, (LEFT, y + 4), "GPT-2 learned its merges from English pages.")
    return figure
