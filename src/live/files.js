// Files of the reader's device, and for it.

const PIECE = 1 << 20 // letters of base64 that are decoded at once: four of them are three bytes

/** The content of a file as base64. @param {Blob} file @returns {Promise<string>} */
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}

/** Give the reader a file. @param {string} name @param {string} data as base64 */
export async function download(name, data) {
  const parts = []
  for (let at = 0; at < data.length; at += PIECE) {
    parts.push(decoded(data.slice(at, at + PIECE)))
    await new Promise((resolve) => setTimeout(resolve)) // a long file is no long task
  }
  const address = URL.createObjectURL(new Blob(parts))
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** @param {string} data as base64 */
function decoded(data) {
  const letters = atob(data)
  const bytes = new Uint8Array(letters.length)
  for (let place = 0; place < letters.length; place++) bytes[place] = letters.charCodeAt(place)
  return bytes
}
