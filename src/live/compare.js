// Whether a run printed what the page shows. The proof of the pages has the same rules: see verdict in src/proof/page.py.

const HEADER = "Traceback (most recent call last):\n"
const TREE =
  /^ {2}\+ Exception Group Traceback \(most recent call last\):\n((?: {2}\|.*\n)*) {2}\+-\+-.*\n(?: .*\n)*$/m

const INPUT = /^(>>>(?: [^\n]*)?\n(?:\.\.\.(?: [^\n]*)?\n)*)/m // of a session: see _INPUT in src/proof/session.py

/** @param {string} printed @param {string} shown @param {boolean} isSession whether both have prompts */
export const isSame = (printed, shown, isSession = false) =>
  isSession ? isSameSession(printed, shown) : asOnPage(printed) === asOnPage(shown)

/** Each output must stand below its own input. @param {string} printed @param {string} shown */
function isSameSession(printed, shown) {
  const printedParts = inputsAndOutputs(printed)
  const shownParts = inputsAndOutputs(shown)
  return (
    printedParts.length === shownParts.length &&
    shownParts.every((part, at) =>
      at % 2 ? part === printedParts[at] : isSameOutput(printedParts[at], part),
    )
  )
}

/** What stands above the first input, the first input, its output, the second input, … @param {string} text */
const inputsAndOutputs = (text) => withEnd(text).split(INPUT)

/** Empty lines below an output only set inputs apart, but for `<BLANKLINE>`. @param {string} printed @param {string} shown */
const isSameOutput = (printed, shown) =>
  withoutFrames(rows(withEnd(printed))) ===
  withoutFrames(rows(withEnd(shown.trimEnd()).replace(/^<BLANKLINE>$/gm, "")))

/** @param {string} text */
const withEnd = (text) => (text === "" || text.endsWith("\n") ? text : `${text}\n`)

/**
 * What a page can hold of a text: no blanks at line ends, tabs as blanks, a traceback without its frames.
 * @param {string} text
 */
export const asOnPage = (text) =>
  withoutFrames(rows(text).replace(/\n*$/, "\n")).replace(/^\n+|\n+$/g, "")

/** @param {string} text */
export const rows = (text) =>
  text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => withoutMarks(expandTabs(line)).replace(/ +$/, ""))
    .join("\n")
    .replace(/ at 0x[0-9a-f]{6,16}(?=[>,])/gi, " at 0x...") // a place in memory

/** Two characters that mean more to Markdown. @param {string} line */
const withoutMarks = (line) => line.replaceAll("\x02", "").replaceAll("\x03", "")

/** @param {string} line */
function expandTabs(line) {
  let made = ""
  for (const piece of line.split(/(\t)/))
    made += piece === "\t" ? " ".repeat(4 - ([...made].length % 4)) : piece
  return made
}

/**
 * Frames differ between versions of Python, and a page shows none. A page begins a traceback on a line of its own.
 * @param {string} printed
 */
function withoutFrames(printed) {
  const text = withoutTree(printed).replace(
    /^.+(?=Traceback \(most recent call last\):$)/gm,
    (above) => (/^ *[|]|Exception Group $/.test(above) ? above : `${above.trimEnd()}\n`),
  )
  const first = text.search(/^Traceback \(most recent call last\):$/m)
  if (first < 0) return text
  const last = text
    .slice(text.lastIndexOf(HEADER) + HEADER.length)
    .replace(/^(?:\.\.\.\n|(?:[ \t].*\n)*)/, "")
  return `${text.slice(0, first)}${HEADER}  ...\n${last}`
}

/**
 * A group of exceptions that ends a block is drawn as a tree, with the group's message at its root: a page shows
 * the message alone.
 * @param {string} printed
 */
const withoutTree = (printed) =>
  printed.replace(TREE, (_, root) => {
    const message = root.replace(/^ {2}\| {3}.*\n/gm, "").replace(/^ {2}\| ?/gm, "")
    return `${HEADER}${message}`
  })
