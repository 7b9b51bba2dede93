// Train it here: what its buttons do. The training itself is Python's, in a worker, a few steps at a time.

import bars from "./bars.py"
import { base64, download } from "./files.js"
import { manifest, python } from "./here.js"
import { installed } from "./installing.js"
import mistakes from "./mistakes.py"
import modelFiles from "./model_files.py"
import { Parts } from "./parts.js"
import { Ended } from "./python.js"
import { Trained } from "./trained.js"
import trained from "./trained.py"
import { trainedModel } from "./trained_model.js"
import source from "./training.py"
import chart from "./training_chart.py"
import run from "./training_run.py"
import writing from "./writing.py"

/**
 * @typedef {import("./python.js").Python} Python
 * @typedef {object} Look what src/live/training.py shows of a training
 * @property {string} error
 * @property {number} step
 * @property {boolean} isDone
 * @property {string} chart
 * @property {string} words what the chart shows
 * @property {string} table
 * @property {string} samples
 * @property {string} says
 * @property {string} speed
 * @property {string} compared
 * @property {string} facts
 * @property {string} prompt what its samples begin with
 * @property {string} [begun] how a model that was there goes on
 *
 * @typedef {"idle" | "loading" | "running" | "paused" | "over"} State
 */

const SLICE = 200 // milliseconds of training between two looks
const BUTTONS = /** @type {const} */ ({
  train: ["idle", "over"],
  "train-on": ["over"],
  pause: ["running"],
  "go-on": ["paused"],
  stop: ["loading", "running", "paused"],
  restart: ["running", "paused"],
})
const MODULES = {
  "live.bars": bars,
  "live.writing": writing,
  "live.training_chart": chart,
  "live.training_run": run,
  "live.mistakes": mistakes,
  "live.training": source,
  "live.trained": trained,
  "live.model_files": modelFiles,
}

export class Trainer {
  /** @type {State} */
  #state = "idle"
  /** Which training is the one that shows: a newer one ends the older. */
  #turn = 0
  /** Measured once for each text and number of steps. */
  #measured = ""

  /** @param {HTMLElement} figure @param {Python} [given] the Python to train in */
  constructor(figure, given = python) {
    this.python = given
    this.parts = new Parts(figure)
    this.trained = new Trained(this.parts, given)
    this.#press("train", () => this.train())
    this.#press("train-on", () => this.train("go_on"))
    this.#press("restart", () => this.train())
    this.#press("pause", () => this.#pause())
    this.#press("go-on", () => this.#goOn())
    this.#press("stop", () => this.#stop())
    const file = this.parts.part("file")
    file.addEventListener("change", async () => {
      this.parts.part("own").value = (await file.files[0]?.text()) ?? ""
    })
    const model = this.parts.part("model")
    model.addEventListener("change", () => this.#open(model.files))
    this.#press("take", () => this.#take())
    this.#press("save", () => this.#save())
    addEventListener("pagehide", () => {
      if (this.#state === "running") this.python.end("Stopped, as you left the page.", "left")
    })
  }

  /**
   * Train with what is chosen, in the place of a training that may run.
   * @param {"begin" | "go_on"} how with a new model, or the one that is there
   */
  async train(how = "begin") {
    const turn = ++this.#turn
    const { settings, own, fault } = this.#chosen
    if (fault) return this.parts.say(fault, "bad")
    this.#enter("loading")
    try {
      await this.#load()
      if (how === "begin") await this.#measure(settings, own)
      if (turn !== this.#turn) return
      const recorded = await this.#recorded(settings.source)
      /** @type {Look} */
      const look = await this.python.call("live.training", how, settings, own, recorded)
      if (turn !== this.#turn) return
      if (look.error) {
        if (how === "begin") this.trained.end() // the former model is gone
        return this.#end(look.error)
      }
      this.#draw(look)
      if (how === "begin") this.trained.begin(look.prompt)
      this.parts.say(look.begun ?? "Training has begun.")
      this.#enter("running")
      await this.#run(turn)
    } catch (error) {
      this.#fail(error, turn)
    }
  }

  /** Train slice by slice, as long as nothing else is wanted. @param {number} turn */
  async #run(turn) {
    let samples = ""
    while (turn === this.#turn && this.#state === "running") {
      /** @type {Look} */
      const look = await this.python.call("live.training", "advance", SLICE)
      if (turn !== this.#turn) return
      this.#draw(look)
      if (look.error) return this.#end(`Step ${look.step + 1} failed. ${look.error}`)
      if (look.isDone) return this.#end("", `Trained. ${look.words}`)
      if (look.samples !== samples && this.#state === "running") this.parts.say(look.says)
      samples = look.samples
    }
  }

  #pause() {
    this.#enter("paused")
    this.trained.change()
    this.parts.say("Paused. What it has learned is kept.")
  }

  async #goOn() {
    this.#enter("running")
    this.parts.say("Training goes on.")
    const turn = ++this.#turn
    try {
      await this.#run(turn)
    } catch (error) {
      this.#fail(error, turn)
    }
  }

  #stop() {
    if (this.#state === "loading") {
      this.#turn++
      this.trained.end()
      this.python.end("Stopped.", "reader")
    }
    this.#end(
      "",
      "Stopped. The model stays as it is. Train on goes on with it, Train begins a new one.",
    )
  }

  /** @param {string} fault @param {string} [words] */
  #end(fault, words = "") {
    this.#enter("over")
    this.trained.change()
    this.parts.say(fault || words, fault ? "bad" : "")
  }

