// Tokens as the page shows them: a piece each, with its ID, and with a mark for what cannot be seen.

/** @typedef {[piece: string, id: number | null, kind: string]} Token */

const BLANKS = /( |\r\n|\n|\r|\t)/u
const UNSEEN = /([\p{Cc}\p{Cs}\p{Zs}\p{Zl}\p{Zp}])/u // what has no ink, wherever it stands
const INKLESS = /^[\p{C}\p{Z}]+$/u
/** @type {Record<string, string>} */
const MARKS = { " ": "space", "\n": "line", "\r\n": "line", "\r": "line", "\t": "tab" }
/** @type {Record<string, string>} */
const SAID = { unknown: "unknown", special: "special", bytes: "bytes" }

/**
 * Part what can be seen from what needs a mark: "space", "line" and "tab" have one, others show their number.
 * @param {string} text @returns {[kind: string, text: string][]} the kind is "" for what can be seen
 */
export function runs(text) {
  if (!text.includes("\ud800") && INKLESS.test(text) && !BLANKS.test(text)) return [...text].map(code)
  return text.split(BLANKS).flatMap((part) => {
    if (MARKS[part]) return [[MARKS[part], part]]
    return part.split(UNSEEN).filter(Boolean).map((run) => (UNSEEN.test(run) ? code(run) : ["", run]))
  })
}

/** @param {string} character @returns {[string, string]} */
const code = (character) => {
  const number = /** @type {number} */ (character.codePointAt(0))
  return ["code", `U+${number.toString(16).toUpperCase().padStart(4, "0")}`]
}

/** The list of tokens. @param {Token[]} tokens */
export function list(tokens) {
  const made = document.createDocumentFragment()
  for (const [piece, id, kind] of tokens) {
    const item = add(made, "li", kind)
    const text = add(item, "bdi")
    for (const [mark, run] of runs(piece)) {
      if (mark) add(text, "span", mark, run)
      else text.append(/^\p{M}/u.test(run) ? `\u25cc${run}` : run) // a mark without its letter needs a place
    }
    const number = add(item, "span", "id", id === null ? "no ID" : `${id}`)
    if (SAID[kind]) add(number, "span", "kind", SAID[kind])
  }
  return made
}

/**
 * @param {Node} parent @param {string} tag @param {string} name its class @param {string} text
 * @returns {HTMLElement}
 */
export function add(parent, tag, name = "", text = "") {
  const made = document.createElement(tag)
  if (name) made.className = name
  made.textContent = text
  parent.appendChild(made)
  return made
}
