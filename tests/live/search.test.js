import assert from "node:assert/strict"
import { test } from "node:test"
import { distance, Search, stem } from "../../src/live/search_engine.js"

const LONG = "A word that stands far from the one that is asked for. ".repeat(6)

const search = new Search([
  { location: "", title: "Home", text: ["All about tokens and merges."], weight: 0.6 },
  {
    location: "pairs/",
    title: "Byte pair encoding",
    text: ["A way to spell any word."],
    teaches: ["byte pair encoding", "BPE"],
  },
  {
    location: "pairs/#train",
    title: "Training",
    text: [
      `${LONG}Merges are learned here.`,
      "\nimport re\nfrom package import count_pairs\nprint(count_pairs('<a>'))\n1\n2",
      "\nValueError: the text has 9 tokens",
    ],
    teaches: ["count_pairs"],
  },
  { location: "uses/", title: "Fine-tuning", text: ["It uses BPE, and count_pairs, and tokens."] },
  {
    location: "glossary/#byte-pair-encoding",
    title: "byte pair encoding",
    text: ["Joins pairs; BPE for short."],
    teaches: ["byte pair encoding", "BPE"],
    weight: 0.8,
  },
  { location: "glossary/", title: "Glossary", text: ["A line for each term."], weight: 0.8 },
  { location: "names/", title: "Reference", text: ["Every name."], weight: 0.6 },
  {
    location: "names/#package.count_pairs",
    title: "count_pairs",
    text: ["\ncount_pairs(text: str) -> int", "Count the pairs."],
    weight: 0.6,
  },
])
const best = (query) => search.find(query).map(([first]) => first.location)

test("a term leads to the section that teaches it, then to its line, then to its uses", () => {
  assert.deepEqual(best("BPE"), ["pairs/", "glossary/#byte-pair-encoding", "uses/"])
})

test("a name leads to the section that teaches it, then to its entry, then to its uses", () => {
  const found = ["pairs/#train", "names/#package.count_pairs", "uses/"]
  assert.deepEqual(best("count_pairs"), found)
  assert.equal(best("count pairs")[0], found[0])
  assert.equal(best("ount_pai")[0], found[0]) // within a name
})

test("small words do not count, unless there are no others", () => {
  assert.deepEqual(best("what is the BPE"), best("BPE"))
  assert.equal(best("any")[0], "pairs/")
  assert.notDeepEqual(best("is"), [])
})

test("a typing error is forgiven where nothing is as it was typed", () => {
  assert.equal(best("encodnig")[0], "pairs/")
  assert.equal(best("trainig")[0], "pairs/#train")
  assert.equal(best("finetuning")[0], "uses/")
  assert.deepEqual(best("hippopotamus"), [])
  assert.deepEqual(best("  ?! "), [])
})

test("of an error message its words count in their order", () => {
  assert.equal(best("ValueError: the text has 12 tokens")[0], "pairs/#train")
})

test("each page is one group, with its own title at hand", () => {
  const [group] = search.find("count_pairs")
  assert.deepEqual(
    group.map(({ location, score }) => [location, score > 0]),
    [
      ["pairs/#train", true],
      ["pairs/", false],
    ],
  )
})

test("an excerpt shows what was asked for, as text", () => {
  const [[name]] = search.find("ValueError")
  assert.equal(name.text, "<pre><code><mark>ValueError</mark>: the text has 9 tokens</code></pre>")
  const [[code]] = search.find("print")
  assert.equal(
    code.text,
    "<pre><code><mark>print</mark>(count_pairs('&lt;a&gt;'))\n1\n2</code></pre>",
  )
  const [[sentence]] = search.find("merges learned")
  assert.equal(sentence.text, "<p><mark>Merges</mark> are <mark>learned</mark> here.</p>")
  assert.deepEqual(sentence.terms, { merges: true, learned: true })
})

test("a word that is begun is completed from the titles", () => {
  assert.deepEqual(search.suggest("byte pair enco"), ["encoding"])
  assert.deepEqual(search.suggest("spel"), []) // in no title
  assert.deepEqual(search.suggest("encoding "), [])
})

test("words with the same root are alike", () => {
  assert.equal(stem("tokenizing"), stem("tokenizer"))
  assert.equal(stem("merges"), stem("merging"))
  assert.equal(stem("embeddings"), stem("embedding"))
  assert.notEqual(stem("token"), stem("tokenizer"))
})

test("an exchange of neighbours is one error", () => {
  assert.equal(distance("vocabluary", "vocabulary", 2), 1)
  assert.equal(distance("weigths", "weights", 2), 1)
  assert.equal(distance("embbeding", "embedding", 2), 2)
  assert.equal(distance("sofmax", "softmax", 2), 1)
  assert.equal(distance("same", "same", 2), 0)
  assert.ok(distance("quite", "different", 2) > 2)
})
