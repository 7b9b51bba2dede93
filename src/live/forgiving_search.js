// Where nothing is found, look within words (UnavailableError, to_int), then for a typing error.
{
  const { search } = lunr.Index.prototype
  lunr.Index.prototype.search = function (/** @type {string} */ query) {
    const within = query.replace(/[^\s+-]+\*(?=\s|$)/g, "*$&")
    const similar = query.replace(/\*(?=\s|$)/g, "~1")
    /** @type {object[]} */
    let found = []
    for (const wanted of [query, within, similar]) {
      if (!found.length) found = search.call(this, wanted)
    }
    return found
  }
}
