// Python, as a page sees it: it starts with the first use, runs code, calls functions, and can be stopped.
/**
 * @typedef {import("./types.d.ts").Answer} Answer
 * @typedef {import("./types.d.ts").Job} Job
 * @typedef {import("./types.d.ts").Manifest} Manifest
 * @typedef {import("./types.d.ts").Outcome} Outcome
 */

let isForbidden = false
globalThis.document?.addEventListener("securitypolicyviolation", () => {
  isForbidden = true
})

export const SECONDS = 60 // what runs longer is ended
const GRACE = 1500 // milliseconds that Python has to stop by itself, with all that it has defined

/**
 * @typedef {(text: string, isEcho: boolean) => void} Write
 *
 * @typedef {object} Running a job that the worker has
 * @property {number} id
 * @property {string} alive the address that keeps it running
 * @property {Outcome["stopped"]} stopped
 * @property {Write} write
 * @property {(outcome: Outcome) => void} resolve
 */

/** Python has ended, and with it all that was defined. The next use starts it again. */
export class Ended extends Error {
  /** @param {string} message for people @param {"reader" | "time" | "left" | "broken"} why */
  constructor(message, why) {
    super(message)
    this.why = why
  }
}

/** A function that was called has raised an error; the message is Python's own, its last line. */
export class Raised extends Error {}

export class Python {
  /** Told while Python loads, with the share of its files that are there. @type {(share: number) => void} */
  onprogress = () => {}
  /** @type {Worker | undefined} */
  #worker
  /** @type {Promise<void> | undefined} */
  #started
  /** @type {((error: Error) => void) | undefined} */
  #abandon
  /** @type {Running | undefined} */
  #job
  #last = Promise.resolve()
  #ids = 0

  /** @param {Manifest} manifest @param {string} base the address that the manifest's are relative to */
  constructor(manifest, base) {
    this.manifest = manifest
    this.base = base
  }

  /** Whether it has been started, and has not ended. */
  get isStarted() {
    return this.#worker !== undefined
  }

  /** Load Python, unless it is there. Rejects with `Ended` if it cannot be had. */
  start() {
    this.#started ??= new Promise((resolve, reject) => {
      this.#abandon = reject
      /** @type {Worker} */
      let worker
      try {
        worker = new Worker(new URL(this.manifest.worker, this.base), { type: "module" })
      } catch (error) {
        this.#break(String(error))
        return
      }
      this.#worker = worker
      worker.onerror = (event) => worker === this.#worker && this.#break(event.message ?? "")
      worker.onmessage = (/** @type {MessageEvent<Answer>} */ { data }) => {
        if (worker !== this.#worker) return
        if (data.type === "ready") resolve()
        else if (data.type === "progress") this.onprogress(Math.min(1, data.loaded / data.total))
        else if (data.type === "broken") this.#break(data.message)
        else if (data.id === this.#job?.id) this.#hear(this.#job, data)
      }
      worker.postMessage({ type: "start", manifest: this.manifest, base: this.base })
    })
    return this.#started
  }

  /**
   * Run code in the page's namespace; jobs wait for each other.
   * @param {string} code
   * @param {{ name?: string, needs?: string[], shown?: string, session?: boolean, seconds?: number, write?: Write }} options
   *   `name` is what a traceback calls the code; `needs` are packages that it uses without naming them;
   *   `shown` is what it is to print; `session` lets it run as at a prompt, with prompts in what it prints;
   *   `write` takes what it prints, and then how a prompt shows its last expression
   * @returns {Promise<Outcome>} rejects with `Ended`
   */
  run(code, options = {}) {
    const { write = () => {}, ...more } = options
    const usual = { name: "code", needs: [], shown: "", session: false, seconds: SECONDS }
    return this.#ask({ type: "run", code, ...usual, ...more }, write)
  }

  /**
   * Call a Python function with arguments that JSON can say, and give its result, which JSON must be able to say.
   * @param {string} module such as "verdict"; "__main__" has what `run` has defined
   * @param {string} name the function's
   * @param {unknown[]} parameters
   * @returns {Promise<any>} rejects with `Raised` or `Ended`
   */
  async call(module, name, ...parameters) {
    const request = {
      type: /** @type {const} */ ("call"),
      module,
      name,
      needs: [],
      seconds: SECONDS,
    }
    const outcome = await this.#ask({ ...request, arguments: JSON.stringify(parameters) }, () => {})
    if (outcome.error) throw new Raised(outcome.error)
    return JSON.parse(outcome.value)
  }

  /** Stop what runs: politely, so that what is defined stays, and by force if that does not help. */
  stop() {
    const job = this.#job
    if (!job || job.stopped) return this.end("Stopped.", "reader")
    job.stopped = "reader"
    this.#hurry(job)
  }

  /**
   * End Python at once, and what it runs.
   * @param {string} message @param {Ended["why"]} why
   */
  end(message, why) {
    const abandon = this.#abandon
    this.#worker?.terminate()
    if (this.#job) URL.revokeObjectURL(this.#job.alive)
    this.#worker = this.#started = this.#abandon = this.#job = undefined
    abandon?.(new Ended(message, why))
  }

  /** @param {any} request @param {Write} write @returns {Promise<Outcome>} */
  #ask(request, write) {
    const turn = this.#last
      .then(() => this.start())
      .then(
        () =>
          new Promise((/** @type {(outcome: Outcome) => void} */ resolve, reject) => {
            this.#abandon = reject
            const worker = /** @type {Worker} */ (this.#worker)
            const alive = URL.createObjectURL(new Blob())
            /** @type {Running} */
            const job = { id: ++this.#ids, alive, stopped: "", write, resolve }
            this.#job = job
            worker.postMessage({ ...request, id: job.id, alive })
            setTimeout(() => {
              if (this.#job !== job || job.stopped) return
              job.stopped = "time"
              this.#hurry(job)
            }, 1000 * request.seconds)
          }),
      )
    this.#last = turn.then(
      () => {},
      () => {},
    )
    return turn
  }

  /** @param {Running} job */
  #hurry(job) {
    URL.revokeObjectURL(job.alive)
    setTimeout(() => {
      if (this.#job !== job) return
      const time = `It ran longer than ${SECONDS} seconds and was ended.`
      job.stopped === "time" ? this.end(time, "time") : this.end("Stopped.", "reader")
    }, GRACE)
  }

  /** @param {Running} job @param {Extract<Answer, { id: number }>} answer */
  #hear(job, answer) {
    if (answer.type === "output") job.write(answer.text, answer.echo)
    else {
      URL.revokeObjectURL(job.alive)
      this.#job = undefined
      job.resolve({
        error: answer.error,
        value: answer.value,
        same: answer.same,
        difference: answer.difference,
        milliseconds: answer.milliseconds,
        stopped: job.stopped,
      })
    }
  }

  /** @param {string} message the machine's word for it */
  async #break(message) {
    const wasReady = this.#job !== undefined
    this.#worker?.terminate()
    const abandon = this.#abandon
    this.#worker = this.#started = this.#abandon = this.#job = undefined
    abandon?.(new Ended(await this.#explain(message, wasReady), "broken"))
  }

  /** @param {string} message @param {boolean} wasRunning @returns {Promise<string>} */
  async #explain(message, wasRunning) {
    try {
      const { explain } = /** @type {typeof import("./trouble.js")} */ (
        await import(new URL(this.manifest.trouble, this.base).href)
      )
      return await explain(message, wasRunning, this.manifest, this.base, isForbidden)
    } catch {
      return wasRunning
        ? "Python broke down while it ran this."
        : "Python could not be loaded: the network is gone, or the site does not answer."
    }
  }
}
