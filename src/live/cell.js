// One block of code that can run: its buttons, its editor, what it prints.
import { Edits } from "./edits.js"
import { element } from "./element.js"
import { base, manifest, python } from "./here.js"
import { paint } from "./paint.js"
import { SECONDS } from "./python.js"

/** @typedef {ReturnType<typeof import("./editor.js").edit>} Editor */

export class Cell {
  hasRun = false
  megabytes = 0
  /** @type {Editor | undefined} */
  #editor
  #printed = ""
  #echo = ""

  /**
   * @param {HTMLElement} bar below the code and its output: the buttons go there
   * @param {number | string} number of the block among all those of the page, from 1
   * @param {{ run: (cell: Cell) => void, stop: () => void, restart: () => void }} page
   * @param {string} name by which a traceback calls it
   */
  constructor(bar, number, page, name = `block ${number}`) {
    const above = /** @type {HTMLElement} */ (bar.previousElementSibling)
    const isOutput = above.classList.contains("language-output")
    this.bar = bar
    this.block = isOutput ? /** @type {HTMLElement} */ (above.previousElementSibling) : above
    this.pre = /** @type {HTMLElement} */ (this.block.querySelector("pre"))
    this.code = /** @type {HTMLElement} */ (this.block.querySelector("pre > code"))
    this.markup = this.code.innerHTML
    const shown = (this.code.textContent ?? "").replace(/\n$/, "")
    this.isSession = "session" in bar.dataset // it has prompts, and shows its outputs itself
    this.original = (this.isSession && this.block.dataset.copy?.replace(/\n$/, "")) || shown
    this.text = this.original
    this.shown = above.querySelector("code")?.textContent ?? ""
    if (!isOutput && !this.isSession) this.shown = ""
    /** What the page shows that the block prints, if that stands by itself. */
    this.outputOfPage = isOutput ? above : undefined
    this.needs = (bar.dataset.needs ?? "").split(" ").filter(Boolean)
    this.name = name
    this.page = page
    this.edits = new Edits(location.pathname, number, this.original)

    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick, more = {}) =>
      element(
        "button",
        { type: "button", onclick, ...more },
        text,
        element("span", { className: "live-hidden" }, ` ${name}`),
      )
    this.runButton = button("Run", () => page.run(this), { className: "live-run" })
    this.stopButton = button("Stop", () => page.stop(), { className: "live-run", hidden: true })
    this.editButton = button("Edit", () => this.edit())
    // Those that come later have places where no other was: one after the others, one at the mark.
    this.restartButton = button("Restart", () => page.restart(), {
      hidden: true,
      title: "Forget what the blocks have defined",
    })
    this.undoButton = button("Undo edits", () => this.undo(), { className: "undo", hidden: true })
    this.status = element("span", { className: "live-status" })
    this.status.setAttribute("role", "status")
    this.progress = element("progress", { hidden: true, max: 1 })
    this.progress.setAttribute("aria-label", "Loading Python")
    bar.prepend(
      this.runButton,
      this.stopButton,
      this.editButton,
      this.restartButton,
      this.status,
      this.undoButton,
      this.progress,
    )
    this.output = element("samp", { tabIndex: 0 })
    this.result = element("div", { className: "live-result", hidden: true }, this.output)
    this.result.setAttribute("role", "group")
    this.result.setAttribute("aria-label", `What your run of ${name} printed`)
    this.setCost(false, new Set())

