// What a page with blocks that can run loads.
import { python } from "./here.js"

addEventListener("pagehide", () => python.end("Stopped, as you left the page.", "left"))
