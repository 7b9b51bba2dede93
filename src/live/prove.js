// node prove.js < PLAN > RESULTS: run the blocks of the site's pages as a reader's browser would, with the very files
// that it gets, and say what each printed. Both are JSON: see plan in src/website/pyodide/second_proof.py.
import fs from "node:fs"
import path from "node:path"
import { isSame } from "./compare.js"
import { Output } from "./output.js"
import { environment, furnish } from "./setup.js"

/**
 * @typedef {{ code: string, shown: string, number: number, session: boolean }} Block its number is its place on the
 *   page, from 1; a session has prompts, and shows its outputs itself
 * @typedef {{ same: boolean, error: string, printed: string, echo: string, needs: string[] }} Result
 * @typedef {object} Plan
 * @property {string} folder where Pyodide is
 * @property {string} packages where the wheels are that the lock names
 * @property {import("./types.d.ts").Manifest["lock"]} lock
 * @property {string} wheel a path, as those below
 * @property {string} runner
 * @property {string | null} story
 * @property {Record<string, Block[]>} pages
 */

const PREPARE = `
import sys
opened = set()
sys.addaudithook(lambda event, details: event == "open" and opened.add(str(details[0])))
`

// Each page gets a Python of its own; what they are made of is compiled once.
const instantiate = /** @type {any} */ (WebAssembly.instantiate)
/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled
WebAssembly.instantiate = /** @type {any} */ (
  async (/** @type {BufferSource} */ source, /** @type {WebAssembly.Imports} */ imports) => {
    if (source.byteLength !== size) return instantiate(source, imports) // a small helper of Pyodide's, or a package's
    compiled ??= WebAssembly.compile(source)
    const module = await compiled
    return { module, instance: await instantiate(module, imports) }
  }
)

/** @type {Plan} */
const plan = JSON.parse(fs.readFileSync(0, "utf8"))
const size = fs.statSync(path.join(plan.folder, "pyodide.asm.wasm")).size
const { loadPyodide } = /** @type {typeof import("pyodide")} */ (
  await import(path.join(plan.folder, "pyodide.mjs"))
)
const options = {
  indexURL: plan.folder,
  packageCacheDir: plan.packages,
  lockFileContents: JSON.stringify(plan.lock),
  env: environment(plan.story !== null),
}
// A Python that has just begun, and has run nothing: each page's own begins as a copy of its memory, which takes a
// quarter of the time.
const begun = (await loadPyodide({ ...options, _makeSnapshot: true })).makeMemorySnapshot()
/** @type {Record<string, Result[]>} */
const results = {}
for (const [name, blocks] of Object.entries(plan.pages)) results[name] = await provePage(blocks)
process.stdout.write(JSON.stringify(results))

/**
 * A page has buttons only on those of its blocks that can run, so these must do without the others: those that lack
 * something are left out first, and in the end whatever builds on them. A name that is not there though the blocks above
 * it ran, as far as they could, is not there without them.
 * @param {Block[]} blocks @returns {Promise<Result[]>}
 */
async function provePage(blocks) {
  /** @type {Map<Block, Result>} */
  const failed = new Map()
  for (;;) {
    const left = blocks.filter((block) => !failed.has(block))
    const results = await runPage(left)
    const wrong = left
      .map((block, place) => ({ block, result: results[place] }))
      .filter(({ result }) => !result.same)
    if (!wrong.length)
      return blocks.map((block) => failed.get(block) ?? /** @type {Result} */ (results.shift()))
    const lacking = wrong.filter(({ result }) =>
      /^(ModuleNotFound|Name|.*Unavailable)Error$/.test(result.error),
    )
    for (const { block, result } of lacking.length ? lacking : wrong) failed.set(block, result)
  }
}

/** Run blocks in a fresh Python. @param {Block[]} blocks @returns {Promise<Result[]>} */
async function runPage(blocks) {
  if (!blocks.length) return []
  const python = await loadPyodide({ ...options, _loadSnapshot: begun })
  const names = Object.keys(plan.lock.packages)
  if (names.length) await python.loadPackage(names, { messageCallback() {} })
  let printed = ""
  let echo = ""
  let isEcho = false
  const output = new Output((text) => {
    if (isEcho) echo += text
    else printed += text
  })
  const watch = python.toPy({})
  python.runPython(PREPARE, { globals: watch })
  const files = {
    wheel: new Uint8Array(fs.readFileSync(plan.wheel)),
    story: plan.story ? new Uint8Array(fs.readFileSync(plan.story)) : null,
    runner: fs.readFileSync(plan.runner, "utf8"),
  }
  const runner = furnish(python, files, names, (bytes) => output.write(bytes))
  return blocks.map(({ code, shown, number, session }) => {
    printed = echo = ""
    isEcho = false
    const beforeEcho = () => {
      output.flush()
      isEcho = true
    }
    const beginLine = session ? () => output.beginLine() : undefined
    const text = code.replace(/\n$/, "")
    const error = runner.get("run")(text, `block ${number}`, beforeEcho, beginLine)
    output.flush()
    const opened = [...watch.get("opened")].join("\n")
    const needs = Object.keys(plan.lock.packages).filter((name) => isOpened(name, opened))
    return { same: isSame(printed, shown, session), error, printed, echo, needs }
  })
}

/** Whether any file of a package has been opened. @param {string} name @param {string} opened */
function isOpened(name, opened) {
  const { imports = [] } = /** @type {{ imports?: string[] }} */ (plan.lock.packages[name])
  const folders = [...imports, `${name.replaceAll("-", "_")}-`]
  return folders.some((folder) =>
    opened.includes(`/site-packages/${folder}${folder.endsWith("-") ? "" : "/"}`),
  )
}
