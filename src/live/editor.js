// The editor, which comes with the first edit: CodeMirror.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands"
import { pythonLanguage } from "@codemirror/lang-python"
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language"
import { EditorState } from "@codemirror/state"
import { drawSelection, EditorView, keymap } from "@codemirror/view"
import { highlightCode, tagHighlighter, tags } from "@lezer/highlight"

/** The classes that the page's own code has, so that both have the same colours. */
const colours = tagHighlighter([
  { tag: [tags.keyword, tags.bool, tags.null, tags.operatorKeyword], class: "k" },
  { tag: [tags.string, tags.special(tags.string)], class: "s" },
  { tag: tags.number, class: "mi" },
  { tag: tags.comment, class: "c1" },
  { tag: tags.operator, class: "o" },
  { tag: [tags.punctuation, tags.bracket, tags.separator], class: "p" },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)],
    class: "nf",
  },
])

/** The editor looks like the block that it takes the place of. */
const look = EditorView.theme({
  "&": { color: "var(--md-code-hl-name-color)", fontSize: "var(--code-size)" },
  "@media (max-width: 30em) and (pointer: coarse)": {
    ".cm-scroller": { fontSize: "0.8rem" }, // a phone zooms into text of less than 16 px where it is typed
  },
  "&.cm-focused": { outline: "0.1rem solid var(--md-accent-fg-color)", outlineOffset: "-0.1rem" },
  ".cm-scroller": {
    fontFamily: "var(--md-code-font-family)",
    lineHeight: "1.6",
    fontVariantLigatures: "none",
  },
  ".cm-content": { padding: "0.75rem 0", caretColor: "var(--md-code-fg-color)" },
  ".cm-line": { padding: "0 var(--code-gap)" },
  ".cm-cursor": { borderLeftColor: "var(--md-code-fg-color)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    {
      background: "color-mix(in srgb, var(--md-accent-fg-color) 22%, transparent)",
    },
})

/** A text in its colours. @param {string} text @returns {import("./paint.js").Piece[]} */
function pieces(text) {
  /** @type {import("./paint.js").Piece[]} */
  const made = []
  highlightCode(
    text,
    pythonLanguage.parser.parse(text),
    colours,
    (part, kind) => made.push([kind, part]),
    () => made.push(["", "\n"]),
  )
  return made
}

/**
 * Put an editor for Python into a page. Tab is left alone, so that it leaves the editor; Enter indents.
 * @param {HTMLElement} parent where it goes
 * @param {string} text what it holds
 * @param {string} label its name
 * @param {{ run: () => void, close: () => void, changed: (text: string, pieces: import("./paint.js").Piece[]) => void }} tell
 */
export function edit(parent, text, label, tell) {
  const then = (/** @type {() => void} */ act) => () => {
    act()
    return true
  }
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        drawSelection(),
        indentUnit.of("    "),
        indentOnInput(),
        bracketMatching(),
        pythonLanguage,
        syntaxHighlighting(colours),
        look,
        EditorView.contentAttributes.of({
          "aria-label": label,
          autocapitalize: "off",
          autocorrect: "off",
          spellcheck: "false",
        }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return
          const changed = update.state.doc.toString()
          tell.changed(changed, pieces(changed))
        }),
        EditorView.lineWrapping,
        keymap.of([
          { key: "Mod-Enter", run: then(tell.run) },
          { key: "Escape", run: then(tell.close) },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
      ],
    }),
  })
}
