// Finds entries of the site: pages, their sections, terms, names from the code. It runs in the worker
// of the search, and in Node.js for the tests.

/** @typedef {{ location: string, title: string, text: string[], teaches?: string[], weight?: number }} Entry
 * A block of `text` that begins with a line end is code. `teaches` are the terms and names that a reader
 * learns there, of a term itself its names; `weight` is what the entry counts, if not 1. */
/** @typedef {{ words: number[], isTaught: boolean, worth: number }} Phrase A title, or another name. */
/** @typedef {{ entry: Entry, page: string, phrases: Phrase[], above: number[], blocks: number[][] }} Indexed */
/** @typedef {{ location: string, title: string, text: string, score: number, terms: Record<string, boolean> }} Result */
/** @typedef {{ word: string, like: Float32Array, rarity: number }} Wanted A word of a query: how much
 * each word of the site is like it, from 0 to 1. */

const WORD = /[\p{L}\p{N}_]+/gu
const PART = /[_]+|(?<=\p{Ll})(?=\p{Lu})/u
/** Words that count only where a query has no others. */
const SMALL = new Set(
  "a an and are as at be by can could did do does for from has have how i if in into is it its me my no not of on or our should so than that the their them there these they this to was we were what when where which who why will with you your".split(
    " ",
  ),
)
/** What a word is without for its stem. */
const ENDING = /(?<=.{3})(?:ations?|ings?|ions?|ers?|e[ds]|als?|[ey]|s)$/

// How much each counts. tests/website/search/queries.toml says whether they are well chosen.
const LIKE_ENOUGH = 0.6 // a word that is so like another one counts as it
const TAUGHT_POINTS = 7 // for a term or a name that is taught there
const TITLE_POINTS = 4
const TEXT_POINTS = 2
const QUOTE_POINTS = 3 // for the words of a query in their order
const IN_PARTS_WORTH = 0.6 // of a name from the code that is read as words, such as split_heads
const PAGE_AND_SECTION_WORTH = 0.8 // of a section's title after its page's
const PAGE_TITLE_WORTH = 0.6 // of the title of the page that a section is on

// How much is looked at, and shown.
const MOST_QUOTED = 50 // entries that are looked through for the words of a query in their order
const LEAST_SHARE = 0.12 // of the best score of all: what has less is not found
const SHOWN_SHARE = 0.7 // of the best score on a page: sections that have as much are shown
const MOST_SECTIONS = 3 // shown of a page; the others are folded
const MOST_FOLDED = 6
const EXCERPT_LENGTH = 170 // characters
const EXCERPT_LINES = 3 // of code

export class Search {
  /** @type {Map<string, number>} */
  #ids = new Map()
  /** @type {string[]} */
  #words = []
  /** @type {string[]} */
  #stems = []
  /** @type {Indexed[]} */
  #entries
  /** The names of each term. @type {number[][][]} */
  #names
  /** For each word, how many titles have it. @type {number[]} */
  #inTitles = []

