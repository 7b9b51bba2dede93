// Python, in a worker of its own: the page stays free while code runs. All files come from this site.
import { asOnPage, isSame, rows } from "./compare.js"
import { difference as differenceOf } from "./difference.js"
import { Output } from "./output.js"
import { environment, furnish } from "./setup.js"

/**
 * @typedef {import("./types.d.ts").Answer} Answer
 * @typedef {import("./types.d.ts").Job} Job
 * @typedef {import("./types.d.ts").Manifest} Manifest
 * @typedef {import("./types.d.ts").Request} Request
 * @typedef {import("./types.d.ts").SiteFile} SiteFile
 */

const EMPTY = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]) // the smallest module of WebAssembly
const LOOK = 200 // milliseconds between two looks whether to stop

/** @type {import("pyodide").PyodideInterface} */
let python
/** @type {any} */
let runner
let hasPackages = false
/** @type {Output | undefined} */
let output
/** @type {{ alive: string, end: number } | undefined} */
let job
let nextLook = 0

/** @param {Answer} message */
const answer = (message) => postMessage(message)

addEventListener("message", async (/** @type {MessageEvent<Request>} */ { data }) => {
  try {
    if (data.type === "start") {
      await start(data.manifest, data.base)
      answer({ type: "ready" })
    } else await work(data)
  } catch (error) {
    output?.flush() // Python itself is no more: it did not load, or it broke down
    answer({ type: "broken", message: String(error instanceof Error ? error.message : error) })
  }
})

/** @param {Job} data */
async function work(data) {
  const { id, alive } = data
  if (hasPackages) await getPackages(data)
  let echo = false
  let printed = ""
  output = new Output((text) => {
    if (!echo) printed += text
    answer({ type: "output", id, text, echo })
  })
  const began = performance.now()
  job = { alive, end: began + 1000 * data.seconds }
  nextLook = began + LOOK
  let error = ""
  let value = ""
  if (data.type === "run") {
    const beforeEcho = () => {
      output?.flush()
      echo = true
    }
    const beginLine = () => output?.beginLine()
    error = runner.get("run")(
      data.code,
      data.name,
      beforeEcho,
      data.session ? beginLine : undefined,
    )
  } else {
    try {
      value = runner.get("call")(data.module, data.name, data.arguments)
    } catch (raised) {
      // Pyodide's error has all of Python's traceback: its end says what went wrong
      if (!(raised instanceof Error) || !("type" in raised)) throw raised
      error =
        raised.message
          .trimEnd()
          .split(/\n(?=\S)/)
          .at(-1) ?? "Error"
    }
  }
  job = undefined
  output.flush()
  const milliseconds = performance.now() - began
  const same = data.type === "run" && isSame(printed, data.shown, data.session)
  const difference = []
  if (data.type === "run" && !same && !error && data.shown) {
    const plain = data.session ? rows : asOnPage
    difference.push(...differenceOf(plain(data.shown), plain(printed)))
  }
  answer({ type: "done", id, error, value, same, difference, milliseconds })
}

/** Get the packages that a job needs, or that its code names. @param {Job} data */
async function getPackages(data) {
  const quiet = { messageCallback() {} }
  await python.loadPackage(data.needs, quiet)
  const missing = data.needs.find((name) => !(name in python.loadedPackages))
  if (missing) throw new Error(`${missing} did not load`)
  if (data.type === "run") await python.loadPackagesFromImports(data.code, quiet)
}

/** @param {Manifest} manifest @param {string} base */
async function start(manifest, base) {
  new WebAssembly.Module(EMPTY) // where WebAssembly is forbidden it fails here, and not deep in Pyodide
  const counted = [manifest.wasm, manifest.stdlib, manifest.runner, manifest.wheel, manifest.story]
  const count = counter(counted.reduce((sum, file) => sum + (file?.bytes ?? 0), 0))
  const at = (/** @type {SiteFile} */ file) => new URL(file.url, base).href
  const get = async (/** @type {SiteFile} */ file) => {
    const bytes = await read(await ask(at(file)), count)
    if (bytes.length === file.bytes) return bytes
    throw new Error(`${file.url} has ${bytes.length} bytes instead of ${file.bytes}`)
  }

  const compiled = compile(at(manifest.wasm), count)
  const [{ loadPyodide }, stdlib, source, wheel, story] = await Promise.all([
    /** @type {Promise<typeof import("pyodide")>} */ (import(at(manifest.loader))),
    get(manifest.stdlib),
    get(manifest.runner),
    get(manifest.wheel),
    manifest.story && get(manifest.story),
    import(at(manifest.glue)), // Pyodide asks for it again, and finds it there
  ])
  const loading = loadPyodide({
    indexURL: new URL(".", at(manifest.wasm)).href,
    stdLibURL: URL.createObjectURL(new Blob([stdlib])),
    lockFileContents: JSON.stringify(manifest.lock),
    packageBaseUrl: new URL(manifest.packages, base).href,
    env: environment(story !== null),
  })
  // Pyodide waits for ever for WebAssembly that does not compile.
  python = await Promise.race([loading, compiled.then(() => loading)])
  const packages = Object.keys(manifest.lock.packages)
  hasPackages = packages.length > 0
  const files = { wheel, story, runner: new TextDecoder().decode(source) }
  runner = furnish(python, files, packages, (bytes) => output?.write(bytes) ?? bytes.length)
  python.setInterruptBuffer(
    new Proxy(new Uint8Array(1), {
      get: (target, key) => (key === "0" ? (isToStop() ? 2 : 0) : Reflect.get(target, key)),
      set: () => true,
    }),
  )
}

/**
 * A worker that runs Python hears nothing, and memory that two threads share needs headers that simple hosts do
 * not send. But Pyodide looks every so often whether it is to stop, and here that look is an answer worked out on
 * the spot: the page takes back the address of a blob to say so.
 */
function isToStop() {
  const now = performance.now()
  if (!job || now < nextLook) return false
  nextLook = now + LOOK
  if (now < job.end && isAlive(job.alive)) return false
  job = undefined // once: what tidies up after it is left in peace
  return true
}

/** @param {string} address */
function isAlive(address) {
  try {
    const request = new XMLHttpRequest()
    request.open("GET", address, false)
    request.send()
    return true
  } catch {
    return false
  }
}

/** Tell the page how much has come, ten times a second at most. @param {number} total */
function counter(total) {
  let loaded = 0
  let told = 0
  return (/** @type {number} */ bytes) => {
    loaded += bytes
    if (performance.now() - told < 100) return
    told = performance.now()
    answer({ type: "progress", loaded, total })
  }
}

/** @param {string} url */
async function ask(url) {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response
}

/** @param {Response} response @param {(bytes: number) => void} count */
async function read(response, count) {
  const pieces = []
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    pieces.push(piece.value)
    count(piece.value.length)
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

/**
 * Compile Pyodide's WebAssembly while it arrives, and have it ready when Pyodide asks for it.
 * @param {string} url @param {(bytes: number) => void} count
 */
async function compile(url, count) {
  const module = ask(url).then(async (response) => {
    read(response.clone(), count).catch(() => {}) // what fails, fails below too
    if (response.headers.get("content-type") === "application/wasm")
      return WebAssembly.compileStreaming(response)
    return WebAssembly.compile(await response.arrayBuffer()) // some hosts do not know its type
  })
  const { fetch } = self
  self.fetch = async (what, how) => (what === url ? new Response() : fetch(what, how))
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const compiled = await module
    return { module: compiled, instance: await WebAssembly.instantiate(compiled, imports) }
  }
  await module
}
