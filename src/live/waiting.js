// A figure that takes a sentence, before it is touched. What it needs comes with the first touch.

/**
 * @param {HTMLInputElement} field where it is typed, which only a site with NumPy has
 * @param {import("./python.js").Python} python
 * @param {import("./types.d.ts").Manifest} manifest
 * @param {string} base the address that the manifest's are relative to
 * @param {() => void} isReady told when Python has come for it, with NumPy
 */
export function wait(field, python, manifest, base, isReady) {
  const megabytes = Number((manifest.megabytes + manifest.weights.numpy).toFixed(1))
  const figure = /** @type {HTMLElement} */ (field.closest("figure"))
  const status = /** @type {HTMLElement} */ (figure.querySelector("[role=status]"))
  for (const place of figure.querySelectorAll("[data-megabytes]")) {
    place.textContent = `${megabytes} MB`
  }
  let isComing = false
  field.addEventListener("input", async () => {
    if (isComing) return
    isComing = true
    try {
      const { attend } = await import(new URL(manifest.attention, base).href)
      attend(figure, python, megabytes, isReady).change()
    } catch {
      isComing = false // the next key tries again
      status.dataset.mood = "bad"
      status.textContent =
        "The figure could not be loaded: the network is gone, or the site has changed."
    }
  })
  figure.classList.add("ready")
}
