// What scrolls must be reachable with the keyboard, and what can be pressed must have a name.
document$.subscribe(() => {
  for (const nav of document.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "none")
  document.querySelectorAll(".md-annotation__index").forEach((mark, number) => {
    mark.setAttribute("aria-label", `Note ${number + 1}`)
  })
  for (const box of document.querySelectorAll(".md-typeset :is(pre > code, figure, .md-typeset__scrollwrap)")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
  }
})
