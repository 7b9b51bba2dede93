// Files of the reader's device, and for it.

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
export function download(name, data) {
  const letters = atob(data)
  const bytes = new Uint8Array(letters.length) // filled by hand: by a function, it takes 50 ms a megabyte
  for (let place = 0; place < letters.length; place++) bytes[place] = letters.charCodeAt(place)
  const address = URL.createObjectURL(new Blob([bytes]))
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
