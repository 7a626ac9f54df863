// Add records of one's own.

import { ask } from "./control.js";
import { choice, el, field } from "./dom.js";

/** Return a form that adds records of the kind `shape`; `onAdded` is called afterwards. */
export function seeding(forms, shape, onAdded) {
  const tenant = choice({ id: "seed-tenant" }, forms.tenants);
  const editor = el("textarea", { id: "seed-record", class: "code", rows: "8", spellcheck: "false", value: JSON.stringify(shape.example, null, 2) });
  const news = el("p", { class: "news", role: "status" });
  const add = async () => {
    let record;
    try {
      record = JSON.parse(editor.value);
    } catch (error) {
      news.textContent = `This is no JSON. ${error.message}`;
      return;
    }
    const records = [record].flat().map((each) => ({ tenant: tenant.value, record: each }));
    try {
      const path = `${encodeURIComponent(forms.api)}/records/${encodeURIComponent(shape.name)}`;
      const added = await ask(path, { method: "POST", json: { records } });
      news.textContent = `Added ${added.records}.`;
      onAdded();
    } catch (error) {
      const lines = error.errors.map((each) => el("li", {}, el("code", {}, (each.pointer ?? each.field).replace(/^\/records\/0\/record(?=\/)/, "")), ` ${each.message}`));
      news.replaceChildren(lines.length ? el("ul", {}, lines) : error.message);
    }
  };
  return el(
    "details",
    {},
    el("summary", {}, "Add records"),
    el(
      "form",
      { novalidate: true, onsubmit: (event) => { event.preventDefault(); add(); } },
      field("Tenant", tenant),
      field(`One ${shape.name}, or an array`, editor, { hint: `Takes the place of one with the same ${shape.keys.map((key) => key.slice(1)).join(" or ")}. A reset takes it away.` }),
      news,
      el("div", { class: "actions" }, el("button", { type: "submit" }, "Add")),
    ),
  );
}
