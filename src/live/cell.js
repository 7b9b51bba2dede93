// One block of code that can run: its buttons, its editor, what it prints.
import { Edits } from "./edits.js"
import { element } from "./element.js"
import { base, manifest, python } from "./here.js"
import { SECONDS } from "./python.js"

/** @typedef {ReturnType<typeof import("./editor.js").edit>} Editor */

export class Cell {
  hasRun = false
  /** @type {Editor | undefined} */
  #editor
  #printed = ""
  #echo = ""

  /**
   * @param {HTMLElement} bar where the buttons go, below the code and its output
   * @param {number} number of the block among all those of the page, from 1: a traceback names it
   * @param {{ run: (cell: Cell) => void, stop: () => void, restart: () => void }} page
   */
  constructor(bar, number, page) {
    const above = /** @type {HTMLElement} */ (bar.previousElementSibling)
    const isOutput = above.classList.contains("language-output")
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
    this.needs = (bar.dataset.needs ?? "").split(" ").filter(Boolean)
    this.number = number
    this.page = page
    this.edits = new Edits(location.pathname, number, this.original)

    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick, more = {}) =>
      element(
        "button",
        { type: "button", onclick, ...more },
        text,
        element("span", { className: "live-hidden" }, ` block ${number}`),
      )
    this.runButton = button("Run", () => page.run(this), { className: "live-run" })
    this.cost = element("small")
    this.runButton.append(this.cost)
    this.setCost(false, new Set())
    this.stopButton = button("Stop", () => page.stop(), { className: "live-run", hidden: true })
    this.editButton = button("Edit", () => this.edit())
    this.undoButton = button("Undo edits", () => this.undo(), { hidden: true })
    this.restartButton = button("Restart", () => page.restart(), {
      hidden: true,
      title: "Forget all that the blocks of this page have defined",
    })
    this.status = element("span", { className: "live-status" })
    this.status.setAttribute("role", "status")
    this.progress = element("progress", { hidden: true, max: 1 })
    this.progress.setAttribute("aria-label", "Loading Python")
    bar.append(
      this.runButton,
      this.stopButton,
      this.editButton,
      this.undoButton,
      this.restartButton,
      this.status,
      this.progress,
    )
    this.output = element("samp", { tabIndex: 0 })
    this.result = element("div", { className: "live-result", hidden: true }, this.output)
    this.result.setAttribute("role", "group")
    this.result.setAttribute("aria-label", `What your run of block ${number} printed`)
    bar.after(this.result)

    const kept = this.edits.read()
    if (kept !== null && kept !== this.original) {
      this.text = kept
      this.code.textContent = `${kept}\n`
      this.undoButton.hidden = false
      this.say("This is your version, kept on this device.")
    }
  }

  get isEdited() {
    return this.text !== this.original
  }

  /** Whether the page shows that this block ends with an error. */
  get isToFail() {
    return /^Traceback \(most recent call last\):$/m.test(this.shown)
  }

  /** @param {string} text @param {"" | "good" | "bad"} mood */
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

  async edit() {
    if (this.#editor) return this.#editor.focus()
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
    const label = `Code of block ${this.number}. Control and Enter run it, Tab leaves it.`
    this.#editor = module.edit(this.block, this.text, label, {
      run: () => this.page.run(this),
      changed: (text) => this.#change(text),
    })
    this.pre.hidden = true
    this.editButton.hidden = true
    this.#editor.focus()
  }

  /** @param {string} text */
  #change(text) {
    this.text = text
    this.undoButton.hidden = !this.isEdited
    if (this.isEdited) this.edits.write(text)
    else this.edits.remove()
  }

  undo() {
    this.#editor?.destroy()
    this.#editor = undefined
    this.edits.remove()
    this.text = this.original
    this.code.innerHTML = this.markup
    this.pre.hidden = this.editButton.hidden = false
    this.undoButton.hidden = true
    this.editButton.focus()
    this.clear()
  }

  /** Forget the run. */
  clear() {
    this.hasRun = false
    this.restartButton.hidden = this.result.hidden = true
    this.say("")
  }

  /**
   * Say on the button what a run brings over the wire.
   * @param {boolean} isThere whether Python is there @param {Set<string>} packages those that are there too
   */
  setCost(isThere, packages) {
    const weights = this.needs
      .filter((name) => !packages.has(name))
      .map((name) => manifest.weights[name] ?? 0)
    this.megabytes = weights.reduce((sum, weight) => sum + weight, isThere ? 0 : manifest.megabytes)
    this.cost.textContent = this.megabytes ? ` ${this.megabytes.toFixed(1)} MB` : ""
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
    const began = performance.now()
    const clock = setInterval(() => {
      this.status.textContent = `Running for ${Math.round((performance.now() - began) / 1000)} s`
    }, 1000)
    const show = setTimeout(() => this.#show(), 300) // what is quick never flickers
    try {
      const outcome = await python.run(this.isSession && !this.isEdited ? this.shown : this.text, {
        shown: this.shown,
        session: this.isSession,
        name: `block ${this.number}`,
        needs: this.needs,
        write: (text, isEcho) => this.#take(text, isEcho),
      })
      this.hasRun = true
      return this.#conclude(outcome)
    } finally {
      clearInterval(clock)
      clearTimeout(show)
      this.#show()
    }
  }

  /** @param {string} text @param {boolean} isEcho */
  #take(text, isEcho) {
    if (isEcho) this.#echo += text
    else this.#printed += text
    if (!this.result.hidden) this.#show()
  }

  #show() {
    this.output.replaceChildren(this.#printed)
    if (this.#echo) this.output.append(element("span", { className: "live-echo" }, this.#echo))
    this.result.hidden = !this.#printed && !this.#echo
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
    if (this.isEdited) {
      if (error) this.say(`Your version ended with an error: ${error}.`, "bad")
      else
        this.say(`Your version ran in ${time}${same && this.shown ? " and prints the same" : ""}.`)
      return !error || this.isToFail
    }
    if (same)
      this.say(this.shown ? `The same as on the page, in ${time}.` : `Ran in ${time}.`, "good")
    else if (error) this.say(`It ended with an error: ${error}.`, "bad")
    else this.say(`It printed something else than on the page, in ${time}.`, "bad")
    return !error || same
  }
}
