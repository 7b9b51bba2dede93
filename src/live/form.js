// The fields of the playground, and the places where it shows what became of them.
import { element } from "./element.js"
import { write } from "./link.js"
import { Parts } from "./parts.js"
import { items } from "./pieces.js"

/**
 * @typedef {object} Look what src/live/playground.py says of a text
 * @property {string} error
 * @property {string} says
 * @property {import("./pieces.js").Token[]} pieces
 * @property {string} ids
 * @property {[name: string, count: string][]} counts
 * @property {string} again the text that the token IDs give
 * @property {string} same whether it is the text that they were made from
 * @property {string} [text] of token IDs
 */

export class Form extends Parts {
  /** Which of the two fields the reader has changed last: the token IDs, or the text. */
  isOfIds = false

  /** @param {HTMLElement} figure */
  constructor(figure) {
    super(figure)
    this.text = this.part("text")
    this.ids = this.part("ids") // it, and the two below, are not in the small form of the home page
    this.own = this.part("own")
    this.merges = this.part("merges")
  }

  /** What the fields hold. */
  get settings() {
    const chosen = (/** @type {string} */ name) =>
      /** @type {any} */ (this.figure.querySelector(`[name=${name}]:checked`))?.value
    return {
      text: this.text.value,
      tokenizer: chosen("tokenizer") ?? this.figure.dataset.tokenizer ?? "v2",
      source: chosen("source") ?? "story",
      own: this.own?.value ?? "",
      merges: this.merges?.valueAsNumber ?? 0,
    }
  }

  /** Show only those of the settings that the tokenizer has. */
  choose() {
    const { tokenizer, source } = this.settings
    this.show("learned", tokenizer !== "gpt2")
    this.show("own-field", source === "own")
    this.show("merges-field", tokenizer === "pairs")
  }

  /**
   * Put what a link carries into the fields; what is shown was not made from it.
   * @param {Partial<import("./link.js").Setting>} linked
   */
  fill(linked) {
    this.text.value = linked.text ?? ""
    if (this.own && linked.own !== undefined) this.own.value = linked.own
    if (this.merges && linked.merges !== undefined) this.merges.value = linked.merges
    for (const name of /** @type {const} */ (["tokenizer", "source"])) {
      const radio = /** @type {any} */ (
        this.figure.querySelector(`[name=${name}][value="${linked[name]}"]`)
      )
      if (radio) radio.checked = true
    }
    this.choose()
    for (const name of ["pieces", "counts", "again", "same", "made"]) {
      this.part(name).replaceChildren()
    }
    this.ids.value = ""
    this.isOfIds = false
  }

  /** @param {Look} look */
  draw(look) {
    if (look.text !== undefined) this.text.value = look.text
    else if (this.ids) this.ids.value = look.ids
    const pieces = this.part("pieces")
    pieces.replaceChildren(...items(look.pieces))
    // What scrolls can be reached with the keyboard.
    if (pieces.scrollHeight > pieces.clientHeight) pieces.tabIndex = 0
    else pieces.removeAttribute("tabindex")
    const counts = look.counts.map(([name, count]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, count)),
    )
    this.part("counts")?.replaceChildren(...counts)
    this.put("again", look.again)
    this.put("same", look.same)
    const more = this.part("more")
    if (more) more.href = more.href.split("#")[0] + write(this.settings)
    look.error ? this.say(look.error, "bad") : this.say(look.says)
  }
}
