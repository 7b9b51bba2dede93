"""The job `ask`: a tuned model answers instructions, and each token is shown at once."""

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from verdict.command.errors import CommandError
from verdict.command.generate.continuation import Continuation
from verdict.command.messages import STANDARD_INPUT, called, counted, tell_always
from verdict.command.models.loading import load_model
from verdict.command.models.reader import Reader
from verdict.command.output import print_json, print_line, write_at_once
from verdict.command.reading.row import Place, needed_at, text_at
from verdict.command.reading.rows import rows_or_lines
from verdict.command.reading.texts import check_characters, read_text
from verdict.command.tokenizers.choosing import noted_tokenizer, tokenizer_called

if TYPE_CHECKING:
    from verdict.model.gpt import GPT


class Instruction(NamedTuple):
    """An instruction: where it stands, what it is about, and the right answer, if it is known."""

    place: Place | str
    instruction: str
    about: str
    response: str


def ask(options: Namespace) -> None:
    """Write the answers, and how many are right to the letter, if the right ones are known."""
    if options.file and (options.instruction is not None or options.input):
        options.usage("argument --file: it has the instructions, so none stands beside it")
    model = load_model(options.model, options.heads)
    chosen = tokenizer_called(options.tokenizer or noted_tokenizer(options.model), options)
    reader = Reader(chosen, options.special, model.config, options.model)
    known = right = 0
    for asked in _all_asked(options):
        answer = _answer(options, reader, model, asked)
        if asked.response:
            known += 1
            right += answer == asked.response
    if known and options.json:
        print_json({"answers": known, "right": right})
    elif known:
        print_line(f"\n{right:,} of {counted(known, 'answer')} right to the letter")


def _all_asked(options: Namespace) -> Iterator[Instruction]:
    """Yield all instructions: that of the command or of standard input, or those of a file."""
    if options.file:
        for at, row in rows_or_lines(options.file, ("instruction",), "response"):
            instruction = needed_at(at, row, "instruction")
            response = text_at(at, row, "response", is_label=True)
            yield Instruction(at, instruction, text_at(at, row, "input"), response)
        return
    place, instruction = "the instruction", options.instruction
    if instruction is None:
        place, instruction = called(STANDARD_INPUT), "".join(read_text(STANDARD_INPUT))
    for text in (instruction, options.input):
        check_characters(text, "the instruction")
    if not instruction.strip():
        raise CommandError(f"{place} is empty: say what to do")
    yield Instruction(place, instruction.strip(), options.input.strip(), "")


def _answer(options: Namespace, reader: Reader, model: "GPT", asked: Instruction) -> str:
    """Let the model answer, show it, and return the answer without white space around it."""
    prompt = reader.prompt(asked.instruction, asked.about, asked.place)
    unknown = _words_not_known(reader, f"{asked.instruction} {asked.about}")
    if unknown and not options.json:
        words = ", ".join(f'"{word}"' for word in unknown)
        tell_always(f"verdict: {options.model} does not know {words:.200}")
    written = Continuation(options, reader.tokenizer, model, prompt)
    begun = False
    try:
        for piece in written:
            shown = piece if begun else piece.lstrip()
            begun = begun or bool(shown)
            write_at_once(b"" if options.json else shown)
    finally:  # after Ctrl+C too
        answer = written.text.strip()
        if options.json:
            print_json(_as_json(asked, answer, written.ids, unknown))
        write_at_once(b"" if options.json else b"\n")
    return answer


def _words_not_known(reader: Reader, text: str) -> list[str]:
    """List the words of a text that the model does not know."""
    _, unknown = reader.tokenizer.count([text], reader.special)
    return list(unknown)


def _as_json(asked: Instruction, answer: str, ids: list[int], unknown: list[str]) -> dict[str, Any]:
    """Give an answer to programs."""
    found: dict[str, Any] = {
        "instruction": asked.instruction,
        "input": asked.about,
        "response": answer,
        "ids": ids,
    }
    if unknown:
        found["unknown_words"] = unknown
    if isinstance(asked.place, Place):
        found = {"file": asked.place.file, "line": asked.place.line, **found}
    return {**found, "expected": asked.response} if asked.response else found
