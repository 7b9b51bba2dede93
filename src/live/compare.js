// Whether a run printed what the page shows. The proof of the pages has the same rules: see verdict in src/proof/page.py.

const HEADER = "Traceback (most recent call last):\n"

/** @param {string} printed @param {string} shown */
export const isSame = (printed, shown) => asOnPage(printed) === asOnPage(shown)

/**
 * What a page can hold of a text: no blanks at line ends, tabs as blanks, a traceback without its frames.
 * @param {string} text
 */
export function asOnPage(text) {
  const lines = text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => expandTabs(line).replace(/ +$/, ""))
  return withoutFrames(lines.join("\n").replace(/\n*$/, "\n")).replace(/^\n+|\n+$/g, "")
}

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
  const text = printed.replace(/^.+(?=Traceback \(most recent call last\):$)/gm, (above) =>
    /^ *[|]|Exception Group $/.test(above) ? above : `${above.trimEnd()}\n`,
  )
  const first = text.search(/^Traceback \(most recent call last\):$/m)
  if (first < 0) return text
  const last = text.slice(text.lastIndexOf(HEADER) + HEADER.length).replace(/^(?:[ \t].*\n)*/, "")
  return `${text.slice(0, first)}${HEADER}  ...\n${last}`
}
