// Train it here, before it is touched: what it needs comes with the first press.

const figure = /** @type {HTMLElement} */ (document.querySelector("[data-live=training]"))
const status = /** @type {HTMLElement} */ (figure.querySelector("[role=status]"))
const train = /** @type {HTMLButtonElement} */ (figure.querySelector("[data-part=train]"))

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

/** The first press brings the rest, which then takes all presses. */
async function wake() {
  train.removeEventListener("click", wake)
  try {
    const { Trainer } = await import(new URL(MANIFEST.trainer, import.meta.url).href)
    new Trainer(figure).train()
  } catch {
    train.addEventListener("click", wake) // the next press tries again
    status.dataset.mood = "bad"
    status.textContent = "It could not be loaded: the network is gone, or the site has changed."
  }
}

if (train) train.addEventListener("click", wake)
figure.classList.add("ready")