  /** @param {Entry[]} entries */
  constructor(entries) {
    /** @type {Map<string, number[]>} */
    const titles = new Map()
    for (const { location, title } of entries) {
      if (!location.includes("#")) titles.set(location, this.#read(title))
    }
    this.#entries = entries.map((entry) => {
      const page = entry.location.split("#")[0] ?? ""
      const isPage = page === entry.location
      const phrases = [entry.title, ...(entry.teaches ?? [])].flatMap((name, number) =>
        this.#variants(name).map((words, variant) => ({
          words,
          isTaught: number > 0,
          worth: variant ? IN_PARTS_WORTH : 1,
        })),
      )
      for (const id of new Set(phrases.flatMap(({ words }) => words))) {
        this.#inTitles[id] = (this.#inTitles[id] ?? 0) + 1
      }
      const above = isPage ? [] : (titles.get(page) ?? [])
      const [own] = phrases
      if (above.length && own) {
        phrases.push({
          words: [...above, ...own.words],
          isTaught: false,
          worth: PAGE_AND_SECTION_WORTH,
        })
      }
      return { entry, page, phrases, above, blocks: entry.text.map((block) => this.#read(block)) }
    })
    this.#names = entries
      .filter(({ title, teaches }) => teaches?.includes(title))
      .map(({ teaches }) => (teaches ?? []).map((name) => this.#read(name)))
  }

  /**
   * Find what a reader asks for.
   * @param {string} query
   * @returns {Result[][]} by page, the best page first, and of each page the best result first
   */
  find(query) {
    const wanted = this.#wanted(query)
    /** @type {{ indexed: Indexed, score: number, met: Set<Wanted> }[]} */
    let found = []
    const quoted = words(query).map((word) => this.#ids.get(word) ?? -1)
    for (const indexed of this.#entries) {
      const met = new Set(/** @type {Wanted[]} */ ([]))
      const score = this.#score(indexed, wanted, met)
      if (score) found.push({ indexed, score, met })
    }
    found.sort((one, other) => other.score - one.score)
    for (const result of quoted.length > 1 ? found.slice(0, MOST_QUOTED) : []) {
      const { phrases, blocks, entry } = result.indexed
      const quote = longest(quoted, [...phrases.map(({ words }) => words), ...blocks])
      result.score += QUOTE_POINTS * quote * (entry.weight ?? 1)
    }
    found.sort((one, other) => other.score - one.score)
    const least = LEAST_SHARE * (found[0]?.score ?? 0)
    found = found.filter(({ score }) => score >= least)
    /** @type {Map<string, typeof found>} */
    const pages = new Map()
    for (const result of found) {
      pages.set(result.indexed.page, [...(pages.get(result.indexed.page) ?? []), result])
    }
    return [...pages].map(([page, results]) => this.#group(page, results, wanted))
  }

  /** The rest of a word that a reader has begun, as in a title. @param {string} query */
  suggest(query) {
    const begun = /[\p{L}\p{N}_]+$/u.exec(query)?.[0] ?? ""
    let best = -1
    for (const [id, word] of this.#words.entries()) {
      if (!begun || !word.startsWith(begun) || word === begun || !this.#inTitles[id]) continue
      if (best < 0 || (this.#inTitles[id] ?? 0) > (this.#inTitles[best] ?? 0)) best = id
    }
    return best < 0 ? [] : [/** @type {string} */ (this.#words[best])]
  }

  /** The words of a text, as numbers. @param {string} text */
  #read(text) {
    return words(text).map((word) => {
      let id = this.#ids.get(word)
      if (id === undefined) {
        id = this.#words.length
        this.#ids.set(word, id)
        this.#words.push(word)
        this.#stems.push(stem(word))
      }
      return id
    })
  }

  /** A name as it is, and in parts: split_heads, split heads. @param {string} name */
  #variants(name) {
    const parts = name.split(PART).filter(Boolean).join(" ")
    return [...new Set([name, parts])].map((variant) => {
      const ids = this.#read(variant)
      const large = ids.filter((id) => !SMALL.has(this.#words[id] ?? ""))
      return large.length ? large : ids
    })
  }

  /** @param {string} query @returns {Wanted[]} */
  #wanted(query) {
    const all = [...new Set(words(query).flatMap((word) => this.#halves(word)))]
    const large = all.filter((word) => !SMALL.has(word))
    const asked = (large.length ? large : all).map((word) => {
      const like = this.#like(word)
      return { word, like, rarity: this.#rarity(like) }
    })
    for (const names of this.#names) this.#join(asked, names)
    return asked
  }

  /** How few entries have a word. @param {Float32Array} like */
  #rarity(like) {
    let number = 0
    for (const { phrases, blocks } of this.#entries) {
      if (
        phrases.some(({ words }) => holds(words, like)) ||
        blocks.some((ids) => holds(ids, like))
      ) {
        number += 1
      }
    }
    return Math.log(1 + this.#entries.length / (number + 0.5))
  }

  /** Where a query has a term's name, its words are one word together, and as good as its short name. @param {Wanted[]} wanted @param {number[][]} names */
  #join(wanted, names) {
    for (const name of names) {
      const inName = wanted.filter(({ like }) => holds(name, like))
      if (name.some((id) => !wanted.some(({ like }) => holds([id], like)))) continue
      for (const word of inName) {
        word.rarity /= inName.length
        for (const [id, ...more] of names) {
          if (id !== undefined && !more.length) word.like[id] = Math.max(word.like[id] ?? 0, 0.8)
        }
      }
    }
  }

  /** A word that the site does not have, as the two that it has: finetuning, fine-tuning. @param {string} word */
  #halves(word) {
    if (this.#ids.has(word) || this.#words.some((known) => known.startsWith(word))) return [word]
    for (let at = 3; at <= word.length - 3; at += 1) {
      const halves = [word.slice(0, at), word.slice(at)]
      if (halves.every((half) => this.#ids.has(half))) return halves
    }
    return [word]
  }

  /** How much the site's words are like one; if none is, those count that it is within, or that may be meant. @param {string} word */
  #like(word) {
    const root = stem(word)
    const ways = [
      (/** @type {string} */ known, /** @type {number} */ id) => {
        if (known === word) return 1
        if (this.#stems[id] === root) return 0.95
        return known.startsWith(word) ? 0.5 + (0.4 * word.length) / known.length : 0
      },
      (/** @type {string} */ known) => (word.length > 3 && known.includes(word) ? 1 : 0),
      (/** @type {string} */ known) => {
        const errors = word.length > 3 ? distance(word, known, word.length > 7 ? 2 : 1) : 9
        return errors < 3 ? 1 / errors : 0
      },
    ]
    let like = new Float32Array(0)
    for (const way of ways) {
      like = Float32Array.from(this.#words, way)
      const best = like.reduce((one, other) => Math.max(one, other), 0)
      if (!best) continue
      const roots = new Set(this.#stems.filter((_, id) => like[id] === best))
      return like.map((value, id) =>
        Math.max(value / best, roots.has(this.#stems[id] ?? "") ? 0.95 : 0),
      )
    }
    return like
  }

  /**
   * @param {Indexed} indexed @param {Wanted[]} wanted
   * @param {Set<Wanted>} met is told which words are there
   */
  #score({ entry, phrases, above, blocks }, wanted, met) {
    let all = 0
    let there = 0
    let text = 0
    const length = blocks.reduce((sum, block) => sum + block.length, 0)
    for (const word of wanted) {
      const { like, rarity } = word
      let often = 0
      for (const block of blocks) {
        for (const id of block) often += like[id] ?? 0
      }
      const inText = often / (often + 0.6 + length / 150)
      const inTitle = Math.max(0, ...phrases.map(({ words }) => most(words, like)))
      const best = Math.max(Math.min(1, often), inTitle, PAGE_TITLE_WORTH * most(above, like))
      if (often || inTitle) met.add(word)
      all += rarity
      there += rarity * best
      text += rarity * inText
    }
    if (!met.size) return 0
    let title = 0
    let taught = 0
    for (const phrase of phrases) {
      const close = closeness(phrase.words, wanted) * phrase.worth
      if (phrase.isTaught) taught = Math.max(taught, close)
      else title = Math.max(title, close)
    }
    const points =
      Math.max(TAUGHT_POINTS * taught ** 3, TITLE_POINTS * title) + (TEXT_POINTS * text) / all
    return points * (there / all) ** 2 * (entry.weight ?? 1)
  }

  /**
   * What is shown of a page.
   * @param {string} page @param {{ indexed: Indexed, score: number, met: Set<Wanted> }[]} results
   * @param {Wanted[]} wanted @returns {Result[]}
   */
  #group(page, results, wanted) {
    const best = /** @type {{ indexed: Indexed, score: number }} */ (results[0])
    const isPage = best.indexed.entry.location === page
    const shown = isPage ? 1 : MOST_SECTIONS
    const group = results.slice(0, shown + MOST_FOLDED).map(({ indexed, score, met }, number) => {
      const isShown = number < shown && score >= SHOWN_SHARE * best.score
      return {
        ...this.#excerpt(indexed.entry, wanted, met),
        // The theme folds what has less than the best.
        score: isShown ? best.score : Math.min(score, 0.99 * best.score),
      }
    })
    if (!group.some(({ location }) => location === page)) {
      const head = this.#entries.find(({ entry }) => entry.location === page)?.entry
      group.push({
        location: page,
        title: escaped(head?.title ?? page),
        text: "",
        score: 0,
        terms: {},
      })
    }
    return group
  }

  /** @param {Entry} entry @param {Wanted[]} wanted @param {Set<Wanted>} met */
  #excerpt({ location, title, text }, wanted, met) {
    const isWanted = (/** @type {string} */ word) => {
      const id = this.#ids.get(word.toLowerCase())
      return id !== undefined && wanted.some(({ like }) => (like[id] ?? 0) > 0.5)
    }
    /** @type {Record<string, boolean>} */
    const terms = {}
    for (const word of wanted) {
      const known = this.#words[word.like.indexOf(1)] ?? word.word
      terms[met.has(word) ? known : word.word] = met.has(word)
    }
    const number = (/** @type {string} */ block) =>
      new Set(block.match(WORD)?.filter(isWanted)).size
    let best = text.find((block) => !block.startsWith("\n")) ?? text[0] ?? ""
    if (number(title) < wanted.length) {
      for (const block of text) if (number(block) > number(best)) best = block
    }
    return { location, title: marked(title, isWanted), text: shortened(best, isWanted), terms }
  }
}

/** The words of a text, in lower case. @param {string} text */
export function words(text) {
  return text.toLowerCase().match(WORD) ?? []
}

/** A word without its ending: tokenizer, tokenizing. @param {string} word */
export function stem(word) {
  return word.length > 4 ? word.replace(ENDING, "").replace(/(.)\1$/, "$1") : word
}

/** How many letters are wrong, missing, too many or exchanged with their neighbour; `most` + 1 if more. @param {string} one @param {string} other @param {number} most */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1
  /** @type {number[]} */
  let before = []
  let last = Array.from({ length: other.length + 1 }, (_, number) => number)
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + cost)
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, at(before, j - 2) + 1)
      }
      row.push(least)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return at(last, other.length)
}

/** @param {number[]} row @param {number} column */
function at(row, column) {
  return /** @type {number} */ (row[column])
}

/** @param {number[]} ids @param {Float32Array} like */
function holds(ids, like) {
  return ids.some((id) => (like[id] ?? 0) > LIKE_ENOUGH)
}

/** @param {number[]} ids @param {Float32Array} like */
function most(ids, like) {
  return ids.reduce((best, id) => Math.max(best, like[id] ?? 0), 0)
}

/** The share of a query that stands somewhere word for word; 0 for a single word. @param {number[]} quoted @param {number[][]} texts */
function longest(quoted, texts) {
  let best = 1
  for (const text of texts) {
    for (let at = 0; at < text.length; at += 1) {
      for (let from = 0; from + best < quoted.length; from += 1) {
        let run = 0
        while (from + run < quoted.length && text[at + run] === quoted[from + run]) run += 1
        if (run > best) best = run
      }
    }
  }
  return (best / quoted.length) ** 2 * Math.min(1, (best - 1) / 3)
}

/** How well a phrase and a query cover each other, from 0 to 1. @param {number[]} phrase @param {Wanted[]} wanted */
function closeness(phrase, wanted) {
  const asked = wanted.map(({ like, rarity }) => [rarity, most(phrase, like)])
  const share = asked.reduce((sum, [rarity = 0, best = 0]) => sum + rarity * best, 0)
  const whole = asked.reduce((sum, [rarity = 0]) => sum + rarity, 0)
  const covered = phrase.map((id) => Math.max(...wanted.map(({ like }) => like[id] ?? 0)))
  const cover = covered.reduce((sum, best) => sum + best, 0) / phrase.length
  return (share / whole) * (0.4 + 0.6 * cover)
}

/** @param {string} block @param {(word: string) => boolean} isWanted */
function shortened(block, isWanted) {
  if (block.startsWith("\n")) {
    const lines = block.trim().split("\n")
    const first = Math.max(
      0,
      lines.findIndex((line) => line.match(WORD)?.some(isWanted)),
    )
    const some = lines.slice(first, first + EXCERPT_LINES).join("\n")
    return `<pre><code>${marked(some, isWanted)}</code></pre>`
  }
  if (block.length <= EXCERPT_LENGTH) return block && `<p>${marked(block, isWanted)}</p>`
  const first = [...block.matchAll(WORD)].find(([word]) => isWanted(word))?.index ?? 0
  const near = first - EXCERPT_LENGTH / 2
  const sentence = block.lastIndexOf(". ", first) + 2
  const isCut = near >= 0 && sentence < near // within a sentence
  const start = near < 0 ? 0 : isCut ? block.indexOf(" ", near) + 1 : sentence
  const end = block.indexOf(" ", start + EXCERPT_LENGTH)
  const some = block.slice(start, end < 0 ? block.length : end)
  return `<p>${isCut ? "…" : ""}${marked(some, isWanted)}${end < 0 ? "" : "…"}</p>`
}

/** @param {string} text @param {(word: string) => boolean} isWanted */
function marked(text, isWanted) {
  let done = 0
  let html = ""
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!isWanted(word)) continue
    html += `${escaped(text.slice(done, index))}<mark>${escaped(word)}</mark>`
    done = index + word.length
  }
  return html + escaped(text.slice(done))
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
}
