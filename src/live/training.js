// Train it here, before it is touched: what it needs comes with the first press.

const figure = /** @type {HTMLElement} */ (document.querySelector("[data-live=training]"))
const status = /** @type {HTMLElement} */ (figure.querySelector("[role=status]"))

for (const place of figure.querySelectorAll("[data-megabytes]")) {
  place.textContent = `${(MANIFEST.megabytes + (MANIFEST.weights.numpy ?? 0)).toFixed(1)} MB`
}
if (!MANIFEST.story) figure.querySelector("[value=story]")?.closest("label")?.remove()
for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (
  figure.querySelectorAll("[type=radio]")
)) {
  field.checked = field.defaultChecked // some browsers keep over a reload what was chosen
}
// What belongs to a choice shows with it, before anything is loaded.
figure.addEventListener("change", () => {
  const own = /** @type {HTMLElement} */ (figure.querySelector("[data-part=own-field]"))
  own.hidden = !figure.querySelector("[value=own]:checked")
})

const touched = ["train", "take", "model"].map(
  (name) => /** @type {HTMLElement} */ (figure.querySelector(`[data-part=${name}]`)),
)
const listen = (/** @type {"addEventListener" | "removeEventListener"} */ how) => {
  for (const part of touched) part?.[how](part.matches("input") ? "change" : "click", wake)
}

/** The first press brings the rest, which then takes all presses, this one too. @param {Event} event */
async function wake(event) {
  listen("removeEventListener")
  try {
    const { Trainer } = await import(new URL(MANIFEST.trainer, import.meta.url).href)
    new Trainer(figure)
    event.target?.dispatchEvent(new Event(event.type, { bubbles: true }))
  } catch {
    listen("addEventListener") // the next press tries again
    status.dataset.mood = "bad"
    status.textContent = "It could not be loaded: the network is gone, or the site has changed."
  }
}

listen("addEventListener")
figure.classList.add("ready")
