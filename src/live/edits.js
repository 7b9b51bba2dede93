// A reader's edits stay on the reader's device: in the browser's own store, by page, block and original code.

/** @param {string} page its path @param {number | string} block its number on the page @param {string} original its code */
export class Edits {
  /** @param {string} page @param {number | string} block @param {string} original */
  constructor(page, block, original) {
    this.key = `verdict ${page} ${block} ${digest(original)}`
  }

  /** @returns {string | null} */
  read() {
    try {
      return localStorage.getItem(this.key)
    } catch {
      return null // the browser keeps nothing: private, full, or told not to
    }
  }

  /**
   * The text that is kept, in its colours if these are kept too.
   * @param {string} text @returns {import("./paint.js").Piece[]}
   */
  pieces(text) {
    try {
      const pieces = JSON.parse(localStorage.getItem(`${this.key} colours`) ?? "")
      const whole = pieces.map((/** @type {string[]} */ piece) => piece[1]).join("")
      if (whole === text) return pieces
    } catch {} // none are kept, or not as they were written
    return [["", text]]
  }

  /** @param {string} text @param {import("./paint.js").Piece[]} pieces the text in its colours */
  write(text, pieces) {
    try {
      localStorage.setItem(this.key, text)
      localStorage.setItem(`${this.key} colours`, JSON.stringify(pieces))
    } catch {} // then the edit lasts as long as the page does
  }

  remove() {
    try {
      localStorage.removeItem(this.key)
      localStorage.removeItem(`${this.key} colours`)
    } catch {}
  }
}

/** A short name for a text: FNV-1a, 32 bits. It tells one version of a block from the next. @param {string} text */
export function digest(text) {
  let sum = 0x811c9dc5
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
  return (sum >>> 0).toString(16).padStart(8, "0")
}
