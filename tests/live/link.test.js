import assert from "node:assert/strict"
import { test } from "node:test"
import { LONGEST, read, write } from "../../src/live/link.js"

const setting = (more = {}) => ({
  text: "Hi",
  tokenizer: "v2",
  source: "story",
  own: "",
  merges: 500,
  ...more,
})

test("a link carries the text and what was chosen for it", () => {
  for (const text of [
    "",
    " ",
    "Hello, <b>&amp;#?=+%",
    "שלום\n👩‍👩‍👧 e\u0301\u200b",
    "a=1&tokenizer=gpt2",
  ]) {
    const { own, merges, ...rest } = setting({ text })
    assert.deepEqual(read(write(setting({ text }))), { ...rest, own: undefined })
  }
  const pairs = setting({ tokenizer: "pairs", source: "own", own: "to learn", merges: 12 })
  assert.deepEqual(read(write(pairs)), pairs)
  assert.deepEqual(read(write(setting({ tokenizer: "gpt2", own: "secret" }))), {
    text: "Hi",
    tokenizer: "gpt2",
    own: undefined,
  })
})

test("half a character, which an address cannot hold, becomes the mark for it", () => {
  assert.equal(read(write(setting({ text: "a\ud800b" }))).text, "a\ufffdb")
})

test("what is too long for a link gives none", () => {
  assert.equal(write(setting({ text: "a".repeat(LONGEST) })), "")
  assert.deepEqual(read(`#text=${"a".repeat(LONGEST)}`), {})
})

test("what is not ours in a link is left out", () => {
  assert.deepEqual(read(""), {})
  assert.deepEqual(read("#things-to-try"), {})
  assert.deepEqual(read("#text=%E0%A4%A&tokenizer=v9&source=constructor&merges=-1"), {
    text: "\ufffd%A",
    own: undefined,
  })
  assert.deepEqual(read("#text=a&merges=1e9&tokenizer=__proto__&text=b"), {
    text: "a",
    own: undefined,
  })
})
