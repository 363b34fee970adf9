"use strict";
const byId = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const data = byId("data") ? JSON.parse(byId("data").textContent) : {};

// A browser may refuse storage to a page of the file system; then things are kept as long as the page is open.
const kept = new Map();
const store = {
  get(key) {
    try { return localStorage.getItem(`sahelsum:${key}`) ?? kept.get(key) ?? null; } catch { return kept.get(key) ?? null; }
  },
  set(key, value) {
    kept.set(key, value);
    try { localStorage.setItem(`sahelsum:${key}`, value); } catch { /* kept above */ }
  },
};

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== "list") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

{
  const button = byId("theme");
  const wanted = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const dark = (store.get("theme") ?? (wanted.matches ? "dark" : "light")) === "dark";
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    button.setAttribute("aria-pressed", String(dark));
  };
  button.addEventListener("click", () => {
    store.set("theme", document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    apply();
  });
  wanted.addEventListener("change", apply);
  apply();
}

if (byId("find")?.dataset.target) {
  byId("find").addEventListener("submit", (event) => {
    event.preventDefault();
    location.href = `${byId("find").dataset.target}#${new URLSearchParams({ q: byId("query").value })}`;
  });
}

// Corrections of all articles, by article and sentence, until they are applied.
const corrections = {
  key: "corrections",
  read() {
    try { return JSON.parse(store.get(this.key)) ?? {}; } catch { return {}; }
  },
  write(entries) { store.set(this.key, JSON.stringify(entries)); this.tell(); },
  tell() {
    const number = Object.keys(this.read()).length;
    byId("corrections").hidden = !number;
    byId("correction-count").textContent = `${number} ${number === 1 ? "correction" : "corrections"} not yet applied.`;
  },
  save() {
    const content = { format: "sahelsum-corrections-1", corrections: Object.values(this.read()) };
    const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2) + "\n"], { type: "application/json" }));
    make("a", { href: url, download: "corrections.json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  },
};
if (byId("corrections")) {
  byId("forget").addEventListener("click", () => { corrections.write({}); if (document.querySelector(".s.changed")) location.reload(); });
  byId("export").addEventListener("click", () => corrections.save());
  corrections.tell();
}
