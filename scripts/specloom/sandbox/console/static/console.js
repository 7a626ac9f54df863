// The console: one API at a time, chosen in the fragment of the address as #/api or #/api/operation.

import { AnswerView } from "./answer.js";
import { showApi } from "./api.js";
import { ask, useToken } from "./control.js";
import { el } from "./dom.js";
import { RequestForm } from "./form.js";
import { JournalView } from "./journal.js";
import { RecordsView } from "./records.js";
import { follow } from "./stream.js";

const part = (id) => document.getElementById(id);
const shown = { forms: null, form: null, records: null, journal: null, answer: null, sent: null, stop: null };

async function start() {
  try {
    const { apis } = await ask("");
    part("token-form").hidden = true;
    part("notice").hidden = true;
    listApis(apis);
    shown.answer ??= new AnswerView(part("answer"));
    await showChosen(apis);
    window.onhashchange = () => guarded(() => showChosen(apis));
  } catch (error) {
    fail(error);
  }
}

function listApis(apis) {
  part("apis").replaceChildren(
    ...Object.entries(apis).map(([name, { title }]) => el("li", {}, el("a", { href: `#/${encodeURIComponent(name)}`, "data-api": name }, title))),
  );
}

/** Show what the fragment of the address names, else the first API. */
async function showChosen(apis) {
  const match = /^#\/([^/]+)(?:\/(.+))?$/.exec(location.hash);
  const [name, operation] = match ? match.slice(1).map((text) => text && decodeURIComponent(text)) : [];
  const api = name in apis ? name : Object.keys(apis)[0];
  for (const link of document.querySelectorAll("[data-api]")) {
    if (link.dataset.api === api) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (shown.forms?.api !== api) await showWhole(api);
  const { operations } = shown.forms;
  const chosen = operations.find((each) => each.id === operation) ?? operations[0];
  if (chosen && shown.form?.operation !== chosen) showForm(chosen);
}

async function showWhole(api) {
  shown.stop?.();
  shown.forms = await ask(`${encodeURIComponent(api)}/forms`);
  const { forms } = shown;
  document.title = `${forms.title} – Sandbox console`;
  shown.form = null;
  shown.answer.clear();
  shown.records = new RecordsView(part("records"), forms, { onUse: useRecord, tones });
  shown.journal = new JournalView(part("journal"), forms);
  guarded(() => showApi(part("about"), forms));
  const found = await ask(`journal?${new URLSearchParams({ api, newest: "true", limit: "100" })}`);
  shown.journal.fill(found.entries);
  shown.stop = follow(found.last, (entry) => take(api, entry), showConnection);
}

function showForm(operation) {
  shown.form = new RequestForm(part("request"), part("elsewhere"), shown.forms, operation, {
    onChoose: choose,
    onSend: (made, sent) => shown.answer.send(made, sent),
  });
  if (operation.transition) shown.records.choose(operation.transition.record);
}

const choose = (id) => { location.hash = `#/${encodeURIComponent(shown.forms.api)}/${encodeURIComponent(id)}`; };

function take(api, entry) {
  if (entry.api !== api) return;
  shown.journal.add(entry);
  if (entry.changed.length) shown.records.mark(entry.changed);
}

/** Write a record into the form of an operation that acts on its kind. */
function useRecord(kind, tenant, record) {
  if (shown.form.operation.transition?.record !== kind) {
    const other = shown.forms.operations.find((each) => each.transition?.record === kind);
    if (!other) return;
    showForm(other);
    choose(other.id);
  }
  shown.form.use(tenant, record);
  part("request").querySelector("button.primary").focus();
}

/** Say whether some operation moves a record out of a state ("open"), or leads to it ("done"). */
function tones(kind, state) {
  const transitions = shown.forms.operations.map((each) => each.transition).filter((each) => each?.record === kind);
  if (transitions.some((each) => each.from.includes(state))) return "open";
  return transitions.some((each) => each.to === state) ? "done" : "other";
}

function showConnection(state) {
  // What was changed while nothing came is seen only in the records themselves.
  if (state === "live" && part("connection").dataset.state === "lost") shown.records.load();
  const words = { live: "live", lost: "connecting again …", refused: "refused" };
  part("connection").dataset.state = state;
  part("connection").textContent = words[state];
}

async function guarded(work) {
  try {
    await work();
  } catch (error) {
    fail(error);
  }
}

function fail(error) {
  if (error.status === 401) return;
  part("notice").textContent = error.message;
  part("notice").hidden = false;
  showConnection("refused");
}

document.addEventListener("token-wanted", () => {
  part("token-form").hidden = false;
  part("token").focus();
});
part("token-form").addEventListener("submit", (event) => {
  event.preventDefault();
  useToken(part("token").value);
  part("token").value = "";
  start();
});
start();
