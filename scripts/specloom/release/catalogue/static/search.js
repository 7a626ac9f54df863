// Search all APIs. The index is loaded when it is first needed, as a script: a page opened from a file can fetch nothing.

"use strict";

(() => {
  const SHOWN = 30;
  const root = document.documentElement.dataset.root;
  const box = document.getElementById("search");
  const results = document.getElementById("results");
  const list = document.getElementById("found");
  const news = document.getElementById("news");
  const more = document.getElementById("more");
  let loading = null;

  /** Return a promise of the rows of the index. */
  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${root}_shared/index.js`;
      script.addEventListener("load", () => resolve(read(window.catalogueIndex)));
      script.addEventListener("error", () => reject(new Error("its index is missing")));
      document.head.append(script);
    });
    return loading;
  }

  function read({ kinds, apis }) {
    return apis.flatMap(([api, title, found]) => found.map(([kind, name, where, place, text]) => {
      const lower = name.toLowerCase();
      return {
        kind, label: kinds[kind], name, where: [title === name ? "" : title, where].filter(Boolean).join(" · "),
        lower, all: [lower, squashed(lower), where, text, api, title].join("\n").toLowerCase(),
        href: `${root}${api}/index.html#${place}`,
      };
    }));
  }

  const squashed = (text) => text.replace(/[^\p{L}\p{N}]+/gu, "");

  /** Return how well a row fits, 0 the best: its name is what was asked for, starts so, has a word that does, has it. */
  function rank(row, asked, words) {
    if (row.lower === asked) return 0;
    if (row.lower.startsWith(asked)) return 1;
    const at = row.lower.indexOf(asked);
    if (at > 0) return /[\p{L}\p{N}]/u.test(row.lower[at - 1]) ? 3 : 2;
    return words.every((word) => row.lower.includes(word)) ? 4 : 5;
  }

  function find(rows, asked, words) {
    return rows
      .filter((row) => words.every((word) => row.all.includes(word)))
      .map((row) => ({ row, rank: rank(row, asked, words) }))
      .sort((a, b) => a.rank - b.rank || a.row.kind - b.row.kind || a.row.name.length - b.row.name.length)
      .map(({ row }) => row);
  }

  /** Return `text` in an element, with what was asked for marked. */
  function marked(text, words, name) {
    const made = document.createElement("span");
    made.className = name;
    const lower = text.toLowerCase();
    let end = 0;
    while (lower.length === text.length && end < text.length) {
      const next = words.map((word) => [lower.indexOf(word, end), word]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0])[0];
      if (!next) break;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(next[0], next[0] + next[1].length);
      made.append(text.slice(end, next[0]), mark);
      end = next[0] + next[1].length;
    }
    made.append(text.slice(end));
    return made;
  }

  function item(row, words) {
    const kind = document.createElement("span");
    kind.className = "kind";
    kind.textContent = row.label;
    const link = document.createElement("a");
    link.href = row.href;
    link.append(marked(row.name, words, "name"), kind, marked(row.where, words, "where"));
    const made = document.createElement("li");
    made.append(link);
    return made;
  }

  async function show() {
    const asked = box.value.trim().toLowerCase();
    if (!asked) return close();
    const words = asked.split(/\s+/);
    const rows = await load();
    if (asked !== box.value.trim().toLowerCase()) return;  // typed on while it was loading
    const found = find(rows, asked, words);
    list.replaceChildren(...found.slice(0, SHOWN).map((row) => item(row, words)));
    news.textContent = `${found.length} found`;
    more.textContent = found.length === 0 ? "Nothing found." : found.length > SHOWN ? `The first ${SHOWN} of ${found.length}.` : "";
    results.hidden = false;
  }

  function close() {
    results.hidden = true;
    list.replaceChildren();
    news.textContent = "";
  }

  /** Move the focus by `step` among the results, the box before them. */
  function move(step) {
    const stops = [box, ...list.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (next) next.focus();
  }

  box.hidden = false;
  box.addEventListener("focus", () => { load(); if (results.hidden) show(); });
  box.addEventListener("input", show);
  box.parentElement.addEventListener("keydown", (event) => {
    const first = list.querySelector("a");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && event.target === box && first) first.click();
    else if (event.key === "Escape") { box.focus(); close(); } else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => { if (event.target.closest("a")) close(); });
  document.addEventListener("click", (event) => { if (!box.parentElement.contains(event.target)) close(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
})();