    const edited = this.edits.read()
    if (edited !== null && edited !== this.original) {
      this.text = edited
      paint(this.code, this.edits.pieces(edited))
      this.#showEdited()
      this.say(`${this.own}, kept on this device`)
    }
  }

  /** What the reader's own code is called. */
  get own() {
    return this.name.startsWith("exercise") ? "Your answer" : "Your version"
  }

  get isEdited() {
    return this.text !== this.original
  }

  /** Whether the page shows that this block ends with an error. */
  get isToFail() {
    return /^Traceback \(most recent call last\):$/m.test(this.shown)
  }

  /** @param {string} text @param {"" | "good" | "bad"} mood what is bad has a line of its own */
  say(text, mood = "") {
    this.status.textContent = text
    this.status.dataset.mood = mood
  }

  /** @param {boolean} isBusy */
  setBusy(isBusy) {
    const hadFocus =
      document.activeElement === this.runButton || document.activeElement === this.stopButton
    this.runButton.hidden = isBusy
    this.stopButton.hidden = !isBusy
    if (hadFocus) (isBusy ? this.stopButton : this.runButton).focus()
  }

  /** Open the editor, or close it: what was written stays. */
  async edit() {
    if (this.#editor) return this.#toggle(!this.pre.hidden)
    this.say("Loading the editor…")
    let module
    try {
      module = /** @type {typeof import("./editor.js")} */ (
        await import(new URL(manifest.editor, base).href)
      )
    } catch {
      return this.say(
        "The editor could not be loaded: the network is gone, or the site has changed. Load this page again.",
        "bad",
      )
    }
    if (this.#editor) return
    this.say("")
    const label = `Code of ${this.name}. Control and Enter run it, Tab leaves it, Escape closes it.`
    this.#editor = module.edit(this.block, this.text, label, {
      run: () => this.page.run(this),
      close: () => this.#toggle(false),
      changed: (text, pieces) => this.#change(text, pieces),
    })
    this.#toggle(true)
  }

  /** @param {boolean} isOpen */
  #toggle(isOpen) {
    this.pre.hidden = isOpen
    this.#editor?.dom.style.setProperty("display", isOpen ? "" : "none", "important") // as its own style
    if (this.editButton.firstChild) this.editButton.firstChild.nodeValue = isOpen ? "Close" : "Edit"
    if (isOpen) this.#editor?.focus()
    else this.editButton.focus()
  }

  /** @param {string} text @param {import("./paint.js").Piece[]} pieces */
  #change(text, pieces) {
    this.text = text
    if (this.isEdited) {
      this.edits.write(text, pieces)
      paint(this.code, pieces)
    } else {
      this.edits.remove()
      this.code.innerHTML = this.markup
    }
    this.#showEdited()
  }

  /** What the page says of the block holds for its own version alone. */
  #showEdited() {
    this.undoButton.hidden = !this.isEdited
    this.bar.classList.toggle("edited", this.isEdited)
    this.#mark(this.isEdited ? "original" : "")
  }

  /** @param {"" | "same" | "original"} what the page's output is beside the reader's run */
  #mark(what) {
    if (this.outputOfPage) this.outputOfPage.dataset.is = what
  }

  undo() {
    this.#editor?.destroy()
    this.#editor = undefined
    this.edits.remove()
    this.text = this.original
    this.code.innerHTML = this.markup
    this.#toggle(false)
    this.clear()
  }

  /** Forget the run. */
  clear() {
    this.hasRun = false
    this.restartButton.hidden = this.result.hidden = true
    this.#showEdited()
    this.say("")
  }

  /**
   * Work out what a run brings over the wire.
   * @param {boolean} isThere whether Python is there @param {Set<string>} packages those that are there too
   */
  setCost(isThere, packages) {
    const weights = this.needs
      .filter((name) => !packages.has(name))
      .map((name) => manifest.weights[name] ?? 0)
    this.megabytes = weights.reduce((sum, weight) => sum + weight, isThere ? 0 : manifest.megabytes)
  }

  sayLoading() {
    this.say(this.megabytes ? `Loading Python, ${this.megabytes.toFixed(1)} MB…` : "Running…")
  }

  /** @param {number} [share] of Python's files; without one, there is nothing to wait for */
  setProgress(share) {
    this.progress.hidden = share === undefined
    this.progress.value = share ?? 0
  }

  /**
   * Run it, show what it prints, and say how it went. Rejects with `Ended` if Python has ended.
   * @returns {Promise<boolean>} whether what comes below may run
   */
  async run() {
    this.say("Running…")
    this.#printed = this.#echo = ""
    this.#mark(this.isEdited ? "original" : "")
    const began = performance.now()
    const clock = setInterval(() => {
      this.status.textContent = `Running for ${Math.round((performance.now() - began) / 1000)} s`
    }, 1000)
    const show = setTimeout(() => this.#show(), 300) // what is quick never flickers
    try {
      const outcome = await python.run(this.isSession && !this.isEdited ? this.shown : this.text, {
        shown: this.shown,
        session: this.isSession,
        name: this.name,
        needs: this.needs,
        write: (text, isEcho) => this.#take(text, isEcho),
      })
      this.hasRun = true
      this.#show(this.isEdited ? undefined : outcome)
      return this.#conclude(outcome)
    } catch (error) {
      this.#show()
      throw error
    } finally {
      clearInterval(clock)
      clearTimeout(show)
    }
  }

  /** @param {string} text @param {boolean} isEcho */
  #take(text, isEcho) {
    if (isEcho) this.#echo += text
    else this.#printed += text
    if (!this.result.hidden) this.#show()
  }

  /** @param {import("./types.d.ts").Outcome} [outcome] of a run of the page's own version: what is the same stands there */
  #show(outcome) {
    const printed = outcome?.same ? "" : this.#printed
    const lines = outcome?.difference.map(([tag, line]) => element(tag, {}, `${line}\n`))
    this.output.replaceChildren(...(lines?.length ? lines : [printed]))
    if (this.#echo) this.output.append(element("span", { className: "live-echo" }, this.#echo))
    this.result.hidden = !printed && !this.#echo && !lines?.length
    // Only now: a page with a place for each result costs the browser the styles of all anew.
    if (!this.result.hidden && !this.result.isConnected) this.bar.after(this.result)
  }

  /** @param {import("./types.d.ts").Outcome} outcome */
  #conclude({ error, same, milliseconds, stopped }) {
    const time =
      milliseconds < 1000
        ? `${Math.ceil(milliseconds)} ms`
        : `${(milliseconds / 1000).toFixed(1)} s`
    this.restartButton.hidden = false
    if (error === "KeyboardInterrupt" && stopped) {
      const who = stopped === "time" ? `Ended after ${SECONDS} seconds` : `Stopped after ${time}`
      this.say(`${who}. What ran before is kept.`, "bad")
      return false
    }
    const isSame = same && this.shown !== ""
    if (this.isEdited) {
      if (error) this.say(`${this.own} ended with an error: ${error}.`, "bad")
      else this.say(isSame ? `${this.own} prints the same, ${time}` : `${this.own}, ${time}`)
      return !error || this.isToFail
    }
    if (same) {
      this.say(isSame ? `The same, ${time}` : `Ran in ${time}`, "good")
      if (isSame) this.#mark("same")
    } else if (error) this.say(`It ended with an error: ${error}.`, "bad")
    else this.say(`Not the same as on the page, ${time}:`, "bad")
    return !error || same
  }
}
