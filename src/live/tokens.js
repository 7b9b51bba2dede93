// The playground, once it is touched: what its fields and buttons do.
import { Form } from "./form.js"
import { manifest, python } from "./here.js"
import { LONGEST, read, write } from "./link.js"
import { Tokenizing } from "./tokenizing.js"

/** @param {HTMLElement} figure */
export function play(figure) {
  const form = new Form(figure)
  const { following } = new Tokenizing(form)
  let hasBegun = false

  /** Begin, for the reader has touched it. @param {EventTarget | null} target */
  function begin(target) {
    hasBegun = true
    form.isOfIds = target === form.ids
    form.show("go", false)
    following.change()
  }

  /** Show what a link carries; Python is not loaded for it before the reader says so. */
  function showLinked() {
    const linked = read(location.hash)
    if (linked.text === undefined || !form.part("share")) return
    form.fill(linked)
    if (hasBegun) return following.change()
    form.show("go", true)
    const cost = `To see its tokens, Python has to load: ${manifest.megabytes} MB.`
    form.say(`This text came with the link. ${cost}`)
  }

  async function share() {
    const hash = write(form.settings)
    if (!hash) {
      const most = `which carries ${LONGEST} characters at most`
      return form.say(`This is too long for a link, ${most}.`, "bad")
    }
    history.replaceState(history.state, "", hash)
    try {
      await navigator.clipboard.writeText(location.href)
      const where = "It carries the text behind the #, which is sent to no server."
      form.say(`Copied: a link to this text. ${where}`)
    } catch {
      form.say("The address of this page now carries the text: copy it from there.")
    }
  }

  figure.addEventListener("input", ({ target }) => {
    form.choose()
    begin(target)
  })
  figure.addEventListener("click", ({ target }) => {
    const isField = /** @type {Element} */ (target).matches("input, textarea")
    if (!hasBegun && isField) begin(target)
  })
  form.part("stop").addEventListener("click", () => python.stop())
  form.part("go")?.addEventListener("click", () => {
    begin(form.text)
    form.text.focus() // the button is gone
  })
  form.part("share")?.addEventListener("click", share)
  addEventListener("hashchange", showLinked)
  addEventListener("pagehide", () => {
    if (following.isWorking) python.end("Stopped, as you left the page.", "left")
  })
  form.choose()
  showLinked()
  return { touch: begin }
}
