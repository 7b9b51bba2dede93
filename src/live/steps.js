// A figure whose parts are numbered (data-step) can be gone through: a row of buttons under it
// shows it up to one step. Each step has a sentence (data-says), shown while it is the last.
const all = "Choose a number to go through it step by step."

function element(tag, attributes, ...children) {
  const made = Object.assign(document.createElement(tag), attributes)
  made.append(...children)
  return made
}

function makeSteps(figure) {
  const parts = [...figure.querySelectorAll("[data-step]")]
  const sentences = [all, ...parts.map((part) => part.dataset.says)]
  const says = sentences.map((sentence) => element("span", {}, sentence))

  function show(last) {
    for (const part of parts) part.classList.toggle("later", last > 0 && part.dataset.step > last)
    says.forEach((line, number) => line.classList.toggle("now", number === last))
  }

  function button(number) {
    const name = number ? `Step ${number} of ${parts.length}: ${sentences[number]}` : "All steps"
    const input = element("input", {
      type: "radio", name: `${figure.querySelector("svg").id}-step`, value: number, checked: !number, autocomplete: "off",
    })
    input.setAttribute("aria-label", name)
    input.addEventListener("change", () => show(number))
    return element("label", {}, input, number || "All")
  }

  const title = figure.querySelector("svg > title").textContent
  const controls = element(
    "fieldset", { className: "steps" },
    element("legend", {}, `Go through the figure: ${title}`),
    ...parts.map((_, place) => button(place + 1)), button(0),
    element("div", { className: "says" }, ...says),
  )
  figure.querySelector("svg").after(controls)
  show(0)
}

document$.subscribe(() => {
  for (const figure of document.querySelectorAll("figure:has([data-step])")) {
    if (!figure.querySelector(".steps")) makeSteps(figure)
  }
})
