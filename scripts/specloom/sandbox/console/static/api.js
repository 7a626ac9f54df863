// What there is to know of an API, on top of its forms.

import { ask } from "./control.js";
import { copyButton, el } from "./dom.js";

/** Show title, base URL and links of `forms` in `section`. */
export async function showApi(section, forms) {
  const url = location.origin + forms.mount;
  const below = `/_sandbox/${encodeURIComponent(forms.api)}`;
  const questions = el("a", { href: `${below}/reference` }, "questions to the vendor");
  section.replaceChildren(
    el("h2", {}, forms.title, el("span", { class: "note" }, ` ${forms.version}`)),
    el(
      "div",
      { class: "facts" },
      el("span", {}, el("span", { class: "note" }, "Base URL "), el("code", {}, url), " ", copyButton("Copy the base URL", () => url)),
      el("a", { href: `${below}/reference` }, "Reference"),
      el("a", { href: `${below}/openapi.json` }, "OpenAPI"),
      questions,
    ),
  );
  const found = await ask(`${encodeURIComponent(forms.api)}/questions`);
  questions.textContent = `${found.questions.length} questions for the vendor`;
  questions.href = `${below}/reference#questions`;
}
