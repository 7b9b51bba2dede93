"""The job `generate`: a model goes on with a text, and each token is shown at once."""

from argparse import Namespace

from verdict.command.errors import CommandError, naming
from verdict.command.generate.continuation import Continuation
from verdict.command.messages import STANDARD_INPUT
from verdict.command.models.loading import check_fit, load_model
from verdict.command.output import print_json, write_at_once
from verdict.command.reading.texts import check_characters, read_text
from verdict.command.tokenizers.choosing import noted_tokenizer, tokenizer_called


def generate(options: Namespace) -> None:
    """Write the text, and what the model adds to it, until it ends or enough has been said."""
    chosen = tokenizer_called(options.tokenizer or noted_tokenizer(options.model), options)
    prompt = options.text
    if prompt is None:
        prompt = "".join(read_text(STANDARD_INPUT, prints_meanwhile=True))
    check_characters(prompt, "the text")
    with naming(STANDARD_INPUT if options.text is None else "the text"):
        ids = list(chosen.encode([prompt], options.special))
    if not ids:
        raise CommandError("there is no text to go on with: the model needs one token at least")
    model = load_model(options.model, options.heads)
    check_fit(model.config.vocabulary_size, ids, options.model)
    written = Continuation(options, chosen, model, ids)
    try:
        write_at_once(b"" if options.json else prompt.encode())
        for piece in written:
            write_at_once(b"" if options.json else piece)
    finally:  # after Ctrl+C too
        if options.json:
            print_json({"prompt": prompt, "text": written.text, "ids": written.ids})
        write_at_once(b"" if options.json else b"\n")
