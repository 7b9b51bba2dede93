// What scrolls must be reachable with the keyboard, and what can be pressed must have a name.
document$.subscribe(() => {
  for (const nav of document.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "none")
  document.querySelectorAll(".md-annotation__index").forEach((mark, number) => {
    mark.setAttribute("aria-label", `Note ${number + 1}`)
  })
  for (const box of document.querySelectorAll(".md-typeset :is(pre > code, figure, .md-typeset__scrollwrap)")) {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0
  }
})

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
