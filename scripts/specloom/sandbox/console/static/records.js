// The records of an API, with their states: filters, reset, adding, and "use" in the request.

import { ask } from "./control.js";
import { choice, code, el, field, settled, stateChip } from "./dom.js";
import { at } from "./form.js";
import { seeding } from "./seeding.js";

const SHOWN = 300;

/** Shows the records of `forms` in `section`; `onUse` is given the name of the kind, tenant and record. */
export class RecordsView {
  constructor(section, forms, { onUse, tones }) {
    this.forms = forms;
    this.onUse = onUse;
    this.tones = tones;
    this.changed = new Set();
    this.open = new Set();
    this.refresh = settled(() => this.load(), 120);
    const heading = section.querySelector("h2");
    if (forms.kinds.length === 0) {
      section.replaceChildren(heading, el("p", { class: "hint" }, "This API has no records: its spec describes no behaviour, and its answers are examples."));
      this.load = () => {};
      return;
    }
    this.kind = choice({ id: "record-kind" }, forms.kinds.map((kind) => kind.name));
    this.tenant = choice({ id: "record-tenant" }, [["", "all"], ...forms.tenants]);
    this.state = choice({ id: "record-state" }, []);
    this.search = el("input", { id: "record-search", type: "search", autocomplete: "off", placeholder: "part of a key" });
    this.news = el("p", { class: "news", role: "status" });
    this.rows = el("tbody", {});
    this.head = el("tr", {});
    const table = el("table", {}, el("caption", { class: "hidden" }, "Records with their states"), el("thead", {}, this.head), this.rows);
    this.box = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "records-title" }, table);
    const reset = el("button", { type: "button", onclick: () => this.reset() }, "Reset records");
    reset.title = "Bring back the records of a fresh sandbox";
    this.seeding = el("div", {});
    section.replaceChildren(
      el("div", { class: "title" }, heading, reset),
      el(
        "div",
        { class: "filters" },
        forms.kinds.length > 1 && field("Kind", this.kind),
        field("Tenant", this.tenant),
        field("State", this.state),
        field("Search", this.search),
      ),
      this.news,
      this.box,
      this.seeding,
    );
    this.kind.addEventListener("change", () => this.offer());
    for (const control of [this.tenant, this.state]) control.addEventListener("change", () => this.load());
    this.search.addEventListener("input", () => this.show());
    this.offer();
  }

  /** Show the states and columns of the kind that is chosen. */
  offer() {
    this.shape = this.forms.kinds.find((kind) => kind.name === this.kind.value);
    this.state.replaceChildren(...[["", "all"], ...this.shape.states.map((state) => [state, state])].map(([value, text]) => el("option", { value }, text)));
    this.head.replaceChildren(...["Record", "State", "Actions"].map((text) => el("th", { scope: "col" }, text)));
    this.seeding.replaceChildren(seeding(this.forms, this.shape, () => this.load()));
    return this.load();
  }

  /** Show the records of a kind. */
  choose(kind) {
    if (!this.shape || this.kind.value === kind) return;
    this.kind.value = kind;
    this.offer();
  }

  async load() {
    const query = new URLSearchParams({ limit: String(SHOWN + 1) });
    if (this.tenant.value) query.set("tenant", this.tenant.value);
    if (this.state.value) query.set("state", this.state.value);
    try {
      const found = await ask(`${encodeURIComponent(this.forms.api)}/records/${encodeURIComponent(this.shape.name)}?${query}`);
      this.entries = found.records;
    } catch (error) {
      this.news.textContent = error.message;
      return;
    }
    this.show();
  }

  show() {
    const sought = this.search.value.trim().toLowerCase();
    const found = this.entries.filter((entry) => this.keys(entry.record).some((key) => key.toLowerCase().includes(sought)));
    const shown = found.slice(0, SHOWN);
    this.rows.replaceChildren(...shown.map((entry) => this.row(entry)).flat());
    this.news.textContent = this.entries.length > SHOWN
      ? `The first ${shown.length}; filters show others.`
      : `${found.length} ${found.length === 1 ? "record" : "records"}`;
  }

  row({ tenant, record }) {
    const [key, ...others] = this.keys(record);
    const name = `${this.shape.name} ${key}`;
    const id = `${tenant} ${name}`;
    const state = at(record, this.shape.state);
    const detail = el("tr", { class: "detail", hidden: !this.open.has(id) }, el("td", { colspan: "3" }, code(JSON.stringify(record, null, 2), `Record ${key}`)));
    const show = el("button", { type: "button", class: "small", "aria-expanded": String(this.open.has(id)), "aria-label": `Show ${key}` }, "Show");
    show.addEventListener("click", () => {
      detail.hidden = !detail.hidden;
      this.open[detail.hidden ? "delete" : "add"](id);
      show.setAttribute("aria-expanded", String(!detail.hidden));
    });
    const use = el("button", { type: "button", class: "small", "aria-label": `Use ${key}`, onclick: () => this.onUse(this.shape.name, tenant, record) }, "Use");
    const row = el(
      "tr",
      { "data-record": name, "data-changed": this.changed.has(name) },
      el("th", { scope: "row" }, el("span", { class: "key" }, key), el("span", { class: "note" }, [...others, tenant].join(" · "))),
      el("td", {}, stateChip(state, this.tones(this.shape.name, state))),
      el("td", {}, el("div", { class: "buttons" }, use, show)),
    );
    return [row, detail];
  }

  keys(record) {
    return this.shape.keys.map((key) => at(record, key)).filter((value) => value !== undefined).map(String);
  }

  /** Show that records were changed, each named by its kind and key. */
  mark(names) {
    for (const name of names) this.changed.add(name);
    this.refresh();
  }

  async reset() {
    try {
      await ask(`${encodeURIComponent(this.forms.api)}/reset`, { method: "POST" });
    } catch (error) {
      this.news.textContent = error.message;
      return;
    }
    this.changed.clear();
    await this.load();
    this.news.textContent = `Reset. ${this.news.textContent}`;
  }
}
