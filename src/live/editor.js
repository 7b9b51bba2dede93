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
import { classHighlighter } from "@lezer/highlight"

const colours = {
  keyword: "keyword",
  string: "string",
  string2: "string",
  number: "number",
  bool: "keyword",
  comment: "comment",
  operator: "operator",
  punctuation: "punctuation",
  definition: "function",
  className: "function",
}

/** The editor looks like the block that it takes the place of. */
const look = EditorView.theme({
  "&": { color: "var(--md-code-hl-name-color)", fontSize: "0.75rem" },
  "&.cm-focused": { outline: "0.1rem solid var(--md-accent-fg-color)", outlineOffset: "-0.1rem" },
  ".cm-scroller": {
    fontFamily: "var(--md-code-font-family)",
    lineHeight: "1.6",
    fontVariantLigatures: "none",
  },
  ".cm-content": { padding: "0.75rem 0", caretColor: "var(--md-code-fg-color)" },
  ".cm-line": { padding: "0 0.9rem" },
  ".cm-cursor": { borderLeftColor: "var(--md-code-fg-color)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    {
      background: "color-mix(in srgb, var(--md-accent-fg-color) 22%, transparent)",
    },
  ...Object.fromEntries(
    Object.entries(colours).map(([token, colour]) => [
      `.tok-${token}`,
      { color: `var(--md-code-hl-${colour}-color)` },
    ]),
  ),
})

/**
 * Put an editor for Python into a page. Tab is left alone, so that it leaves the editor; Enter indents.
 * @param {HTMLElement} parent where it goes
 * @param {string} text what it holds
 * @param {string} label its name
 * @param {{ run: () => void, changed: (text: string) => void }} tell
 */
export function edit(parent, text, label, tell) {
  const run = () => {
    tell.run()
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
        syntaxHighlighting(classHighlighter),
        look,
        EditorView.contentAttributes.of({
          "aria-label": label,
          autocapitalize: "off",
          autocorrect: "off",
          spellcheck: "false",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) tell.changed(update.state.doc.toString())
        }),
        keymap.of([{ key: "Mod-Enter", run }, ...defaultKeymap, ...historyKeymap]),
      ],
    }),
  })
}
