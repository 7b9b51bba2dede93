// A figure that answers what a reader types or presses, once it is touched: Python makes its HTML.
import asking from "./asking.py"
import attention from "./attention.py"
import bars from "./bars.py"
import { Following } from "./following.js"
import { Parts } from "./parts.js"
import { reachIfItScrolls } from "./scrolls.js"
import spamFilter from "./spam_filter.py"

/**
 * @typedef {{ error: string, says: string, [part: string]: string }} Look
 *   what `show` of a module gives: words, and the HTML of some parts, by their names
 */

/** What a figure's Python has, by the figure's kind: its own module is the last. */
const MODULES = {
  attention: { "live.attention": attention },
  asking: { "live.bars": bars, "live.asking": asking },
  spam_filter: { "live.bars": bars, "live.spam_filter": spamFilter },
}

/**
 * Start a figure. Its fields, in their order, are what `show` of its module takes. A button with a value asks `fill`
 * for what to put into them, and tells it what is chosen.
 * @param {HTMLElement} figure
 * @param {import("./waiting.js").Given} given
 * @param {() => void} onReady told each time that Python has come, with the packages
 */
export function begin(figure, given, onReady) {
  const { python } = given
  const parts = new Parts(figure)
  const kind = /** @type {keyof typeof MODULES} */ (figure.dataset.live)
  const module = `live.${kind}`
  const found = /** @type {NodeListOf<HTMLInputElement>} */ (
    figure.querySelectorAll("[data-field]")
  )
  const fields = [...found]
  /** The button whose example is wanted. */
  let wanted = ""
  const following = new Following(parts, { ...given, modules: MODULES[kind] }, async () => {
    if (await following.install()) onReady()
    if (wanted) {
      const chosen = /** @type {HTMLInputElement | null} */ (figure.querySelector(":checked"))
      const texts = await python.call(module, "fill", wanted, chosen?.value ?? "")
      if (following.isStale) return
      wanted = ""
      for (const [place, field] of fields.entries()) field.value = texts[place]
    }
    /** @type {Look} */
    const { error, says, ...shown } = await python.call(
      module,
      "show",
      ...fields.map((field) => field.value),
    )
    if (following.isStale) return
    if (error) return parts.say(error, "bad")
    for (const [name, html] of Object.entries(shown)) {
      parts.part(name).innerHTML = html // Python has escaped what was typed
    }
    for (const box of /** @type {NodeListOf<HTMLElement>} */ (
      figure.querySelectorAll(".scrolls")
    )) {
      reachIfItScrolls(box)
    }
    parts.say(says)
  })
  figure.addEventListener("input", ({ target }) => {
    if (!fields.includes(/** @type {HTMLInputElement} */ (target))) return
    wanted = ""
    following.change()
  })
  figure.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("button")
    if (!button?.value) return
    wanted = button.value
    following.change()
  })
  parts.part("stop").addEventListener("click", () => python.stop())
  addEventListener("pagehide", () => {
    if (following.isWorking) python.end("Stopped, as you left the page.", "left")
  })
}
