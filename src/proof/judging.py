"""Say in words what is right about an answer to an exercise, and what is not yet.

The checks of an exercise are Python: assertions, each below a comment that says what is right
once it holds, with a message that says what is not yet. They see what the answer has defined,
and beside it `printed`, what it has printed; `numbers`, the numbers in that; and `answer`, its
own text.

It stands by itself: the proof runs it, and so does a reader's browser.
"""

import ast
import re
from collections.abc import Mapping
from typing import NamedTuple

_NUMBER = re.compile(r"(?<![\w.])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?")


class Said(NamedTuple):
    """What one check says."""

    is_right: bool
    words: str


def judge(checks: str, answer: str, printed: str, namespace: Mapping[str, object]) -> list[Said]:
    """Go through the checks in order, up to the first that does not hold.

    Args:
        checks: their code.
        answer: the code that the reader wrote.
        printed: what it has printed.
        namespace: what it has defined; it is left as it is.

    Examples:
        >>> checks = '''
        ... # You print one number.
        ... assert len(numbers) == 1, "Print one number."
        ... # It is the right one.
        ... assert numbers == [4], "Count each token once."
        ... '''
        >>> for said in judge(checks, "print(5)", "5", {}):
        ...     print(said.is_right, said.words)
        True You print one number.
        False Count each token once.
    """
    lines, found = checks.split("\n"), list[Said]()
    given = {"printed": printed, "numbers": numbers_in(printed), "answer": answer}
    scope: dict[str, object] = {**namespace, **given}
    for node in ast.parse(checks).body:
        code = compile(ast.Module([node], []), "<check>", "exec", dont_inherit=True)
        try:
            exec(code, scope)
        except AssertionError as error:
            return [*found, Said(is_right=False, words=str(error))]
        except NameError as error:
            return [*found, Said(is_right=False, words=f"There is no {error.name!r} yet.")]
        except Exception as error:
            words = f"Used by the check, it ends with {type(error).__name__}: {error}"
            return [*found, Said(is_right=False, words=words)]
        if isinstance(node, ast.Assert):
            found.append(Said(is_right=True, words=above(lines, node)))
    return found


def above(lines: list[str], node: ast.stmt) -> str:
    """The comment in the line above a statement, or nothing."""
    line = lines[node.lineno - 2].strip() if node.lineno > 1 else ""
    return line.removeprefix("#").strip() if line.startswith("#") else ""


def numbers_in(text: str) -> list[float]:
    """The numbers in a text, in order.

    Examples:
        >>> numbers_in("1,130 of 4690: 24.1%, -3")
        [1130, 4690, 24.1, -3]
    """
    found = (each.replace(",", "") for each in _NUMBER.findall(text))
    return [int(each) if each.lstrip("-").isdigit() else float(each) for each in found]


def fault(checks: str) -> str:
    """What keeps a text from being the checks of an exercise, or nothing.

    Examples:
        >>> fault("assert numbers")
        'The check in its line 1 has no comment above it that says what is right once it holds.'
    """
    try:
        tree = ast.parse(checks)
    except SyntaxError as error:
        return f"The checks cannot be read: {error.msg}, in their line {error.lineno}."
    asserts = [node for node in tree.body if isinstance(node, ast.Assert)]
    if not asserts:
        return "There is no assertion among these checks."
    for node in asserts:
        if not above(checks.split("\n"), node):
            return (
                f"The check in its line {node.lineno} has no comment above it that says what is "
                "right once it holds."
            )
        if node.msg is None:
            return f"The check in its line {node.lineno} has no words for what is not right yet."
    return ""
