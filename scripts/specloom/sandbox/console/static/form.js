// The request: a form for one operation, and the same request as a curl line and as code.

import { ask } from "./control.js";
import { curl } from "./curl.js";
import { choice, copyButton, el, field, prose, settled, stateChip } from "./dom.js";
import { bodyFields, credentialFields, parameterFields, preferFields } from "./fields.js";
import { build, values } from "./request.js";

/** Shows the form of one operation of `forms` in `section`; `onSend` is given the request and the operation. */
export class RequestForm {
  constructor(section, elsewhere, forms, operation, { onSend, onChoose }) {
    this.forms = forms;
    this.operation = operation;
    this.parameters = parameterFields(operation);
    this.body = bodyFields(operation);
    this.credentials = credentialFields(operation);
    this.prefer = preferFields(operation);
    this.lines = el("code", {});
    this.snippet = el("code", {});
    this.remarks = el("p", { class: "hint", role: "status" });
    this.form = el(
      "form",
      { novalidate: true, autocomplete: "off" },
      this.chooser(onChoose),
      this.summary(),
      this.parameters.element,
      this.body.element,
      this.credentials.element,
      this.prefer.element,
      this.remarks,
      el("div", { class: "actions" }, el("button", { type: "submit", class: "primary" }, "Send"), el("span", { class: "hint" }, "or Ctrl+Enter")),
    );
    const changed = settled(() => this.write(), 150);
    for (const event of ["input", "change"]) this.form.addEventListener(event, changed);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      onSend(this.made(), operation);
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
    section.replaceChildren(section.querySelector("h2"), this.form);
    elsewhere.replaceChildren(elsewhere.querySelector("h2"), ...this.elsewhere());
    this.write();
  }

  chooser(onChoose) {
    const options = this.forms.operations.map((each) => [each.id, `${each.method} ${each.path}`]);
    const select = choice({ id: "operation" }, options, this.operation.id);
    select.addEventListener("change", () => onChoose(select.value));
    return field("Operation", select);
  }

  summary() {
    const { transition } = this.operation;
    return el(
      "div",
      { class: "summary" },
      el("p", {}, el("strong", {}, this.operation.summary)),
      el("p", { class: "hint" }, prose(this.operation.description)),
      transition && el(
        "p",
        { class: "moves" },
        el("span", { class: "note" }, `${transition.record}: `),
        transition.from.flatMap((state, index) => [index ? " or " : "", stateChip(state, "open")]),
        " becomes ",
        stateChip(transition.to, "done"),
      ),
    );
  }

  elsewhere() {
    const shown = [block("curl", "Copy the curl line", this.lines, "wrapped")];
    if (this.forms.snippets) shown.push(block("Python", "Copy the Python code", this.snippet));
    return shown;
  }

  given() {
    return {
      parameters: this.parameters.value(), body: this.body.value(), sends: this.credentials.sends(), prefer: this.prefer.value(),
    };
  }

  made() {
    return build(this.forms.mount, this.operation, this.given());
  }

  /** Write the members of a record to where the request names them. */
  use(tenant, record) {
    for (const fill of this.operation.transition?.fills ?? []) {
      const value = at(record, fill.member);
      if (value === undefined) continue;
      const tokens = split(fill.pointer);
      if (fill.in === "body") this.body.change((body) => put(body, tokens, value));
      else this.parameters.fill(fill.in, tokens[0], value);
    }
    this.credentials.fill(tenant);
    this.write();
  }

  write() {
    const made = this.made();
    this.lines.textContent = curl(location.origin, made, this.credentials.hidden());
    this.remarks.textContent = made.notes.join(" ");
    if (this.forms.snippets) this.writeSnippet();
  }

  /** Where the code sends the request, and by whom; credentials that nobody documented are left to the reader. */
  aimed() {
    return { base_url: location.origin + this.forms.mount, tenant: this.credentials.tenant() };
  }

  async writeSnippet() {
    const given = values(this.operation, this.given());
    if (given === null) {
      this.snippet.textContent = "# The client sends no body that is not JSON.";
      return;
    }
    this.pending?.abort();
    this.pending = new AbortController();
    try {
      const path = `${encodeURIComponent(this.forms.api)}/snippets/${encodeURIComponent(this.operation.id)}`;
      const answer = await ask(path, { method: "POST", json: { ...given, ...this.aimed() }, signal: this.pending.signal });
      this.snippet.textContent = answer.code.trim();
    } catch (error) {
      if (error.name !== "AbortError") this.snippet.textContent = `# ${error.message}`;
    }
  }
}

function block(name, label, content, kind) {
  return el(
    "figure",
    { class: "line" },
    el("figcaption", {}, el("h3", {}, name), copyButton(label, () => content.textContent)),
    el("pre", { class: kind, tabindex: "0", role: "region", "aria-label": name }, content),
  );
}

/** Return the tokens of a JSON Pointer (RFC 6901). */
export const split = (pointer) => pointer.split("/").slice(1).map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));

/** Return what stands at a JSON Pointer in `value`; undefined when nothing does. */
export const at = (value, pointer) => split(pointer).reduce((found, token) => found?.[token], value);

function put(value, tokens, content) {
  let holder = value;
  tokens.slice(0, -1).forEach((token, index) => {
    holder[token] ??= /^[0-9]+$/.test(tokens[index + 1]) ? [] : {};
    holder = holder[token];
  });
  holder[tokens.at(-1)] = content;
  return value;
}
