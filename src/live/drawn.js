// A figure that its own program draws again, once it is touched, with what is typed in its fields.
import source from "./drawn.py"
import { Following } from "./following.js"
import { Parts } from "./parts.js"

/** @typedef {{ svg: string, says: string, error: string }} Look what src/drawing/asked.py gives */

/**
 * Start a figure: what is typed into its fields is drawn at once.
 * @param {HTMLElement} figure
 * @param {import("./waiting.js").Given} given
 * @param {() => void} onReady told each time that Python has come, with the packages
 */
export async function begin(figure, given, onReady) {
  const { python } = given
  const answer = await fetch(/** @type {string} */ (figure.dataset.sources))
  if (!answer.ok) throw new Error(answer.statusText)
  /** @type {Record<string, string>} */
  const files = await answer.json()
  const program = /** @type {string} */ (figure.dataset.text?.split("/").pop())
  const parts = new Parts(figure)
  const fields = /** @type {HTMLInputElement[]} */ ([...figure.querySelectorAll("input[name]")])
  const following = new Following(parts, { ...given, modules: { drawn: source } }, async () => {
    const values = Object.fromEntries(fields.map(({ name, value }) => [name, value]))
    if (await following.install()) {
      await python.call("drawn", "unpack", files)
      onReady()
    }
    /** @type {Look} */
    const look = await python.call("drawn", "show", program, values)
    if (following.isStale) return
    if (look.error) return parts.say(look.error, "bad")
    const drawing = /** @type {SVGElement} */ (figure.querySelector("svg"))
    drawing.outerHTML = look.svg // Python has escaped what was typed
    figure.dispatchEvent(new Event("drawn", { bubbles: true }))
    parts.say(look.says)
  })
  for (const field of fields) field.addEventListener("input", () => following.change())
  parts.part("stop").addEventListener("click", () => python.stop())
  addEventListener("pagehide", () => {
    if (following.isWorking) python.end("Stopped, as you left the page.", "left")
  })
}