  /** @param {unknown} error @param {number} turn */
  #fail(error, turn) {
    if (turn !== this.#turn) return
    const message = error instanceof Error ? error.message : String(error)
    this.#measured = ""
    if (error instanceof Ended) this.trained.end()
    const again = error instanceof Ended ? " Train starts Python again." : ""
    this.#end(
      /MemoryError|memory/i.test(message) ? `${message} Take a smaller size.` : message + again,
    )
  }

  /** Take a model from files, in the place of a training. @param {Iterable<File>} files @param {any} recorded */
  async #open(files, recorded = null) {
    const turn = ++this.#turn
    this.#enter("loading")
    try {
      await this.#load()
      /** @type {Record<string, string>} */
      const given = {}
      for (const file of files) given[file.name] = await base64(file)
      const open = () => this.python.call("live.model_files", "opened", given, recorded)
      let answer = await open()
      if (answer.needs?.every((/** @type {string} */ name) => name in manifest.weights)) {
        await this.python.run("", { needs: answer.needs })
        answer = await open()
      }
      if (turn !== this.#turn) return
      if (!answer.error) {
        this.#draw(answer.look)
        this.trained.begin(answer.prompt)
        this.parts.part("mistake").value = answer.mistake
        if (answer.steps) this.#goOnTo(answer.steps)
      }
      this.#end(answer.error, answer.says)
    } catch (error) {
      this.#fail(error, turn)
    }
  }

  /** Have Train on make the steps that a file's training has left. @param {number} steps */
  #goOnTo(steps) {
    const field = this.parts.part("steps")
    field.max = Math.max(field.max, steps)
    field.min = Math.min(field.min, steps)
    field.value = steps
  }

  /** Take the model that the site has trained. */
  async #take() {
    try {
      const { file, recorded } = await trainedModel(this.parts.figure)
      await this.#open([file], recorded)
    } catch (error) {
      this.parts.say(error instanceof Error ? error.message : String(error), "bad")
    }
  }

  async #save() {
    try {
      const { files, says } = await this.python.call("live.model_files", "saved")
      for (const [name, data] of Object.entries(files)) await download(name, data)
      this.parts.say(says)
    } catch (error) {
      this.parts.say(error instanceof Error ? error.message : String(error), "bad")
    }
  }

  /** Have Python, and in it what trains. */
  async #load() {
    const bar = this.parts.part("progress")
    if (!this.python.isStarted) {
      const megabytes = manifest.megabytes + (manifest.weights.numpy ?? 0)
      this.parts.say(`Python is loading: ${megabytes.toFixed(1)} MB.`)
      bar.removeAttribute("value")
      bar.hidden = false
      this.python.onprogress = (share) => {
        bar.value = share
      }
    }
    try {
      await installed(this.python, MODULES, ["numpy"])
    } finally {
      bar.hidden = true
    }
  }

  /** Say beside each size how long it takes here. @param {any} settings @param {string | null} own */
  async #measure(settings, own) {
    const what = JSON.stringify([settings.source, own, settings.steps])
    if (what === this.#measured) return
    this.parts.say("Two steps of each size are timed.")
    const { seconds } = await this.python.call("live.training", "measure", settings, own)
    for (const [size, time] of Object.entries(seconds)) {
      this.parts.put(`time-${size}`, time === null ? "" : `about ${inWords(time)} here`)
    }
    this.#measured = what
  }

  /** The run of this text that was recorded, if it can be had. @param {string} source */
  async #recorded(source) {
    const { tales, story } = this.parts.figure.dataset
    const address = { tales, story }[source]
    if (!address) return null
    try {
      const answer = await fetch(new URL(address, document.baseURI))
      return answer.ok ? await answer.json() : null
    } catch {
      return null
    }
  }

  /** What the fields hold, and what is wrong with it. */
  get #chosen() {
    const chosen = (/** @type {string} */ name) =>
      /** @type {any} */ (this.parts.figure.querySelector(`[name=${name}]:checked`)).value
    const steps = this.parts.part("steps")
    const source = chosen("source")
    const own = source === "own" ? this.parts.part("own").value : null
    const settings = {
      source,
      size: chosen("size"),
      steps: steps.valueAsNumber,
      mistake: this.parts.part("mistake").value,
    }
    let fault = ""
    if (!steps.checkValidity()) fault = `Steps: a whole number from ${steps.min} to ${steps.max}.`
    else if (own !== null && !own.trim()) fault = "Paste a text to learn from, or open a file."
    return { settings, own, fault }
  }

  /** @param {Look} look */
  #draw(look) {
    const { parts } = this
    parts.part("chart").innerHTML = look.chart // Python has escaped all that was typed
    parts.part("losses").innerHTML = look.table
    const samples = parts.part("samples")
    if (samples.innerHTML !== look.samples) samples.innerHTML = look.samples
    parts.put("step", [look.says, look.speed].filter(Boolean).join(" "))
    parts.put("compared", look.compared)
    parts.put("facts", look.facts)
  }

  /** Show the buttons of a state, and keep the keyboard's place. @param {State} state */
  #enter(state) {
    this.#state = state
    const isBusy = state === "loading" || state === "running" || state === "paused"
    const had = document.activeElement
    for (const [name, states] of Object.entries(BUTTONS)) {
      const isShown = states.includes(/** @type {never} */ (state))
      this.parts.show(name, isShown && (name !== "train-on" || this.trained.isThere))
    }
    this.parts.part("settings").disabled = isBusy
    if (had instanceof HTMLButtonElement && had.hidden && this.parts.figure.contains(had)) {
      const next = Object.keys(BUTTONS).map((name) => this.parts.part(name))
      next.find((button) => !button.hidden)?.focus()
    }
  }

  /** @param {string} name @param {() => void} act */
  #press(name, act) {
    this.parts.part(name).addEventListener("click", act)
  }
}

/** @param {number} seconds */
function inWords(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  return `${Math.round(seconds / 60)} min`
}
