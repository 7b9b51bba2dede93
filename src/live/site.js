// What scrolls must be reachable with the keyboard, and what can be pressed must have a name.
document$.subscribe(() => {
  for (const nav of document.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "none")
  for (const [number, mark] of document.querySelectorAll(".md-annotation__index").entries()) {
    mark.setAttribute("aria-label", `Note ${number + 1}`)
  }
})
// Once all is laid out, so that nothing is for this alone; and with the page's own faces, for a
// wider one may wrap a line more.
addEventListener("load", () => document.fonts.ready.then(makeReachable))
addEventListener("resize", makeReachable)

function makeReachable() {
  const boxes = ".md-typeset :is(pre > code, figure, .md-typeset__scrollwrap)"
  for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(boxes))) {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0
  }
}

// Escape puts a term's meaning away, until the term is left.
for (const term of document.querySelectorAll(".term")) {
  const show = () => term.classList.remove("dismissed")
  term.addEventListener("mouseleave", show)
  term.addEventListener("blur", show)
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const term of document.querySelectorAll(".term:hover, .term:focus")) {
      term.classList.add("dismissed")
    }
  }
})

// The button below a page copies the page's Markdown, and says how that went.
const copying = /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll("[data-markdown]")
)
for (const button of copying) {
  button.classList.remove("waiting")
  button.addEventListener("click", async () => {
    const said = /** @type {Element} */ (button.parentElement?.querySelector("[role=status]"))
    said.textContent = ""
    try {
      const answer = await fetch(button.dataset.markdown ?? "")
      if (!answer.ok) throw new Error(answer.statusText)
      await navigator.clipboard.writeText(await answer.text())
      said.textContent = "Copied: the whole page is in the clipboard, as Markdown."
    } catch {
      said.textContent =
        "It could not be copied. Open \u201cThis page as Markdown\u201d and copy it from there."
    }
  })
}

// A reader's way through the course is kept on the reader's device. The script that shows it comes once there is
// something to show, or to keep: who comes for the first time does not wait for it.
{
  const own = /** @type {HTMLScriptElement} */ (document.currentScript).src
  const base = new URL("..", own).pathname
  const prefix = `verdict way ${base} ` // as src/live/way.js has it
  /** @returns {Promise<typeof import("./course.js")>} */
  const course = () => import(new URL("course.js", own).href)
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-done]"))
  let isEmpty = true
  try {
    isEmpty = !Object.keys(localStorage).some((key) => key.startsWith(prefix))
    const page = location.pathname.replace(/index\.html$/, "").slice(base.length)
    if (button) localStorage.setItem(`${prefix}last`, page)
  } catch {} // the browser keeps nothing
  if (!isEmpty) course()
  if (button) {
    button.classList.remove("waiting")
    const said = /** @type {Element} */ (button.nextElementSibling)
    button.addEventListener("click", () =>
      course().then(
        ({ press }) => press(),
        () => {
          said.textContent = "It could not be marked: the network is gone. Load this page again."
        },
      ),
    )
  }
  document.addEventListener("solved", (event) =>
    course().then(({ solve }) => solve(/** @type {CustomEvent<number>} */ (event).detail)),
  )
}
