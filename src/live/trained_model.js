// The model that this site has trained, which a figure names.

/**
 * Fetch it, and what is recorded of its training.
 * @param {HTMLElement} figure `data-model` and `data-words` are their addresses
 * @returns {Promise<{ file: File, recorded: any }>}
 */
export async function trainedModel(figure) {
  const { model = "", words = "" } = figure.dataset
  const [weights, recorded] = await Promise.all([model, words].map(fetched))
  return {
    file: new File([await weights.blob()], "trained.safetensors"),
    recorded: await recorded.json(),
  }
}

/** @param {string} address */
async function fetched(address) {
  const lost = "The trained model could not be loaded"
  const answer = await fetch(new URL(address, document.baseURI)).catch(() => {
    throw new Error(`${lost}: the network is gone, or the site does not answer.`)
  })
  if (answer.ok) return answer
  const name = address.slice(address.lastIndexOf("/") + 1)
  throw new Error(
    `${lost} (${name}, status ${answer.status}). The site may have changed: load this page again.`,
  )
}
