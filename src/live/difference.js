// How a text differs from another, line by line.

/** @typedef {import("./types.d.ts").Row} Row */

const MOST_PAIRS = 1_000_000 // of lines to compare: with more, all between the first and the last change counts as changed
const CONTEXT = 2 // unchanged lines to show above and below a change

/** @param {string} before @param {string} after @returns {Row[]} */
export function difference(before, after) {
  const old = before.split("\n")
  const now = after.split("\n")
  let top = 0
  while (top < Math.min(old.length, now.length) && old[top] === now[top]) top++
  let end = 0
  while (end < Math.min(old.length, now.length) - top && old.at(-1 - end) === now.at(-1 - end))
    end++
  const changed = changes(old.slice(top, old.length - end), now.slice(top, now.length - end))
  const unchanged = (/** @type {string} */ line) => /** @type {Row} */ (["span", line])
  return withContext([
    ...old.slice(0, top).map(unchanged),
    ...changed,
    ...old.slice(old.length - end).map(unchanged),
  ])
}

/** What was deleted and inserted, around the longest common subsequence of lines. @param {string[]} old @param {string[]} now @returns {Row[]} */
function changes(old, now) {
  /** @type {Row[]} */
  const rows = []
  const isMuch = old.length * now.length > MOST_PAIRS
  /** For each place in both, how many lines the rest of both can share. */
  const shared = isMuch
    ? []
    : Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1))
  for (let i = isMuch ? 0 : old.length; i-- > 0; )
    for (let j = now.length; j-- > 0; )
      shared[i][j] =
        old[i] === now[j] ? shared[i + 1][j + 1] + 1 : Math.max(shared[i + 1][j], shared[i][j + 1])
  let i = 0
  let j = 0
  while (i < old.length || j < now.length) {
    if (!isMuch && i < old.length && j < now.length && old[i] === now[j]) {
      rows.push(["span", old[i++]])
      j++
    } else if (
      j === now.length ||
      (i < old.length && (isMuch || shared[i + 1][j] >= shared[i][j + 1]))
    )
      rows.push(["del", old[i++]])
    else rows.push(["ins", now[j++]])
  }
  return rows
}

/** Leave out unchanged lines that stand far from any change. @param {Row[]} rows @returns {Row[]} */
function withContext(rows) {
  const isNear = rows.map((_, at) =>
    rows.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(([tag]) => tag !== "span"),
  )
  /** @type {Row[]} */
  const made = []
  for (let at = 0; at < rows.length; ) {
    let end = at
    while (end < rows.length && !isNear[end]) end++
    if (end - at > 1) made.push(["small", `⋯ ${end - at} lines are the same`])
    else if (end > at) made.push(rows[at])
    if (end < rows.length) made.push(rows[end])
    at = end + 1
  }
  return made
}
