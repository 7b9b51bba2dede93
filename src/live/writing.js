// A trained model that writes on from a reader's words, once it is asked to.
import bars from "./bars.py"
import { base64 } from "./files.js"
import { Following } from "./following.js"
import { Parts } from "./parts.js"
import { trainedModel } from "./trained_model.js"
import source from "./writing.py"

const MODULE = "live.writing"

/**
 * Start a figure: a press lets the model write on from what stands in its field.
 * @param {HTMLElement} figure
 * @param {import("./waiting.js").Given} given
 * @param {() => void} onReady told each time that Python has come, with the packages
 */
export function begin(figure, given, onReady) {
  const { python } = given
  const parts = new Parts(figure)
  const modules = { "live.bars": bars, [MODULE]: source }
  const next = "Press the button, and it"
  let hasModel = false
  const following = new Following(parts, { ...given, modules, next }, async () => {
    const [seed] = crypto.getRandomValues(new Uint32Array(1))
    if (await following.install()) {
      hasModel = false
      onReady()
    }
    if (!hasModel) {
      parts.say("The model is loading.")
      const { file, recorded } = await trainedModel(figure)
      await python.call(MODULE, "receive", await base64(file), recorded.words)
      hasModel = true
    }
    /** @type {{ error: string, says: string, written: string, known?: string }} */
    const answer = await python.call(MODULE, "write", parts.part("text").value, seed)
    if (following.isStale) return
    parts.put("known", answer.known ?? "")
    if (answer.error) return parts.say(answer.error, "bad")
    parts.part("written").innerHTML = answer.written // Python has escaped what was typed
    parts.say(answer.says)
  })
  parts.part("write").addEventListener("click", () => following.change())
  parts.part("stop").addEventListener("click", () => python.stop())
  addEventListener("pagehide", () => {
    if (following.isWorking) python.end("Stopped, as you left the page.", "left")
  })
}
