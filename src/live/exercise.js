// An exercise, once its reader has pressed something: an empty block that checks what is written, hints one at a
// time, then the solution.
import judging from "../proof/judging.py"
import { element } from "./element.js"
import source from "./exercise.py"
import { INSTALL } from "./installing.js"

/** @typedef {{ number: number, checks: string, hints: string[] }} Given what the build has put at its place */

/** The Python that has the modules. @type {Promise<void> | undefined} */
let installed

/** @param {import("./python.js").Python} python */
async function install(python) {
  const started = python.start()
  if (started === installed) return
  await started
  const sources = { judging, exercise: source }
  await python.call("builtins", "exec", INSTALL, { sources })
  installed = started
}

/**
 * @param {HTMLElement} place above the solution
 * @param {Element} pressed what the reader has pressed there
 * @param {import("./cell.js").Cell[]} cells those of the page, in their order
 * @param {typeof import("./cell.js").Cell} Cell
 * @param {import("./python.js").Python} python
 * @param {import("./page.js").Page} page
 */
export function begin(place, pressed, cells, Cell, python, page) {
  /** @type {Given} */
  const { number, checks, hints } = JSON.parse(place.dataset.exercise ?? "")
  const solution = /** @type {HTMLDetailsElement} */ (place.nextElementSibling)
  place.onclick = null
  if (place.querySelector("pre")) return // it was pressed twice
  const bar = empty(place, solution)

  class Exercise extends Cell {
    judgements = element("ul", { className: "said" })
    hintList = element("ol", { className: "hints" })
    hintButton = element("button", { type: "button", onclick: () => this.hint() })

    constructor() {
      super(bar, `exercise ${number}`, page, `exercise ${number}`)
      // Nothing below builds on it, so it need not run for that.
      Object.defineProperty(this, "hasRun", { get: () => true, set() {} })
      this.judgements.setAttribute("role", "status")
      this.editButton.after(this.hintButton)
      place.append(this.judgements, this.hintList)
      this.#nameHint()
    }

    /** Run the answer where the page has come to, and say what is right and what is not yet. */
    async run() {
      this.judgements.replaceChildren()
      if (!this.text.trim()) {
        if (!this.pre.hidden) await this.edit()
        this.say("Write your answer, then run it.")
        return false
      }
      await install(python)
      await python.call("exercise", "save_namespace")
      await super.run()
      // What is bad about a run is said already: it was stopped, or ended with an error.
      if (this.status.dataset.mood !== "bad") {
        const given = [checks, this.text, this.output.textContent]
        /** @type {[boolean, string][]} */
        const judged = await python.call("exercise", "judge", ...given)
        const isRight = judged.every(([isRight]) => isRight)
        this.say(isRight ? "Right." : "Not yet.", isRight ? "good" : "")
        this.judgements.append(...judged.map(sentence))
        // src/live/site.js marks a page whose exercises are solved.
        if (isRight) document.dispatchEvent(new CustomEvent("solved", { detail: number }))
      }
      await python.call("exercise", "restore_namespace")
      return true
    }

    /** Give the next hint; after the last one, the solution. */
    hint() {
      const next = hints[this.hintList.children.length]
      if (next === undefined) {
        solution.open = true
        return solution.querySelector("summary")?.focus()
      }
      const name = `Hint ${this.hintList.children.length + 1}: `
      const item = element("li", { tabIndex: -1 }, element("b", {}, name), ...withCode(next))
      this.hintList.append(item)
      item.focus()
      this.#nameHint()
    }

    #nameHint() {
      const left = hints.length - this.hintList.children.length
      this.hintButton.textContent = left
        ? `Hint ${hints.length - left + 1} of ${hints.length}`
        : "Solution"
    }

    clear() {
      super.clear()
      this.judgements.replaceChildren()
    }
  }
  const exercise = new Exercise()
  if (python.isStarted) exercise.megabytes = 0
  const at = cells.findIndex((cell) => solution.contains(cell.bar))
  cells.splice(at, 0, exercise)
  pressed.matches("[data-hint]") ? exercise.hint() : exercise.edit()
}

/** Put an empty block with its bar into a place. @param {HTMLElement} place @param {HTMLElement} solution */
function empty(place, solution) {
  const block = element("div", { className: "highlight no-copy" })
  block.append(element("pre", {}, element("code")))
  const bar = element("div", { className: "bar" })
  const needs = /** @type {HTMLElement | null} */ (solution.querySelector("[data-needs]"))
  bar.dataset.needs = needs?.dataset.needs ?? ""
  place.replaceChildren(block, bar)
  return bar
}

/** @param {[isRight: boolean, words: string]} said */
const sentence = ([isRight, words]) =>
  element(
    "li",
    { className: isRight ? "right" : "not-yet" },
    element("b", {}, isRight ? "Right: " : "Not yet: "),
    ...withCode(words),
  )

/** A sentence whose code stands between backticks. @param {string} words */
const withCode = (words) =>
  words.split("`").map((part, at) => (at % 2 ? element("code", {}, part) : part))
