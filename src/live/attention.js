// The figure of a reader's sentence, once it is touched: its steps follow what is typed.
import source from "./attention.py"
import { Following } from "./following.js"
import { Parts } from "./parts.js"

/** @typedef {{ error: string, says: string, html: string }} Look what src/live/attention.py shows of it */

/**
 * @param {HTMLElement} figure
 * @param {import("./waiting.js").Given} given
 * @param {() => void} isReady told each time that Python has come, with the packages
 * @returns {{ change: () => void }}
 */
export function begin(figure, given, isReady) {
  const { python } = given
  const parts = new Parts(figure)
  const sentence = parts.part("text")
  const following = new Following(parts, { ...given, module: "attention", source }, async () => {
    const text = sentence.value
    if (await following.install()) isReady()
    /** @type {Look} */
    const look = await python.call("attention", "show", text)
    if (following.isStale) return
    if (look.error) return parts.say(look.error, "bad")
    parts.part("steps").innerHTML = look.html // Python has escaped what was typed
    reachWhatScrolls(figure)
    parts.say(look.says)
  })
  sentence.addEventListener("input", () => following.change())
  parts.part("stop").addEventListener("click", () => python.stop())
  addEventListener("pagehide", () => {
    if (following.isWorking) python.end("Stopped, as you left the page.", "left")
  })
  return following
}

/** What scrolls can be reached with the keyboard. @param {HTMLElement} figure */
function reachWhatScrolls(figure) {
  for (const box of /** @type {NodeListOf<HTMLElement>} */ (figure.querySelectorAll(".scrolls"))) {
    if (box.scrollWidth <= box.clientWidth) continue
    box.tabIndex = 0
    box.setAttribute("role", "group")
    box.setAttribute("aria-label", box.querySelector("caption")?.textContent ?? "")
  }
}
