import assert from "node:assert/strict"
import { afterEach, test } from "node:test"
import { digest, Edits } from "../../src/live/edits.js"

const keep = () => {
  const kept = new Map()
  globalThis.localStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  }
}

afterEach(() => delete globalThis.localStorage)

test("an edit belongs to a page, a block, and the code that was there", () => {
  keep()
  const edits = new Edits("/a/", 1, "print(1)")
  edits.write("print(2)")
  assert.equal(new Edits("/a/", 1, "print(1)").read(), "print(2)")
  assert.equal(new Edits("/b/", 1, "print(1)").read(), null)
  assert.equal(new Edits("/a/", 2, "print(1)").read(), null)
  assert.equal(new Edits("/a/", 1, "print(3)").read(), null) // the page has changed: the edit is of the past
  edits.remove()
  assert.equal(edits.read(), null)
})

test("an edit keeps its colours, as long as they are those of its text", () => {
  keep()
  const edits = new Edits("/a/", 1, "1")
  const pieces = [
    ["k", "for"],
    ["", " x"],
  ]
  edits.write("for x", pieces)
  assert.deepEqual(edits.pieces("for x"), pieces)
  assert.deepEqual(edits.pieces("for y"), [["", "for y"]])
  localStorage.setItem(`${edits.key} colours`, "{")
  assert.deepEqual(edits.pieces("for x"), [["", "for x"]])
  edits.remove()
  assert.deepEqual(edits.pieces("for x"), [["", "for x"]])
})

test("a browser that keeps nothing is no error", () => {
  const refuse = () => {
    throw new Error("QuotaExceededError")
  }
  globalThis.localStorage = { getItem: refuse, setItem: refuse, removeItem: refuse }
  const edits = new Edits("/", 1, "")
  edits.write("x")
  edits.remove()
  assert.equal(edits.read(), null)
})

test("digests tell texts apart", () => {
  const texts = ["", "a", "b", "ab", "ba", "print(1)", "print(1)\n", "é"]
  assert.equal(new Set(texts.map(digest)).size, texts.length)
})
