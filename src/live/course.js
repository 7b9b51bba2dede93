// Shows a reader's way through the course, and lets the reader mark pages. src/live/site.js brings it once there is
// something to show, or to keep.
import { element } from "./element.js"
import { onward, Way } from "./way.js"

/** @typedef {{ address: string, title: string, place: string }} Page of the course; its place is in words */

const base = new URL("..", import.meta.url).pathname
const way = new Way(base)
const here = address(location.pathname)
/** What marks this page, if it is one of the course. */
const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-done]"))
/** Where this page says how far the reader is, if it does. */
const progress = /** @type {HTMLElement | null} */ (document.querySelector("[data-course]"))
/** All pages of the course, where they are asked for: elsewhere nothing is loaded. */
const pages = progress ? load() : Promise.resolve([])

const forget = element(
  "button",
  { type: "button", className: "way-words", onclick: forgetAll },
  "Forget all of it",
)
const forgotten = element("span", { tabIndex: -1 })
forgotten.setAttribute("role", "status")

/** @param {string} path @returns {string} its address below the site's own */
function address(path) {
  return path.replace(/index\.html$/, "").slice(base.length)
}

/** @returns {Promise<Page[]>} none if they cannot be had */
async function load() {
  try {
    const answer = await fetch(`${base}assets/course.json`)
    return answer.ok ? await answer.json() : []
  } catch {
    return []
  }
}

/** Show what is kept, in place of what was shown. */
async function show() {
  const course = await pages
  const addresses = new Set(course.map((page) => page.address))
  // A page that has another name by now is not there.
  const done = new Set([...way.done].filter((page) => !course.length || addresses.has(page)))
  const last = way.last
  for (const words of document.querySelectorAll(".way-words")) words.remove()

  button?.setAttribute("aria-pressed", `${done.has(here)}`)
  for (const link of links(".md-nav--primary .md-nav__link[href], .pages a")) {
    const to = address(link.pathname)
    const all = Number(link.dataset.pages) // of a part
    const isDone = !link.hash && (all ? countWithin(done, to) >= all : done.has(to))
    link.classList.toggle("done", isDone)
    if (isDone) link.append(words(", done", "live-hidden"))
  }
  for (const link of links(".map a")) {
    if (last && address(link.pathname) === last) link.after(words("you were here", "here"))
  }
  for (const time of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(".time[data-pages]")
  )) {
    const part = time.parentElement?.querySelector("a")?.pathname ?? ""
    const some = countWithin(done, address(part))
    if (some) time.append(words(`, ${some} of ${time.dataset.pages} done`))
  }
  if (progress && course.length) leadOn(progress, course, done)
}

/** @param {string} which @returns {NodeListOf<HTMLAnchorElement>} */
const links = (which) => document.querySelectorAll(which)

/** Words that are there as long as what is kept says so. @param {string} text @param {string} kind */
const words = (text, kind = "") => element("span", { className: `way-words ${kind}` }, text)

/** @param {Set<string>} done @param {string} part its address @returns {number} how many of its pages are done */
const countWithin = (done, part) => [...done].filter((page) => page.startsWith(part)).length

/**
 * Say how far the reader is, and lead on from there.
 * @param {HTMLElement} progress @param {Page[]} course @param {Set<string>} done
 */
function leadOn(progress, course, done) {
  const to = way.isEmpty ? undefined : onward(course, done, way.last)
  for (const begin of links("[data-begin]")) {
    begin.dataset.address ??= begin.pathname
    begin.dataset.begin ||= begin.textContent ?? ""
    begin.pathname = to ? base + to.address : begin.dataset.address
    begin.textContent = to ? "Continue where you left off" : begin.dataset.begin
  }
  progress.append(forgotten)
  if (way.isEmpty) return
  forgotten.textContent = ""
  progress.prepend(words(`${done.size} of ${course.length} pages are marked as done. `))
  if (to) {
    const link = element("a", { className: "way-words", href: base + to.address }, to.title)
    progress.prepend(words("Next for you: "), link, words(`, ${to.place}. `))
  }
  progress.append(words(" Your way is kept on this device only. "), forget)
}

function forgetAll() {
  const isGone = way.forget()
  show().then(() => {
    forgotten.textContent = isGone
      ? " Forgotten: no page is marked, and this device keeps nothing about your way. Your edits of blocks are still there."
      : " Your browser did not forget it. Its settings can: clear what this site keeps."
    forgotten.focus()
  })
}

/** The reader says that this page is done, or not done after all. */
export function press() {
  const isDone = button?.getAttribute("aria-pressed") !== "true"
  mark(isDone, isDone ? "Marked, on this device only." : "It is not marked any more.")
}

/** An exercise of this page is solved: after the last one the page is done. @param {number} exercise */
export function solve(exercise) {
  const solved = way.solve(here, exercise)
  const places = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-exercise]")
  )
  const all = Array.from(places, (place) => JSON.parse(place.dataset.exercise ?? "").number)
  if (all.every((number) => solved.has(number)) && !way.done.has(here))
    mark(true, "All exercises are solved, so this page is marked, on this device only.")
}

/** @param {boolean} isDone @param {string} said if that is kept */
function mark(isDone, said) {
  const isKept = way.mark(here, isDone)
  const status = button?.nextElementSibling
  if (status)
    status.textContent = isKept
      ? said
      : "Your browser keeps nothing for this site, so no page can be marked: its store is full or turned off."
  show()
}

show()
addEventListener("storage", show) // another tab has marked a page
addEventListener("pageshow", ({ persisted }) => persisted && show()) // Back brings a page as it was
