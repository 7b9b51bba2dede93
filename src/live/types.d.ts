/** A file of the site: its address below that of the scripts, and its size. */
export interface SiteFile {
  url: string
  bytes: number
}

/** What the build has put into the site; see install in src/website/pyodide/runtime.py. */
export interface Manifest {
  /** Python's version, such as "3.14". */
  python: string
  /** What a first run brings over the wire, in millions of bytes. */
  megabytes: number
  worker: string
  editor: string
  /** What explains why Python has ended. */
  trouble: string
  runner: SiteFile
  wheel: SiteFile
  story: SiteFile | null
  /** What an exercise does once it is pressed. */
  exercise: string
  /** The playground's script. */
  tokens: string
  /** The script of Train it here. */
  trainer: string
  /** What figures do that take what is typed, before they are touched. */
  waiting: string
  /** The script of the figures that answer what is typed or pressed, by each of their kinds. */
  attention: string
  asking: string
  spam_filter: string
  /** The script of the figures that are drawn again. */
  drawing: string
  /** The script of a trained model that writes on. */
  writing: string
  /** Pyodide's own files. */
  loader: SiteFile
  glue: SiteFile
  wasm: SiteFile
  stdlib: SiteFile
  /** Pyodide's lock, with the packages that this site has, and the folder of their wheels. */
  lock: { info: object; packages: Record<string, { file_name: string; [more: string]: unknown }> }
  packages: string
  /** What each package brings over the wire, in millions of bytes. */
  weights: Record<string, number>
}

/** What the worker is to do. `alive` is the address of a blob; once taken back, it ends the job. */
export type Job = { id: number; alive: string; seconds: number; needs: string[] } & (
  | { type: "run"; code: string; name: string; shown: string; session: boolean }
  | { type: "call"; module: string; name: string; arguments: string }
)

export type Request = { type: "start"; manifest: Manifest; base: string } | Job

export type Answer =
  | { type: "progress"; loaded: number; total: number }
  | { type: "ready" }
  | { type: "output"; id: number; text: string; echo: boolean }
  | {
      type: "done"
      id: number
      error: string
      value: string
      same: boolean
      difference: Row[]
      milliseconds: number
    }
  | { type: "broken"; message: string }

/** An element's name and a line: gone, new, the same in both; or how many of these are left out. */
export type Row = ["del" | "ins" | "span" | "small", string]

/** How a run ended. */
export interface Outcome {
  /** The name of the error that ended it, or nothing. */
  error: string
  /** A call's result, as JSON. */
  value: string
  /** Whether a run printed what it was to print. */
  same: boolean
  /** How that differs from what it printed, where both are there. */
  difference: Row[]
  milliseconds: number
  /** Who stopped it, if it did not end by itself. */
  stopped: "" | "reader" | "time"
}

declare global {
  /** The theme's: runs something with every page that it shows. */
  const document$: { subscribe(run: () => void): void }
  /** Put in place of its name by the build. */
  const MANIFEST: Manifest
}
