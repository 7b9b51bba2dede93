/** Let a box that scrolls be reached with the keyboard; it is called as its table is. @param {HTMLElement} box */
export function reachIfItScrolls(box) {
  if (box.scrollWidth <= box.clientWidth) return
  box.tabIndex = 0
  box.setAttribute("role", "group")
  box.setAttribute("aria-label", box.querySelector("caption")?.textContent ?? "")
}
