// Stands where the theme expects the worker of its search, and answers in its stead. What it needs
// comes with the first question: until then no reader waits for it.

/** @typedef {{ type: number, data?: any }} Message of the theme; 0 sets up, 1 is set up, 2 asks, 3 answers */
/** @typedef {import("./search_engine.js").Search} Search */

/** @type {Promise<Search> | undefined} */
let engine
/** The last question: the answer to an older one is not wanted any more. */
let lastQuestion = ""

addEventListener(
  "message",
  async (/** @type {MessageEvent<Message>} */ { data: { type, data } }) => {
    if (type === 0) return postMessage({ type: 1 })
    lastQuestion = data
    if (!data) return postMessage({ type: 3, data: { items: [] } }) // for nothing, nothing is found
    try {
      engine ??= load()
      const search = await engine
      if (lastQuestion !== data) return
      postMessage({ type: 3, data: { items: search.find(data), suggest: search.suggest(data) } })
    } catch (error) {
      engine = undefined // perhaps the network is back by the next letter
      throw error
    }
  },
)

async function load() {
  const [{ Search }, index] = await Promise.all([
    import(new URL("../../../search/engine.js", location.href).href),
    fetch("../../../search/index.json"),
  ])
  return new Search((await index.json()).docs)
}
