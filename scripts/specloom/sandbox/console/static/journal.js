// The journal: what was asked and answered, as it happens.

import { headerList } from "./answer.js";
import { choice, code, el, field, pretty, settled, statusChip } from "./dom.js";

const KEPT = 200;

/** Shows the entries of one API in `section`. */
export class JournalView {
  constructor(section, forms) {
    this.entries = [];
    this.isPaused = false;
    this.operation = choice({ id: "journal-operation" }, [["", "all"], ...forms.operations.map((each) => [each.id, each.id])]);
    this.status = choice({ id: "journal-status" }, [["", "all"], ["2", "2xx"], ["3", "3xx"], ["4", "4xx"], ["5", "5xx"]]);
    this.tenant = choice({ id: "journal-tenant" }, [["", "all"], ...forms.tenants]);
    this.pause = el("button", { type: "button", "aria-pressed": "false", onclick: () => this.toggle() }, "Pause");
    this.news = el("p", { class: "hidden", "aria-live": "polite" });
    this.announce = settled(() => { this.news.textContent = this.latest; }, 400);
    this.empty = el("p", { class: "hint" }, "No requests yet.");
    this.list = el("ol", { class: "entries" });
    const clear = el("button", { type: "button", onclick: () => this.clear() }, "Clear");
    section.replaceChildren(
      el("div", { class: "title" }, section.querySelector("h2"), el("div", { class: "buttons" }, this.pause, clear)),
      el("div", { class: "filters" }, field("Operation", this.operation), field("Status", this.status), field("Tenant", this.tenant)),
      this.news,
      this.empty,
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "journal-title" }, this.list),
    );
    for (const control of [this.operation, this.status, this.tenant]) control.addEventListener("change", () => this.show());
    this.show();
  }

  toggle() {
    this.isPaused = !this.isPaused;
    this.pause.setAttribute("aria-pressed", String(this.isPaused));
    this.pause.textContent = this.isPaused ? "Go on" : "Pause";
    if (!this.isPaused) this.show();
  }

  clear() {
    this.entries = [];
    this.show();
  }

  /** Take entries that were there before. */
  fill(entries) {
    this.entries = entries.slice(-KEPT);
    this.show();
  }

  /** Take one that is new. */
  add(entry) {
    this.entries.push(entry);
    if (this.entries.length > KEPT) this.entries.shift();
    if (this.isPaused || !this.isWanted(entry)) return;
    this.list.prepend(item(entry));
    while (this.list.children.length > KEPT) this.list.lastChild.remove();
    this.empty.hidden = true;
    this.latest = `${entry.method} ${entry.target} answered with ${entry.status}`;
    this.announce();
  }

  isWanted(entry) {
    return (!this.operation.value || entry.operation === this.operation.value)
      && (!this.status.value || String(entry.status)[0] === this.status.value)
      && (!this.tenant.value || entry.tenant === this.tenant.value);
  }

  show() {
    const shown = this.entries.filter((entry) => this.isWanted(entry)).reverse();
    this.list.replaceChildren(...shown.map(item));
    this.empty.hidden = shown.length > 0;
  }
}

function item(entry) {
  const time = new Date(entry.at).toLocaleTimeString([], { hour12: false });
  const facts = [entry.tenant ?? "nobody", `${milliseconds(entry.seconds)} ms`, ...entry.changed.slice(0, 3).map((name) => `changed ${name}`)];
  if (entry.changed.length > 3) facts.push(`and ${entry.changed.length - 3} more`);
  const details = el(
    "details",
    {},
    el(
      "summary",
      {},
      statusChip(entry.status),
      el("span", { class: "what" }, el("span", { class: "target" }, `${entry.method} ${entry.target}`), el("span", { class: "note" }, facts.join(" · "))),
      el("time", { datetime: entry.at }, time),
    ),
  );
  // Built when it is opened: most never are.
  details.addEventListener("toggle", () => {
    if (details.children.length === 1) details.append(message("Request", entry.request), message("Response", entry.response));
  });
  return el("li", { "data-number": String(entry.number) }, details);
}

function message(name, { headers, body, encoding }) {
  const shown = encoding === "utf-8" ? pretty(body) : `(no text, in base64)\n${body}`;
  return el(
    "section",
    { class: "message" },
    el("h3", {}, name),
    body === "" ? el("p", { class: "hint" }, "No body.") : code(shown, `Body of the ${name.toLowerCase()}`),
    headerList(headers.map((header) => [header.name, header.value])),
  );
}

const milliseconds = (seconds) => (seconds < 0.01 ? (seconds * 1000).toFixed(1) : String(Math.round(seconds * 1000)));
