// What can be done with the model that was trained: each panel asks Python, and shows what it answers.
import { reachIfItScrolls } from "./scrolls.js"

/** @typedef {{ error: string, says?: string, [more: string]: any }} Answer what src/live/trained.py gives */

const CHANGE_PAUSE = 150 // milliseconds without a change, after which what is chosen is taken
const SLIDERS = /** @type {const} */ (["temperature", "top-k", "top-p"])

export class Trained {
  /** Whether there is a model. */
  isThere = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  /** Which squares of attention are drawn: newer ones end the older. */
  #turn = 0

  /** @param {import("./parts.js").Parts} parts @param {import("./python.js").Python} python */
  constructor(parts, python) {
    this.parts = parts
    this.python = python
    for (const name of ["prompt", ...SLIDERS]) {
      parts.part(name).addEventListener("input", () => this.change())
    }
    parts.part("write").addEventListener("click", () => this.#write())
    parts.part("nudge").addEventListener("click", () => this.#nudge())
    parts.part("attention").addEventListener("toggle", () => this.change())
    parts.part("nudging").addEventListener("toggle", () => this.#name())
  }

  /** A new model is there. @param {string} prompt what its samples begin with */
  begin(prompt) {
    this.isThere = true
    this.#turn++
    this.parts.part("prompt").value = prompt
    for (const name of ["bars", "written", "heads", "array", "nudged"]) {
      this.parts.part(name).replaceChildren()
    }
    for (const name of ["write-says", "attention-says", "nudge-says"]) this.parts.put(name, "")
    for (const name of ["after", "save"]) this.parts.show(name, true)
    this.#name()
    this.change()
  }

  /** There is no model any more. */
  end() {
    this.isThere = false
    for (const name of ["after", "save"]) this.parts.show(name, false)
  }

  /** Show what the model makes of what is chosen, once no more comes. */
  change() {
    const { temperature, k, p } = this.#choice
    this.parts.put("temperature-now", `${temperature}`)
    this.parts.put("top-k-now", k ? `${k}` : "all")
    this.parts.put("top-p-now", `${p}`)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(async () => {
      const { text } = this.#choice
      await this.#show("write", "write-says", { bars: "bars" }, text, temperature, k, p)
      if (this.parts.part("attention").open) {
        const answer = await this.#show("attention", "attention-says", {}, text)
        if (answer) await this.#draw(answer.squares)
      }
    }, CHANGE_PAUSE)
  }

  async #write() {
    const { text, temperature, k, p } = this.#choice
    const seed = crypto.getRandomValues(new Uint32Array(1))[0]
    const places = { bars: "bars", text: "written" }
    await this.#show("write", "write-says", places, text, temperature, k, p, seed)
  }

  async #nudge() {
    const place = this.parts.part("place")
    if (!place.checkValidity()) return this.parts.put("nudge-says", "A whole number, from 0.")
    const name = this.parts.part("array").value
    await this.#show("nudge", "nudge-says", { html: "nudged" }, name, place.valueAsNumber)
  }

  /** Name the arrays of the model, once the panel is open. */
  async #name() {
    const field = this.parts.part("array")
    if (!this.parts.part("nudging").open || field.options.length) return
    await this.#show("weights", "nudge-says", { html: "array" })
  }

  /** What the fields hold. */
  get #choice() {
    const [temperature, k, p] = SLIDERS.map((name) => this.parts.part(name).valueAsNumber)
    return { text: this.parts.part("prompt").value, temperature, k, p }
  }

  /**
   * Ask Python, and put what it answers into its places.
   * @param {string} name of its function
   * @param {string} says the part for words
   * @param {Record<string, string>} places the parts for what it answers
   * @param {unknown[]} given
   * @returns {Promise<Answer | undefined>} what it answers, if that is no error
   */
  async #show(name, says, places, ...given) {
    if (!this.isThere) return
    try {
      /** @type {Answer} */
      const answer = await this.python.call("live.trained", name, ...given)
      this.parts.put(says, answer.error || (answer.says ?? ""))
      if (answer.error) return
      for (const [key, place] of Object.entries(places)) {
        this.parts.part(place).innerHTML = answer[key] // Python has escaped all that was typed
      }
      return answer
    } catch (error) {
      this.parts.put(says, error instanceof Error ? error.message : String(error))
    }
  }

  /**
   * Draw the squares of attention, each in a task of its own: all at once would hold the tab up.
   * @param {string[]} squares as HTML
   */
  async #draw(squares) {
    const turn = ++this.#turn
    const place = this.parts.part("heads")
    for (const [number, square] of squares.entries()) {
      if (place.children[number]) place.children[number].outerHTML = square
      else place.insertAdjacentHTML("beforeend", square)
      reachIfItScrolls(place.children[number])
      await new Promise((resolve) => setTimeout(resolve))
      if (turn !== this.#turn) return
    }
    while (place.children.length > squares.length) place.lastElementChild.remove()
  }
}
