// The answer to the last request.

import { code, copyButton, el, pretty, prose, statusChip } from "./dom.js";
import { send } from "./request.js";

/** Shows answers in `section`. */
export class AnswerView {
  constructor(section) {
    this.news = el("p", { class: "news", role: "status" }, "Send a request to see its answer here.");
    this.content = el("div", {});
    section.replaceChildren(section.querySelector("h2"), this.news, this.content);
  }

  /** Forget what was shown. */
  clear() {
    this.news.replaceChildren("Send a request to see its answer here.");
    this.content.replaceChildren();
  }

  /** Send `made` and show its answer. */
  async send(made, operation) {
    this.news.replaceChildren("Waiting …");
    let answer;
    try {
      answer = await send(made);
    } catch (error) {
      this.news.replaceChildren(statusChip(0, "no answer"), ` The connection broke: ${error.message}`);
      this.content.replaceChildren();
      return;
    }
    const documented = operation.responses.find((each) => each.status === String(answer.status));
    this.news.replaceChildren(
      statusChip(answer.status, `${answer.status} ${answer.phrase}`.trim()),
      ` ${Math.max(1, Math.round(answer.milliseconds))} ms. ${documented ? prose(documented.description) : "The spec does not list this status."}`,
    );
    const body = pretty(answer.body);
    this.content.replaceChildren(
      answer.body === ""
        ? el("p", { class: "hint" }, "The body is empty.")
        : el("figure", { class: "line" }, el("figcaption", {}, el("h3", {}, "Body"), copyButton("Copy the body", () => body)), code(body, "Body of the answer")),
      headerList(answer.headers),
    );
  }
}

/** Return pairs of names and values as a description list that can be opened. */
export function headerList(pairs) {
  const list = el("dl", { class: "headers" }, pairs.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
  return el("details", {}, el("summary", {}, `Headers (${pairs.length})`), list);
}
