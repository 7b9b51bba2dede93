import assert from "node:assert/strict"
import { test } from "node:test"
import { asOnPage, isSame } from "../../src/live/compare.js"

const raised = `Traceback (most recent call last):
  File "block 3", line 1, in <module>
    vocab["Hello"]
    ~~~~~^^^^^^^^^
KeyError: 'Hello'
A note on it.
`

test("blanks and empty lines at the end do not count, nor does the kind of line end", () => {
  assert.ok(isSame("a  \r\nb\n\n", "a\nb"))
  assert.ok(isSame("", "\n"))
})

test("a place in memory is shown as dots", () => {
  assert.ok(isSame("<object object at 0x7F2fcb9261c0>", "<object object at 0x...>"))
  for (const other of ["<object object at 0x...", "<object at 0x...>", "at 0x7F2fcb9261c0>"])
    assert.ok(!isSame("<object object at 0x7F2fcb9261c0>", other), other)
  assert.ok(!isSame("offset 0x7f2fcb92", "offset 0x..."))
})

test("a tab is shown as blanks", () => {
  assert.equal(asOnPage("ab\tc\n\td"), "ab  c\n    d")
})

test("other text is other text", () => {
  for (const other of ["a b", "A", "a\n\nb", " a", ""]) assert.ok(!isSame("a\nb", other), other)
})

test("of a traceback, its last lines count", () => {
  assert.ok(
    isSame(
      `seen\n${raised}`,
      "seen\nTraceback (most recent call last):\n  ...\nKeyError: 'Hello'\nA note on it.",
    ),
  )
  assert.ok(!isSame(raised, raised.replace("'Hello'", "'Bye'")))
  assert.ok(!isSame(raised, raised.replace("A note", "Another note")))
})

test("of a chain of errors, the last counts", () => {
  const chain = `${raised}\nDuring handling of the above exception, another exception occurred:\n\n${raised.replace("KeyError", "ValueError")}`
  assert.ok(
    isSame(chain, "Traceback (most recent call last):\n  ...\nValueError: 'Hello'\nA note on it."),
  )
})

test("a traceback begins a line of a page, whatever stands before it", () => {
  const shown = "Traceback (most recent call last):\n  ...\nKeyError: 'Hello'\nA note on it."
  assert.ok(isSame(`seen${raised}`, `seen\n${shown}`))
  assert.ok(isSame(`seen ${raised}`, `seen\n${shown}`))
  assert.ok(isSame(`seen\n  ${raised}`, `seen\n\n${shown}`))
  assert.ok(!isSame(`seen${raised}`, `seen\n\n${shown}`))
  for (const line of [
    "  + Exception Group Traceback (most recent call last):\n",
    "    | Traceback (most recent call last):\n",
  ]) {
    assert.equal(asOnPage(line), line.trimEnd())
  }
})

const session =
  ">>> x = 1\n\n>>> print('a\\n\\nb\\n')\na\n<BLANKLINE>\nb\n<BLANKLINE>\n>>> {}['a']\nTraceback (most recent call last):\n  ...\nKeyError: 'a'\n>>> if x:\n...     x\n1\n"
const printed =
  ">>> x = 1\n>>> print('a\\n\\nb\\n')\na\n\nb\n\n>>> {}['a']\nTraceback (most recent call last):\n  File \"block 1\", line 3, in <module>\nKeyError: 'a'\n>>> if x:\n...     x\n1\n"

test("the frames of a traceback may be left out in each way that the proof reads", () => {
  for (const frames of ["", "...\n", "  ...\n", '  File "<stdin>", line 1, in <module>\n'])
    assert.ok(
      isSame(
        raised,
        `Traceback (most recent call last):\n${frames}KeyError: 'Hello'\nA note on it.`,
      ),
      frames,
    )
  assert.ok(
    !isSame(
      raised,
      "Traceback (most recent call last):\n...\n...\nKeyError: 'Hello'\nA note on it.",
    ),
  )
})

test("of a session, each output counts by itself", () => {
  assert.ok(isSame(printed, session, true))
  assert.ok(isSame(printed, session.trimEnd(), true))
  for (const [old, other] of [
    ["b\n\n", "c\n\n"],
    ["b\n\n", "b\n"],
    ["b\n\n", "b\n\n\n"],
    ["'a'\n>>> if", "'b'\n>>> if"],
    ["x = 1", "x = 2"],
    ["\n1\n", "\n"],
    ["\nb\n\n", "\n>>> x\nb\n\n"],
    ["\n>>> if x:\n...     x\n1\n", "\n"],
  ]) {
    assert.ok(printed.includes(old), old)
    assert.ok(!isSame(printed.replace(old, other), session, true), old)
  }
  assert.ok(!isSame(`${printed}>>> x\n1\n`, session, true))
})
