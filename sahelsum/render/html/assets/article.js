{
  const spans = new Map();
  for (const span of all(".s")) {
    const number = span.dataset.n;
    spans.set(number, [...(spans.get(number) ?? []), span]);
  }
  const english = all(".en .s, h1 .s");
  // Both texts of each sentence as the page came.
  const texts = new Map();
  for (const span of english) {
    const original = spans.get(span.dataset.n).find((each) => each !== span);
    if (original) texts.set(span.dataset.n, [original.textContent, span.querySelector(".failed") ? "" : span.textContent]);
  }
  let current = null;

  function light(numbers, kind) {
    for (const span of all(`.s.${kind}`)) span.classList.remove(kind);
    for (const number of numbers) for (const span of spans.get(number) ?? []) span.classList.add(kind);
    for (const notes of all(".notes")) notes.classList.toggle("now", kind === "now" && numbers.includes(notes.dataset.notes));
  }

  // One stop of the Tab key for the whole text; the arrows go from sentence to sentence.
  function choose(span, focus = true) {
    if (current) current.tabIndex = -1;
    current = span;
    span.tabIndex = 0;
    if (focus) span.focus({ preventScroll: true });
    if (focus) span.scrollIntoView({ block: "nearest" });
    light([span.dataset.n], "now");
    showButton(span);
  }

  const correct = make("button", { type: "button", className: "correct", textContent: "Correct", onclick: () => edit(correct.dataset.n) });
  function showButton(span) {
    if (!texts.has(span.dataset.n) || correct.previousElementSibling === span) return;
    correct.dataset.n = span.dataset.n;
    correct.setAttribute("aria-label", span.dataset.n === "0" ? "Correct the title" : `Correct sentence ${span.dataset.n}`);
    span.after(correct);
  }

  english.forEach((span, place) => {
    span.tabIndex = -1;
    const notes = byId(`n${span.dataset.n}`);
    if (notes) span.setAttribute("aria-describedby", notes.id);
    span.addEventListener("focus", () => { if (span !== current) choose(span, false); else light([span.dataset.n], "now"); });
    span.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
      if (step && english[place + step]) { event.preventDefault(); choose(english[place + step]); }
      if (event.key === "e" || event.key === "Enter") { event.preventDefault(); edit(span.dataset.n); }
    });
  });
  if (english.length) { english[0].tabIndex = 0; current = english[0]; }

  for (const span of all(".s")) {
    span.addEventListener("mouseenter", () => light([span.dataset.n], "now"));
    span.addEventListener("mouseleave", () => light(document.activeElement?.classList.contains("s") ? [document.activeElement.dataset.n] : [], "now"));
    span.addEventListener("click", () => { if (!String(getSelection())) choose(spans.get(span.dataset.n).find((each) => english.includes(each)) ?? span); });
  }

  for (const item of all(".summary li")) {
    const numbers = item.dataset.evidence.trim().split(" ");
    const on = () => { item.classList.add("lit"); light(numbers, "lit"); };
    const off = () => { item.classList.remove("lit"); light([], "lit"); };
    item.addEventListener("mouseenter", on);
    item.addEventListener("mouseleave", off);
    item.addEventListener("focusin", on);
    item.addEventListener("focusout", off);
    item.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === item && spans.has(numbers[0])) choose(spans.get(numbers[0]).at(-1));
    });
  }

  for (const button of all("[data-show]")) {
    button.addEventListener("click", () => {
      const text = document.querySelector(".text");
      text.classList.remove("show-english", "show-original");
      if (button.dataset.show !== "both") text.classList.add(`show-${button.dataset.show}`);
      for (const each of all("[data-show]")) each.setAttribute("aria-pressed", String(each === button));
    });
  }

  const name = (number) => `${data.article}\n${number}`;
  function show(number, text, changed) {
    for (const span of spans.get(number) ?? []) {
      if (english.includes(span)) { span.textContent = text; span.classList.toggle("changed", changed); }
    }
  }

  function edit(number) {
    byId("editor")?.remove();
    if (!texts.has(number)) return;
    const [original, before] = texts.get(number);
    const span = spans.get(number).find((each) => english.includes(each));
    const entries = corrections.read();
    const area = make("textarea", { id: "edited", value: entries[name(number)]?.text ?? before, maxLength: 10_000 });
    const close = () => { byId("editor").remove(); choose(span); };
    const keep = (text) => {
      const changed = corrections.read();
      const wording = text.trim().replace(/\s+/g, " ");
      if (wording && wording !== before) {
        changed[name(number)] = { article: data.article, sentence: Number(number), language: data.language, source: original, before, text: wording };
      } else delete changed[name(number)];
      corrections.write(changed);
      show(number, changed[name(number)]?.text ?? before, name(number) in changed);
      close();
    };
    const form = make("form", { id: "editor", className: "editor", onsubmit: (event) => { event.preventDefault(); keep(area.value); } },
      make("label", { htmlFor: "edited", textContent: number === "0" ? "The title in English" : `Sentence ${number} in English` }), area,
      make("div", {}, make("button", { type: "submit", textContent: "Keep" }),
        make("button", { type: "button", textContent: "Cancel", onclick: close }),
        make("button", { type: "button", textContent: "As it was", onclick: () => keep(before) })));
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); keep(area.value); }
    });
    (span.closest("p") ?? span.closest("h1")).after(form);
    area.focus();
  }

  for (const [key, entry] of Object.entries(corrections.read())) {
    const number = String(entry.sentence);
    if (entry.article !== data.article || texts.get(number)?.[0] !== entry.source) continue;
    // What was applied meanwhile is in the page already.
    if (texts.get(number)[1] === entry.text) { const rest = corrections.read(); delete rest[key]; corrections.write(rest); }
    else show(number, entry.text, true);
  }

  function arrive() {
    const target = /^#s\d+$/.test(location.hash) && byId(location.hash.slice(1));
    if (target && english.includes(target)) { choose(target); target.scrollIntoView({ block: "center" }); }
  }
  addEventListener("hashchange", arrive);
  arrive();
}
