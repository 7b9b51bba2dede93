// A figure that takes what its reader types or presses, before it is touched. What it needs comes with the first touch.

const TOUCHED =
  ":is(input:not([type=radio]), textarea, button[value]):is([data-python], [data-python] *)"

/**
 * @typedef {object} Given
 * @property {import("./python.js").Python} python the page's own, which runs its blocks
 * @property {string[]} needs packages
 * @property {number} megabytes what Python brings over the wire, with the packages
 */

/**
 * @param {HTMLElement} figure its fields are there only on a site with all that it needs
 * @param {import("./python.js").Python} python
 * @param {import("./types.d.ts").Manifest} manifest
 * @param {string} base the address that the manifest's are relative to
 * @param {(needs: string[]) => void} onReady told when Python has come for it, with these packages
 */
export function wait(figure, python, manifest, base, onReady) {
  const { live, needs: named = "" } = figure.dataset
  const needs = named.split(" ").filter((name) => name in manifest.weights)
  const sum = needs.reduce((sum, name) => sum + manifest.weights[name], manifest.megabytes)
  const megabytes = Number(sum.toFixed(1))
  const status = figure.querySelector("[role=status]")
  for (const place of figure.querySelectorAll("[data-megabytes]")) {
    place.textContent = `${megabytes} MB`
  }
  let isComing = false
  /** The first touch brings the rest, which then takes all touches, this one too. @param {Event} event */
  const wake = async ({ target, type }) => {
    const touched = /** @type {Element} */ (target)
    if (isComing || !touched.matches(TOUCHED)) return
    isComing = true
    try {
      const script = manifest[/** @type {"attention" | "drawing" | "writing"} */ (live)]
      const { begin } = await import(new URL(script, base).href)
      await begin(figure, { python, megabytes, needs }, () => onReady(needs))
      touched.dispatchEvent(new Event(type, { bubbles: true }))
    } catch {
      isComing = false // the next touch tries again
      if (!(status instanceof HTMLElement)) return
      status.dataset.mood = "bad"
      status.textContent =
        "The figure could not be loaded: the network is gone, or the site has changed."
    }
  }
  figure.addEventListener("submit", (event) => event.preventDefault()) // Enter presses the button
  for (const kind of ["input", "click"]) figure.addEventListener(kind, wake)
  figure.classList.add("ready")
}
