// Stands where the theme expects the worker of its search. The worker and the index come with
// the first search: until then no reader waits for them.

/** @typedef {{ type: number, data: any }} Message of the theme; 0 sets up, 2 asks, 3 answers */

/** What a question starts: nothing yet, the coming of the engine, or the engine. @type {() => void} */
let engine = () => {}
/** The last question. @type {Message} */
let query

addEventListener("message", (event) => {
  if (event.isTrusted === false) return // one of those below, for the engine
  event.stopImmediatePropagation()
  if (event.data.type === 0) {
    engine = () => start(event.data)
    postMessage({ type: 1 })
  } else {
    query = event.data
    if (query.data) engine()
    else postMessage({ type: 3, data: { items: [] } }) // for nothing, nothing is found
  }
})

/** Bring the index and the engine, and ask it the last question. @param {Message} setup */
async function start(setup) {
  engine = () => {} // on its way
  try {
    const index = await (await fetch("../../../search/index.json")).json()
    importScripts("../../../search/engine.js")
    const send = (/** @type {Message} */ data) =>
      dispatchEvent(new MessageEvent("message", { data }))
    const answer = self.postMessage
    self.postMessage = (/** @type {Message} */ message) => {
      if (message.type !== 1) return answer(message)
      engine = () => send(query)
      if (query.data) engine()
    }
    send({ ...setup, data: { ...setup.data, ...index } })
  } catch (error) {
    engine = () => start(setup) // perhaps the network is back by the next letter
    throw error
  }
}
