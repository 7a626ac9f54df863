// The reference of an API: what its pages contradict or leave open, then Swagger UI.

import { ask } from "./control.js";
import { el } from "./dom.js";

const api = decodeURIComponent(location.pathname.split("/").at(-2));
const KINDS = { conflict: "The pages disagree", inferred: "No page says it" };

function showQuestions(questions) {
  const section = document.getElementById("questions");
  const groups = Object.entries(KINDS).map(([kind, heading]) => [kind, heading, questions.filter((each) => each.kind === kind)]);
  section.append(
    el("p", { class: "hint" }, "What the documentation contradicts or leaves open, and what the spec makes of it. The same notes stand at their places below."),
    ...groups.filter(([, , found]) => found.length).map(([kind, heading, found]) => el(
      "details",
      { open: kind === "conflict" },
      el("summary", {}, el("span", { class: "chip", "data-kind": kind }, `x-${kind}`), ` ${heading} (${found.length})`),
      el("dl", { class: "questions" }, found.map((each) => el("div", {}, el("dt", {}, each.where), el("dd", {}, each.text)))),
    )),
  );
  section.hidden = questions.length === 0;
}

function showReference(spec) {
  document.title = `${spec.info.title} – API reference`;
  document.getElementById("title").textContent = `${spec.info.title} ${spec.info.version}`;
  document.documentElement.classList.toggle("dark-mode", dark.matches);
  window.SwaggerUIBundle({
    spec,
    dom_id: "#reference",
    presets: [window.SwaggerUIBundle.presets.apis],
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    defaultModelExpandDepth: 4,
    showExtensions: true,
    showCommonExtensions: true,
    validatorUrl: null,
  });
}

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => document.documentElement.classList.toggle("dark-mode", dark.matches));
document.getElementById("back").href = `/_sandbox/console#/${encodeURIComponent(api)}`;
try {
  const path = encodeURIComponent(api);
  const [spec, { questions }] = await Promise.all([ask(`${path}/openapi.json`), ask(`${path}/questions`)]);
  showQuestions(questions);
  showReference(spec);
  if (location.hash === "#questions") document.getElementById("questions").scrollIntoView();
} catch (error) {
  const notice = document.getElementById("notice");
  notice.textContent = error.status === 401 ? "Give the control token in the console first, then come back in the same tab." : error.message;
  notice.hidden = false;
}
