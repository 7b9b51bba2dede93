// node lighthouse.mjs CHROMIUM CATEGORIES ADDRESS... prints the scores of each address as JSON:
// for each category, its score of 100, and the audits that it lost some of it by.
import { launch } from "chrome-launcher"
import lighthouse from "lighthouse"

const [chromePath, categories, ...addresses] = process.argv.slice(2)
// Where speed is not asked for, there is no need to wait until a page has been quiet for long.
const hurry = {
  pauseAfterFcpMs: 0,
  pauseAfterLoadMs: 0,
  networkQuietThresholdMs: 100,
  cpuQuietThresholdMs: 100,
}
const settings = {
  onlyCategories: categories.split(","),
  disableFullPageScreenshot: true,
  logLevel: "error",
  ...(categories.includes("performance") ? {} : hurry),
}
const chromeFlags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"]
const chrome = await launch({ chromePath, chromeFlags })
const found = {}
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, { ...settings, port: chrome.port })
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`)
    const lost = ({ id, weight }) =>
      weight && lhr.audits[id].score !== null && lhr.audits[id].score < 1
    found[address] = Object.fromEntries(
      Object.values(lhr.categories).map((category) => [
        category.id,
        {
          score: Math.round(100 * category.score),
          lost: category.auditRefs.filter(lost).map(({ id }) => id),
        },
      ]),
    )
  }
} finally {
  chrome.kill()
}
console.log(JSON.stringify(found))
