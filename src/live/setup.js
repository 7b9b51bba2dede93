// How a Python for readers begins: the same in a browser, and in Node.js for the proof.

const STORY = "/usr/share/verdict/the-verdict.txt"

/**
 * What its environment says, which is what the pages find where they are proven: see environment in
 * src/proof/environment.py.
 * @param {boolean} hasStory
 */
export const environment = (hasStory) => ({
  HOME: "/home/pyodide",
  PYTHONHASHSEED: "0",
  NO_COLOR: "1",
  TERM: "dumb",
  TZ: "UTC",
  LANG: "C.UTF-8",
  LC_ALL: "C.UTF-8",
  ...(hasStory && { VERDICT_TEXT: STORY }),
})

/**
 * Give a new Python what the pages ask for, and make it ready to run their blocks.
 * @param {import("pyodide").PyodideInterface} python
 * @param {object} files
 * @param {Uint8Array} files.wheel of the package that the pages import
 * @param {Uint8Array | null} files.story
 * @param {string} files.runner the source of src/live/runner.py
 * @param {string[]} packages the names of those that this site has beside its own
 * @param {(bytes: Uint8Array) => number} write takes what is printed
 * @returns {any} what src/live/runner.py defines
 */
export function furnish(python, { wheel, story, runner }, packages, write) {
  const extractDir = python.runPython("import site; site.getsitepackages()[0]")
  python.unpackArchive(wheel, "wheel", { extractDir })
  if (story) {
    python.FS.mkdirTree(STORY.slice(0, STORY.lastIndexOf("/")))
    python.FS.writeFile(STORY, story)
  }
  python.setStdin({ stdin: () => null }) // nobody is asked: input() finds the end of the file
  python.setStdout({ write })
  python.setStderr({ write })
  const defined = python.toPy({})
  python.runPython(runner, { globals: defined, filename: "<runner>" })
  defined.get("fresh")(packages)
  return defined
}
