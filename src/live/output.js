// What a run prints, on its way to the page: in a few large pieces, and not without end.

export const LIMIT = 100_000 // characters of one run; a page with more would be slow to scroll
const PAUSE = 50 // milliseconds between two pieces

export class Output {
  #decoder = new TextDecoder()
  #text = ""
  #length = 0
  #sentAt = 0
  #lastCharacter = ""

  /** @param {(text: string) => void} send */
  constructor(send) {
    this.send = send
  }

  /** Take what Python writes. @param {Uint8Array} bytes */
  write(bytes) {
    let text = this.#decoder.decode(bytes, { stream: true })
    const room = LIMIT - this.#length
    this.#length += text.length
    if (room < 0) return bytes.length
    const isCut = text.length > room
    if (isCut) {
      text = `${text.slice(0, room)}\n… cut here: one run shows ${LIMIT.toLocaleString("en")} characters at most\n`
    }
    this.#text += text
    this.#lastCharacter = text.at(-1) ?? this.#lastCharacter
    if (isCut || performance.now() - this.#sentAt > PAUSE) this.flush()
    return bytes.length
  }

  /** End the line that Python has begun, if there is one. */
  beginLine() {
    if (this.#lastCharacter !== "" && this.#lastCharacter !== "\n") this.#text += "\n"
    this.#lastCharacter = ""
  }

  flush() {
    if (this.#text) this.send(this.#text)
    this.#text = ""
    this.#sentAt = performance.now()
  }
}
