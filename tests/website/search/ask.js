// node ask.js INDEX < QUERIES: answers a list of queries, each with the addresses of what is found.
import fs from "node:fs"
import { Search } from "../../../src/live/search_engine.js"

const search = new Search(JSON.parse(fs.readFileSync(process.argv[2], "utf8")).docs)
const queries = JSON.parse(fs.readFileSync(0, "utf8"))
const answers = queries.map((query) =>
  search.find(query).map((group) => group.map(({ location }) => location)),
)
console.log(JSON.stringify(answers))
