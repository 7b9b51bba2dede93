import assert from "node:assert/strict"
import { test } from "node:test"
import { runs } from "../../src/live/pieces.js"

test("a blank has a mark, what has no ink has its number", () => {
  assert.deepEqual(runs("tea"), [["", "tea"]])
  assert.deepEqual(runs(" had"), [
    ["space", " "],
    ["", "had"],
  ])
  assert.deepEqual(runs("a\n\tb\r\n"), [
    ["", "a"],
    ["line", "\n"],
    ["tab", "\t"],
    ["", "b"],
    ["line", "\r\n"],
  ])
  assert.deepEqual(runs("\u00a0x\u0007"), [
    ["code", "U+00A0"],
    ["", "x"],
    ["code", "U+0007"],
  ])
  assert.deepEqual(runs("\u200b\u{e0041}"), [
    ["code", "U+200B"],
    ["code", "U+E0041"],
  ])
})

test("characters that belong together stay together", () => {
  for (const text of ["👩‍👩‍👧", "e\u0301", "שלום", "क्षि"])
    assert.deepEqual(runs(text), [["", text]])
})

test("half a character is shown by its number, and breaks nothing", () => {
  assert.deepEqual(runs("\ud800"), [["code", "U+D800"]])
  assert.deepEqual(runs("a\udc00b"), [
    ["", "a"],
    ["code", "U+DC00"],
    ["", "b"],
  ])
})

test("whatever the text, its pieces are all of it", () => {
  for (let number = 0; number < 0x11000; number += 7) {
    const text = `a${String.fromCodePoint(number)} ${String.fromCodePoint(number)}`
    const again = runs(text).map(([kind, run]) =>
      kind === "code" ? String.fromCodePoint(Number(`0x${run.slice(2)}`)) : run,
    )
    assert.equal(again.join(""), text)
  }
})
