// A reader's way through the course: which pages are done, and which was open last. It is kept in the browser's own
// store, so on the reader's device only.

/** A page is named by its address below the site's own, such as `part/section/`. */
export class Way {
  /** @param {string} base the path of the site: another one on the same host has a way of its own */
  constructor(base) {
    this.prefix = `verdict way ${base} ` // src/live/site.js looks for it, too
  }

  /** The keys of all that is kept. */
  get #keys() {
    try {
      return Array.from(
        { length: localStorage.length },
        (_, at) => localStorage.key(at) ?? "",
      ).filter((key) => key.startsWith(this.prefix))
    } catch {
      return [] // the browser keeps nothing: private, or told not to
    }
  }

  get isEmpty() {
    return this.#keys.length === 0
  }

  /** The pages that are done. */
  get done() {
    const begin = `${this.prefix}done `
    const keys = this.#keys.filter((key) => key.startsWith(begin))
    return new Set(keys.map((key) => key.slice(begin.length)))
  }

  /** The page that was open last. */
  get last() {
    return this.#read("last")
  }

  /** @param {string} page @param {boolean} isDone @returns {boolean} whether that is kept */
  mark(page, isDone) {
    const name = `done ${page}`
    return isDone ? this.#write(name, "yes") : this.#remove(this.prefix + name)
  }

  /**
   * An exercise is solved.
   * @param {string} page @param {number} exercise its number there
   * @returns {Set<number>} all that are solved on this page
   */
  solve(page, exercise) {
    const name = `solved ${page}`
    const solved = new Set(this.#read(name).split(" ").map(Number).filter(Boolean))
    solved.add(exercise)
    this.#write(name, [...solved].join(" "))
    return solved
  }

  /** @returns {boolean} whether all of it is gone */
  forget() {
    return this.#keys.every((key) => this.#remove(key))
  }

  /** @param {string} name */
  #read(name) {
    try {
      return localStorage.getItem(this.prefix + name) ?? ""
    } catch {
      return ""
    }
  }

  /** @param {string} name @param {string} value */
  #write(name, value) {
    try {
      localStorage.setItem(this.prefix + name, value)
      return true
    } catch {
      return false // the store is full, or refused
    }
  }

  /** @param {string} key */
  #remove(key) {
    try {
      localStorage.removeItem(key)
      return true
    } catch {
      return false
    }
  }
}

/**
 * Where to go on: at the page that was open last, or after it if it is done. If it is not there any more, at the first
 * page that is not done.
 * @template {{ address: string }} Page
 * @param {Page[]} pages of the course, in order @param {Set<string>} done @param {string} last
 * @returns {Page | undefined} none once all are done
 */
export function onward(pages, done, last) {
  const at = pages.findIndex(({ address }) => address === last)
  const inTurn = at < 0 ? pages : [...pages.slice(at), ...pages.slice(0, at)]
  return inTurn.find(({ address }) => !done.has(address))
}
