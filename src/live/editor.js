// The editor, which comes with the first edit: CodeMirror.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands"
import { pythonLanguage } from "@codemirror/lang-python"
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language"
import { EditorState } from "@codemirror/state"
import { drawSelection, EditorView, keymap } from "@codemirror/view"
import { classHighlighter } from "@lezer/highlight"

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
        EditorView.contentAttributes.of({
          "aria-label": label, autocapitalize: "off", autocorrect: "off", spellcheck: "false",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) tell.changed(update.state.doc.toString())
        }),
        keymap.of([{ key: "Mod-Enter", run }, ...defaultKeymap, ...historyKeymap]),
      ],
    }),
  })
}
