{
  const STEP = 40;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss").replace(/[^\p{L}\p{N}]+/gu, " ");
  const folded = [];
  let hits = [], words = [], shown = 0;

  // Folding a large collection takes longer than reading it, so it waits for the first question.
  function find(question) {
    if (!folded.length) for (const row of data.sentences) folded.push([" " + fold(row[2]), " " + fold(row[3])]);
    words = fold(question).trim().split(" ").filter(Boolean).map((word) => " " + word);
    hits = words.length ? data.sentences.filter((_, place) => folded[place].some((text) => words.every((word) => text.includes(word)))) : [];
    const articles = new Set(hits.map((row) => row[0])).size;
    byId("status").textContent = words.length ? `${hits.length} ${hits.length === 1 ? "sentence" : "sentences"} in ${articles} ${articles === 1 ? "article" : "articles"}` : "";
    byId("results").replaceChildren();
    shown = 0;
    more();
  }

  function marked(text) {
    const parts = [];
    let last = 0;
    for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      const plain = " " + fold(match[0]);
      if (!words.some((word) => plain.startsWith(word))) continue;
      parts.push(text.slice(last, match.index), make("mark", { textContent: match[0] }));
      last = match.index + match[0].length;
    }
    return [...parts, text.slice(last)];
  }

  function more() {
    const results = byId("results");
    for (const [article, number, original, english] of hits.slice(shown, shown + STEP)) {
      const [id, title, facts, language] = data.articles[article];
      const page = `article/${encodeURIComponent(id)}.html`;
      if (results.lastElementChild?.dataset.article !== String(article)) {
        results.append(make("section", { className: "hit-article", "data-article": article },
          make("h2", {}, make("a", { href: page, textContent: title })), make("p", { className: "quiet", textContent: facts })));
      }
      results.lastElementChild.append(make("a", { className: "hit", href: `${page}#s${number}` },
        make("span", { lang: language }, ...marked(original)), make("span", {}, ...marked(english))));
    }
    shown += STEP;
    byId("more").hidden = shown >= hits.length;
  }

  const query = byId("query");
  const ask = () => {
    history.replaceState(null, "", `#${new URLSearchParams({ q: query.value })}`);
    find(query.value);
  };
  const asked = () => { query.value = new URLSearchParams(location.hash.slice(1)).get("q") ?? ""; find(query.value); };
  query.addEventListener("input", ask);
  byId("find").addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  byId("more").addEventListener("click", more);
  addEventListener("hashchange", asked);
  asked();
  query.focus();
}
