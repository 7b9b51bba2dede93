import assert from "node:assert/strict"
import { afterEach, test } from "node:test"
import { onward, Way } from "../../src/live/way.js"

/** A browser's store, which a test can make full. */
class Store {
  kept = new Map()
  isFull = false
  get length() {
    return this.kept.size
  }
  key(at) {
    return [...this.kept.keys()][at] ?? null
  }
  getItem(key) {
    return this.kept.get(key) ?? null
  }
  setItem(key, value) {
    if (this.isFull) throw new Error("QuotaExceededError")
    this.kept.set(key, value)
  }
  removeItem(key) {
    this.kept.delete(key)
  }
}

const keep = () => {
  globalThis.localStorage = new Store()
  return globalThis.localStorage
}

afterEach(() => delete globalThis.localStorage)

test("a page is done until it is not, and only on its own site", () => {
  keep()
  const way = new Way("/book/")
  assert.equal(way.isEmpty, true)
  assert.equal(way.mark("part/one/", true), true)
  assert.equal(way.mark("part/two/", true), true)
  assert.deepEqual(way.done, new Set(["part/one/", "part/two/"]))
  assert.deepEqual(new Way("/").done, new Set())
  assert.deepEqual(new Way("/book/second/").done, new Set())
  assert.equal(way.mark("part/one/", false), true)
  assert.deepEqual(way.done, new Set(["part/two/"]))
  assert.equal(way.isEmpty, false)
})

test("two tabs that mark pages do not undo each other", () => {
  keep()
  const [one, other] = [new Way("/"), new Way("/")]
  assert.deepEqual([one.done.size, other.done.size], [0, 0])
  one.mark("a/", true)
  other.mark("b/", true)
  assert.deepEqual(one.done, new Set(["a/", "b/"]))
})

test("exercises that are solved add up, from one visit to the next", () => {
  const store = keep()
  assert.deepEqual(new Way("/").solve("a/", 2), new Set([2]))
  assert.deepEqual(new Way("/").solve("a/", 1), new Set([2, 1]))
  assert.deepEqual(new Way("/").solve("a/", 2), new Set([2, 1]))
  assert.deepEqual(new Way("/").solve("b/", 1), new Set([1]))
  store.setItem("verdict way / solved a/", "{rubbish} 2  x")
  assert.deepEqual(new Way("/").solve("a/", 3), new Set([2, 3]))
})

test("to forget takes all of it, and nothing else", () => {
  const store = keep()
  const way = new Way("/")
  way.mark("a/", true)
  way.solve("a/", 1)
  store.setItem("verdict way / last", "a/")
  store.setItem("verdict way /book/ done a/", "yes")
  store.setItem("verdict /a/ 1 0123abcd", "an edit")
  assert.equal(way.last, "a/")
  assert.equal(way.forget(), true)
  assert.equal(way.isEmpty, true)
  assert.equal(way.last, "")
  assert.deepEqual(store.kept.size, 2)
})

test("a browser that keeps nothing is no error, and it is told", () => {
  const refuse = () => {
    throw new Error("SecurityError")
  }
  const refused = { getItem: refuse, setItem: refuse, removeItem: refuse, key: refuse }
  Object.defineProperty(refused, "length", { get: refuse })
  for (const store of [undefined, refused]) {
    globalThis.localStorage = store
    const way = new Way("/")
    assert.equal(way.mark("a/", true), false)
    assert.equal(way.mark("a/", false), false)
    assert.deepEqual(way.done, new Set())
    assert.deepEqual(way.solve("a/", 1), new Set([1]))
    assert.equal(way.last, "")
    assert.equal(way.isEmpty, true)
    assert.equal(way.forget(), true) // nothing is there
  }
})

test("a store that is full keeps what it has, and a mark can still be taken back", () => {
  const store = keep()
  const way = new Way("/")
  way.mark("a/", true)
  store.isFull = true
  assert.equal(way.mark("b/", true), false)
  assert.deepEqual(way.done, new Set(["a/"]))
  assert.equal(way.mark("a/", false), true)
  assert.deepEqual(way.done, new Set())
})

test("it goes on where the reader was, or after it, and never at what is done or gone", () => {
  const pages = ["a/", "b/", "c/"].map((address) => ({ address }))
  const to = (done, last) => onward(pages, new Set(done), last)?.address
  assert.equal(to([], ""), "a/")
  assert.equal(to([], "b/"), "b/")
  assert.equal(to(["b/"], "b/"), "c/")
  assert.equal(to(["b/", "c/"], "b/"), "a/") // what was passed over
  assert.equal(to(["a/"], "its former name/"), "b/")
  assert.equal(to(["a/", "b/", "c/"], "c/"), undefined)
  assert.equal(onward([], new Set(), "a/"), undefined)
})
