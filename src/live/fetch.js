// node fetch.js FOLDER NAME...: have Pyodide fetch packages that its lock names into a folder. It checks their sums.
// One that cannot be had is left out: the site then does without it.
import { loadPyodide } from "pyodide"

const [folder, ...names] = process.argv.slice(2)
const quiet = () => {}
const python = await loadPyodide({ packageCacheDir: folder })
await python.loadPackage(names, { messageCallback: quiet, errorCallback: quiet }).catch(quiet)
