// Tokens as the page shows them: a piece each, with its ID, and with a mark for what cannot be seen.

import { element } from "./element.js"

/** @typedef {[piece: string, id: number | null, kind: string]} Token */

const BLANKS = /( |\r\n|\n|\r|\t)/u
const INVISIBLE = /([\p{Cc}\p{Cs}\p{Zs}\p{Zl}\p{Zp}])/u // what has no ink, wherever it stands
const INKLESS = /^[\p{C}\p{Z}]+$/u // nothing but what has none
/** @type {Record<string, string>} */
const MARKS = { " ": "space", "\n": "line", "\r\n": "line", "\r": "line", "\t": "tab" }
/** @type {Record<string, string>} */
const KIND_IN_WORDS = { unknown: "unknown", special: "special", bytes: "as bytes" }

/**
 * Part what can be seen from what needs a mark: "space", "line" and "tab" have one, others show their number.
 * @param {string} text @returns {[kind: string, text: string][]} the kind is "" for what can be seen
 */
export function runs(text) {
  return text.split(BLANKS).flatMap((part) => {
    if (MARKS[part]) return [[MARKS[part], part]]
    if (INKLESS.test(part)) return [...part].map(code)
    return part
      .split(INVISIBLE)
      .filter(Boolean)
      .map((run) => (INVISIBLE.test(run) ? code(run) : ["", run]))
  })
}

/** @param {string} character @returns {[string, string]} */
const code = (character) => {
  const number = /** @type {number} */ (character.codePointAt(0))
  return ["code", `U+${number.toString(16).toUpperCase().padStart(4, "0")}`]
}

/** The items of the list. @param {Token[]} tokens */
export const items = (tokens) =>
  tokens.map(([piece, id, kind]) => {
    const number = element("span", { className: "id" }, id === null ? "no ID" : `${id}`)
    // The frame of bytes shows what they are: it is said to those who do not see it.
    if (KIND_IN_WORDS[kind])
      number.append(
        element(
          "span",
          { className: kind === "bytes" ? "live-hidden" : "kind" },
          ` ${KIND_IN_WORDS[kind]}`,
        ),
      )
    return element(
      "li",
      { className: kind },
      element("bdi", {}, ...(kind === "bytes" ? [piece] : runs(piece).map(run))),
      number,
    )
  })

/** @param {[string, string]} run */
function run([mark, text]) {
  if (mark) return element("span", { className: mark }, text)
  return /^\p{M}/u.test(text) ? `\u25cc${text}` : text // what stands on a letter gets a place to stand on
}
