// A page's blocks that can run: they share one Python, from the top of the page to its end.
import { Cell } from "./cell.js"
import { element } from "./element.js"
import { base, manifest, python } from "./here.js"
import { Ended } from "./python.js"

/** @type {Cell[]} */
const cells = []
/** @type {Cell | undefined} */
let busy
/** The packages that Python has by now. @type {Set<string>} */
const packages = new Set()
const setCosts = () => {
  for (const cell of cells) cell.setCost(true, packages)
  cost.remove()
}
/** What a first run brings over the wire: that stands once on a page, in its first bar. */
const cost = element("small")

/** @typedef {typeof page} Page */
const page = {
  /** Run a block, after those above it that have not run. @param {Cell} cell */
  async run(cell) {
    if (busy) return cell.say(`Still running ${busy.name}.`)
    busy = cell
    cell.setBusy(true)
    /** @type {Cell} */
    let current = cell
    try {
      python.onprogress = (share) => cell.setProgress(share)
      cell.sayLoading()
      await python.start()
      cell.setProgress()
      setCosts()
      for (current of cells
        .slice(0, cells.indexOf(cell) + 1)
        .filter((each) => !each.hasRun || each === cell)) {
        if (current !== cell) cell.say(`Running ${current.name} first…`)
        const goesOn = await current.run()
        for (const name of current.needs) packages.add(name)
        setCosts()
        if (goesOn) continue
        if (current !== cell) cell.say(`Above, ${current.name} did not end well.`, "bad")
        break
      }
    } catch (error) {
      if (!(error instanceof Ended)) throw error
      packages.clear()
      for (const each of cells) each.hasRun = false // what was defined is gone
      current.say(`${error.message} Run starts Python again.`, "bad")
      if (current !== cell) cell.say(`Above, ${current.name} did not end well.`, "bad")
    } finally {
      busy = undefined
      cell.setProgress()
      cell.setBusy(false)
    }
  },

  stop: () => python.stop(),

  /** Begin with a new Python: nothing is defined. */
  restart() {
    python.end("Restarted.", "reader")
    packages.clear()
    for (const cell of cells) cell.clear()
  },
}

for (const bar of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll("[data-live=page]")
)) {
  cells.push(new Cell(bar, /** @type {string} */ (bar.dataset.block), page))
}

if (cells[0]) {
  cost.append(`${cells[0].megabytes.toFixed(1)} MB, once`)
  cells[0].status.before(cost)
}

// A place for an answer is shown now; what it does comes with the first press.
for (const place of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll("[data-exercise]")
)) {
  place.hidden = false
  place.onclick = ({ target }) =>
    import(new URL(manifest.exercise, base).href).then(
      ({ begin }) => begin(place, target, cells, Cell, python, page),
      () => place.append("Load this page again."),
    )
}

// A figure that can be asked says what that costs; only pages with one get its script.
const figures = document.querySelectorAll("figure[data-live]:not([data-live=playground])")
if (figures.length) {
  import(new URL(manifest.waiting, base).href).then(
    ({ wait }) => {
      for (const figure of figures) {
        wait(figure, python, manifest, base, (/** @type {string[]} */ needs) => {
          for (const name of needs) packages.add(name)
          setCosts()
        })
      }
    },
    () => {}, // it stays as it was built
  )
}

// A page that is left may come back by Back as it was; a worker that is busy would only burn on.
addEventListener("pagehide", () => {
  if (busy) python.end("Stopped, as you left the page.", "left")
})
