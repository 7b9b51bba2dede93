// Code in its colours, as the editor has told them: a line each, as the build of the site makes them.
import { element } from "./element.js"

/** @typedef {[kind: string, text: string]} Piece the kind is a class of the page's own colours, or nothing */

/** @param {HTMLElement} code @param {Piece[]} pieces */
export function paint(code, pieces) {
  const lines = [element("span", { className: "line" })]
  for (const [kind, text] of pieces) {
    for (const part of text.split(/(?<=\n)/)) {
      lines.at(-1)?.append(kind ? element("span", { className: kind }, part) : part)
      if (part.endsWith("\n")) lines.push(element("span", { className: "line" }))
    }
  }
  code.replaceChildren(...lines)
}
