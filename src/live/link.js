// A link that carries what a reader has typed: after the #, which a browser sends to nobody.

export const LONGEST = 8000 // characters after the #; some programs cut longer addresses

/** @type {Record<string, readonly string[]>} */
const CHOICES = { tokenizer: ["v1", "v2", "pairs", "gpt2"], source: ["story", "own"] }

/**
 * @typedef {object} Setting what a link carries
 * @property {string} text
 * @property {string} tokenizer
 * @property {string} source what it learns from: "story" or "own"
 * @property {string} own a text of the reader's own, for that
 * @property {number} merges
 */

/**
 * Write the part of an address that begins with #.
 * @param {Setting} setting @returns {string} nothing, if it would be too long
 */
export function write({ text, tokenizer, source, own, merges }) {
  /** @type {Record<string, any>} */
  const fields = { text, tokenizer }
  if (tokenizer !== "gpt2") Object.assign(fields, { source }, source === "own" && { own })
  if (tokenizer === "pairs") Object.assign(fields, { merges })
  const written = `#${new URLSearchParams(fields)}`
  return written.length > LONGEST ? "" : written
}

/**
 * Read what a link carries. Whoever wrote it may be nobody's friend: what is not one of ours is left out.
 * @param {string} hash such as "#text=Hi" @returns {Partial<Setting>}
 */
export function read(hash) {
  if (hash.length > LONGEST || !hash.startsWith("#text=")) return {}
  const fields = new URLSearchParams(hash.slice(1))
  /** @type {Partial<Setting>} */
  const found = { text: fields.get("text") ?? "" }
  for (const name of /** @type {const} */ (["tokenizer", "source"])) {
    const value = fields.get(name)
    if (value !== null && CHOICES[name].includes(value)) found[name] = value
  }
  found.own = fields.get("own") ?? undefined
  const merges = fields.get("merges")
  if (merges !== null && /^\d{1,5}$/.test(merges)) found.merges = Number(merges)
  return found
}
