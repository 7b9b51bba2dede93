// What scrolls must be reachable with the keyboard, and what can be pressed must have a name.
document$.subscribe(() => {
  for (const nav of document.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "none")
  for (const [number, mark] of document.querySelectorAll(".md-annotation__index").entries()) {
    mark.setAttribute("aria-label", `Note ${number + 1}`)
  }
  makeReachable()
})
document.fonts.ready.then(makeReachable) // a wider face may wrap a line more
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
