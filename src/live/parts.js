/** A figure that a script works with, and its parts by their names. */
export class Parts {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure
    this.status = this.part("status")
  }

  /** A part, if this form of the figure has that part. @param {string} name @returns {any} */
  part(name) {
    return this.figure.querySelector(`[data-part=${name}]`)
  }

  /** @param {string} message @param {"" | "bad"} mood */
  say(message, mood = "") {
    this.status.textContent = message
    this.status.dataset.mood = mood
  }

  /** @param {string} name of a part @param {boolean} isShown */
  show(name, isShown) {
    this.part(name)?.toggleAttribute("hidden", !isShown)
  }

  /** @param {string} name of a part @param {string} text */
  put(name, text) {
    const part = this.part(name)
    if (part) part.textContent = text
  }
}
