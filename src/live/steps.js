// A figure whose parts are numbered (data-step) can be gone through: a row of buttons under it
// shows it up to one step. Each step has a sentence (data-says), shown while it is the last.
// Where the page has a fold about each step (details.part), a press on a part of the figure opens its fold.
const all = "Choose a number to go through it step by step."
const press = `${all} Press a part for its code and numbers.`

/**
 * Make an element, as src/live/element.js does: this script is no module, so it can import nothing.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]> & Record<string, unknown>} properties
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

/** @param {Element} figure */
function makeSteps(figure) {
  figure.querySelector(".steps")?.remove()
  if (!figure.querySelector("[data-step]")) return
  const drawing = /** @type {SVGElement} */ (figure.querySelector("svg"))
  const parts = /** @type {SVGElement[]} */ ([...figure.querySelectorAll("[data-step]")])
  const folds = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("details.part")])
  const hasFolds = folds.length === parts.length
  const sentences = [hasFolds ? press : all, ...parts.map((part) => part.dataset.says ?? "")]
  const says = sentences.map((sentence) => element("span", {}, sentence))

  /** @param {number} last */
  function show(last) {
    for (const part of parts) {
      part.classList.toggle("later", last > 0 && Number(part.dataset.step) > last)
    }
    for (const [number, line] of says.entries()) line.classList.toggle("now", number === last)
  }

  /** @param {number} number of the step; 0 is for all of them */
  function button(number) {
    const name = number ? `Step ${number} of ${parts.length}: ${sentences[number]}` : "All steps"
    const input = element("input", {
      type: "radio",
      name: `${drawing.id}-step`,
      value: `${number}`,
      checked: !number,
      autocomplete: "off",
    })
    input.setAttribute("aria-label", name)
    input.addEventListener("change", () => show(number))
    return element("label", {}, input, number ? `${number}` : "All")
  }

  if (hasFolds) {
    for (const [place, part] of parts.entries()) {
      part.classList.add("pressable")
      part.addEventListener("click", () => {
        for (const fold of folds) fold.open = fold === folds[place]
        folds[place].scrollIntoView({ block: "nearest" })
      })
    }
  }

  const title = figure.querySelector("svg > title")?.textContent
  const controls = element(
    "fieldset",
    { className: "steps" },
    element("legend", {}, `Go through the figure: ${title}`),
    ...parts.map((_, place) => button(place + 1)),
    button(0),
    element("div", { className: "says" }, ...says),
  )
  drawing.after(controls)
  show(0)
}

document$.subscribe(() => {
  for (const figure of document.querySelectorAll("figure:has([data-step])")) {
    if (!figure.querySelector(".steps")) makeSteps(figure)
  }
})

// A figure that its reader has had drawn again may have other steps.
document.addEventListener("drawn", ({ target }) => makeSteps(/** @type {Element} */ (target)))
