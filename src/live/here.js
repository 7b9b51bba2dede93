// The page's one Python, with what the build of the site has put beside this script.
import { Python } from "./python.js"

export const manifest = MANIFEST
export const base = import.meta.url
export const python = new Python(manifest, base)
