// What a reader types is taken by Python modules of this site, once no more comes.
import { INSTALL } from "./installing.js"

const TYPING_PAUSE = 150 // milliseconds without a key, after which what is typed is taken
const SLOW = 400 // milliseconds of work, after which the figure says that it works
const STILL_SHOWN = "What you see is the text before."

export class Following {
  isWorking = false
  /** Whether the reader has changed something since the work began. */
  isStale = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  /** The start of the Python that has the modules. @type {Promise<void> | undefined} */
  #installed

  /**
   * @param {import("./parts.js").Parts} parts of the figure: its status, its progress, its button to stop
   * @param {object} given
   * @param {import("./python.js").Python} given.python
   * @param {number} given.megabytes what a start brings over the wire
   * @param {Record<string, string>} given.modules the sources of Python modules, by their names
   * @param {string[]} [given.needs] packages that they import
   * @param {string} [given.next] what the reader can do after a fault, and begins a sentence
   * @param {() => Promise<void>} work takes what is typed, and shows it unless it is stale
   */
  constructor(parts, given, work) {
    this.parts = parts
    this.given = given
    this.work = work
  }

  /** Take what the reader has changed, once no more comes. */
  change() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#update(), this.isWorking ? 0 : TYPING_PAUSE)
  }

  async #update() {
    this.isStale = true
    if (this.isWorking) return
    this.isWorking = true
    const bar = this.parts.part("progress")
    const slow = setTimeout(() => {
      this.parts.show("stop", true)
      if (bar.hidden) this.parts.say("Working…")
    }, SLOW)
    try {
      while (this.isStale) {
        this.isStale = false
        await this.work()
      }
    } catch (error) {
      this.#fail(error)
    } finally {
      this.isWorking = this.isStale = false
      clearTimeout(slow)
      this.parts.show("stop", false)
      bar.hidden = true
    }
  }

  /** Give Python the modules, if it does not have them. @returns {Promise<boolean>} whether they are new */
  async install() {
    const { python, megabytes, modules, needs = [] } = this.given
    const bar = this.parts.part("progress")
    if (!python.isStarted) {
      this.parts.say(`Python is loading: ${megabytes} MB.`)
      bar.removeAttribute("value")
      bar.hidden = false
      python.onprogress = (share) => {
        bar.value = share
      }
    }
    const started = python.start()
    if (started === this.#installed) return false
    await started
    bar.hidden = true
    if (needs.length) await python.run("", { needs })
    await python.call("builtins", "exec", INSTALL, { sources: modules })
    this.#installed = started
    return true
  }

  /** @param {unknown} error */
  #fail(error) {
    const { next = "Change the text, and it" } = this.given
    const message = error instanceof Error ? error.message : String(error)
    if (/^KeyboardInterrupt|^Stopped/.test(message)) {
      return this.parts.say(`Stopped. ${STILL_SHOWN} ${next} goes on.`)
    }
    this.parts.say(`${message} ${STILL_SHOWN} ${next} is tried again.`, "bad")
  }
}
