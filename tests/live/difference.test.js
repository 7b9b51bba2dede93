import assert from "node:assert/strict"
import { test } from "node:test"
import { difference } from "../../src/live/difference.js"

const marks = { del: "-", ins: "+", span: " ", small: "~" }
const shown = (before, after) =>
  difference(before, after).map(([tag, line]) => `${marks[tag]}${line}`)

test("what is gone, what is new, and what stands beside it", () => {
  assert.deepEqual(shown("a\nb\nc", "a\nx\nc"), [" a", "-b", "+x", " c"])
  assert.deepEqual(shown("a\nb", "a\nb\nc"), [" a", " b", "+c"])
  assert.deepEqual(shown("a", "b"), ["-a", "+b"])
})

test("lines that both have in the middle are found", () => {
  assert.deepEqual(shown("1\nsame\n2", "3\nsame\n4"), ["-1", "+3", " same", "-2", "+4"])
})

test("far from any change, lines of both are counted only", () => {
  const many = Array.from({ length: 50 }, (_, line) => `line ${line}`)
  const rows = shown(many.join("\n"), [...many.slice(0, 49), "other"].join("\n"))
  assert.deepEqual(rows, ["~⋯ 47 lines are the same", " line 47", " line 48", "-line 49", "+other"])
})

test("whatever two texts are, it leads from the one to the other", () => {
  let seed = 7
  const random = (most) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31
    return seed % most
  }
  const text = () => Array.from({ length: 1 + random(6) }, () => "abc"[random(3)]).join("\n")
  for (let tries = 0; tries < 500; tries++) {
    const [before, after] = [text(), text()]
    const rows = difference(before, after)
    if (rows.some(([tag]) => tag === "small")) continue
    const side = (gone) =>
      rows
        .filter(([tag]) => tag !== gone)
        .map((row) => row[1])
        .join("\n")
    assert.deepEqual([side("ins"), side("del")], [before, after])
  }
})

test("two very long texts are told apart in a moment", () => {
  const long = (word) => Array.from({ length: 3000 }, (_, at) => `${word} ${at}`).join("\n")
  assert.equal(difference(long("a"), long("b")).length, 6000)
})
