// The figure of a reader's sentence, once it is touched: its steps follow what is typed.
import source from "./attention.py"
import { Following } from "./following.js"
import { Parts } from "./parts.js"

/** @typedef {{ error: string, says: string, html: string }} Look what src/live/attention.py shows of it */

/**
 * @param {HTMLElement} figure
 * @param {import("./python.js").Python} python the page's own, which runs its blocks
 * @param {number} megabytes what Python brings over the wire, with the packages
 * @param {() => void} isReady told each time that Python has come, with the packages
 * @returns {{ change: () => void }}
 */
export function attend(figure, python, megabytes, isReady) {
  const parts = new Parts(figure)
  const sentence = parts.part("text")
  const given = { python, megabytes, module: "attention", source, needs: ["numpy"] }
  const following = new Following(parts, given, async () => {
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
