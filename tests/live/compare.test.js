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
