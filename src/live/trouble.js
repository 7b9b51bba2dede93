// Say in words for people why Python cannot be had, or has ended. It comes when something is wrong.

/** @typedef {import("./types.d.ts").Manifest} Manifest */

/**
 * @param {string} message the machine's word for it
 * @param {boolean} wasRunning whether it ran already
 * @param {Manifest} manifest
 * @param {string} base
 * @param {boolean} isForbidden whether a security policy has forbidden something
 * @returns {Promise<string>} one or two sentences
 */
export async function explain(message, wasRunning, manifest, base, isForbidden) {
  if (wasRunning && !/did not load$/.test(message))
    return `Python broke down while it ran this${message ? ` (${brief(message)})` : ""}.`
  if (typeof WebAssembly === "undefined") {
    return "This browser has no WebAssembly, or it is switched off. Python cannot run here without it."
  }
  if (isForbidden || /Content Security Policy|unsafe-eval|SecurityError/i.test(message)) {
    return "A security policy of this site or browser forbids Python to run here."
  }
  const files = Object.values(manifest)
    .filter((value) => typeof value?.url === "string")
    .map((file) => file.url)
  const wheels = Object.values(manifest.lock.packages).map(
    (entry) => manifest.packages + entry.file_name,
  )
  for (const url of [manifest.worker, ...files, ...wheels]) {
    try {
      const answer = await fetch(new URL(url, base), { method: "HEAD", cache: "no-store" })
      if (!answer.ok)
        return `A file that Python needs is not there (${name(url)}, status ${answer.status}). The site may have changed: load this page again.`
    } catch {
      return "Python could not be loaded: the network is gone, or the site does not answer."
    }
  }
  return `Python could not be started: one of its files may be damaged${message ? ` (${brief(message)})` : ""}.`
}

/** @param {string} url */
const name = (url) => url.slice(url.lastIndexOf("/") + 1)

/** The first line of what a machine says, without addresses. @param {string} message */
export const brief = (message) =>
  message
    .split("\n")[0]
    .replace(/^Uncaught /, "")
    .replace(/https?:\/\/\S*\/([^\s/]+)/g, "$1")
    .slice(0, 160)
