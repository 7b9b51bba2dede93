import assert from "node:assert/strict"
import { afterEach, beforeEach, mock, test } from "node:test"
import { Ended, Python, Raised, SECONDS } from "../../src/live/python.js"

const trouble = new URL("../../src/live/trouble.js", import.meta.url).href
const manifest = { worker: "worker.js", trouble, lock: { packages: {} }, packages: "" }

/** A worker that answers as a test wants. */
class FakeWorker {
  static made = []
  static answer = () => {}
  constructor() {
    FakeWorker.made.push(this)
  }
  postMessage(message) {
    if (message.type === "start") queueMicrotask(() => this.onmessage({ data: { type: "ready" } }))
    else queueMicrotask(() => FakeWorker.answer(this, message))
  }
  terminate() {
    this.isOver = true
  }
}

const done = (worker, { id }, more = {}) =>
  worker.onmessage({ data: { type: "done", id, error: "", value: "", milliseconds: 1, ...more } })
const settle = () => new Promise((resolve) => setImmediate(resolve))

beforeEach(() => {
  FakeWorker.made = []
  globalThis.Worker = FakeWorker
  mock.timers.enable({ apis: ["setTimeout"] })
})

afterEach(() => mock.timers.reset())

test("it starts with the first use, once, and jobs wait for each other", async () => {
  const python = new Python(manifest, "http://host/")
  assert.equal(FakeWorker.made.length, 0)
  const order = []
  FakeWorker.answer = async (worker, job) => {
    order.push(`begin ${job.code}`)
    await settle()
    order.push(`end ${job.code}`)
    done(worker, job)
  }
  await Promise.all([python.run("a"), python.run("b")])
  assert.deepEqual(order, ["begin a", "end a", "begin b", "end b"])
  assert.equal(FakeWorker.made.length, 1)
})

test("a call gives its result, or raises what Python raised", async () => {
  const python = new Python(manifest, "http://host/")
  FakeWorker.answer = (worker, job) => {
    assert.deepEqual(JSON.parse(job.arguments), ["text", 2])
    done(worker, job, job.name === "good" ? { value: "[1, 2]" } : { error: "ValueError: no" })
  }
  assert.deepEqual(await python.call("module", "good", "text", 2), [1, 2])
  await assert.rejects(
    python.call("module", "bad", "text", 2),
    (error) => error instanceof Raised && error.message === "ValueError: no",
  )
})

test("stopped politely, it stays", async () => {
  const python = new Python(manifest, "http://host/")
  FakeWorker.answer = () => {}
  const run = python.run("while True: pass")
  await settle()
  let job
  FakeWorker.made[0].postMessage = (message) => (job = message)
  python.stop()
  done(FakeWorker.made[0], { id: 1 }, { error: "KeyboardInterrupt" })
  assert.equal((await run).stopped, "reader")
  assert.ok(python.isStarted)
  assert.equal(job, undefined)
})

test("what does not hear is ended, and the next job starts anew", async () => {
  const python = new Python(manifest, "http://host/")
  FakeWorker.answer = () => {}
  const run = python.run("sum(count())")
  await settle()
  python.stop()
  mock.timers.tick(1600)
  await assert.rejects(run, (error) => error instanceof Ended && error.why === "reader")
  assert.ok(FakeWorker.made[0].isOver)
  FakeWorker.answer = done
  await python.run("1")
  assert.equal(FakeWorker.made.length, 2)
})

test("what runs too long is stopped", async () => {
  const python = new Python(manifest, "http://host/")
  FakeWorker.answer = () => {}
  const run = python.run("while True: pass")
  await settle()
  mock.timers.tick(1000 * SECONDS + 1)
  mock.timers.tick(1600)
  await assert.rejects(run, (error) => error.why === "time" && error.message.includes("60 seconds"))
})

test("a worker that breaks ends the job with words for people", async () => {
  const python = new Python(manifest, "http://host/")
  FakeWorker.answer = (worker) =>
    worker.onmessage({ data: { type: "broken", message: "Maximum call stack size exceeded" } })
  await assert.rejects(
    python.run("f()"),
    /Python broke down while it ran this \(Maximum call stack size exceeded\)/,
  )
  FakeWorker.answer = done
  await python.run("1")
})
