import assert from "node:assert/strict"
import { test } from "node:test"
import { LIMIT, Output } from "../../src/live/output.js"

const bytes = (text) => new TextEncoder().encode(text)

test("pieces are joined, and a character that is cut in two is whole again", () => {
  const sent = []
  const output = new Output((text) => sent.push(text))
  const [first, second] = bytes("é")
  output.write(bytes("caf"))
  output.write(Uint8Array.of(first))
  output.write(Uint8Array.of(second))
  output.flush()
  output.flush()
  assert.equal(sent.join(""), "café")
})

test("what is printed fast comes in few pieces", () => {
  const sent = []
  const output = new Output((text) => sent.push(text))
  for (let line = 0; line < 1000; line++) output.write(bytes("x\n"))
  output.flush()
  assert.equal(sent.join(""), "x\n".repeat(1000))
  assert.ok(sent.length < 20, `${sent.length} pieces`)
})

test("output without end is cut, says so at once, and is taken all the same", () => {
  const sent = []
  const output = new Output((text) => sent.push(text))
  const line = bytes(`${"y".repeat(999)}\n`)
  for (let count = 0; count < 200; count++) assert.equal(output.write(line), line.length)
  const text = sent.join("")
  assert.ok(text.endsWith("\n… cut here: one run shows 100,000 characters at most\n"))
  assert.ok(text.length < LIMIT + 100)
})

test("a prompt begins a line, and ends none that has ended", () => {
  for (const [before, after] of [
    ["", "> "],
    ["a", "a\n> "],
    ["a\n", "a\n> "],
    ["a\n\n", "a\n\n> "],
  ]) {
    const sent = []
    const output = new Output((text) => sent.push(text))
    output.write(bytes(before))
    output.flush()
    output.write(bytes(""))
    output.beginLine()
    output.write(bytes("> "))
    output.flush()
    assert.equal(sent.join(""), after)
  }
})
