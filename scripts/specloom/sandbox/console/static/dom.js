// Make elements.

/**
 * Return a new element. A member of `attributes` that is a function listens (`onclick`); true and false set and leave
 * out; null and undefined are left out. Children are nodes or texts; those that are null or false are left out.
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Return a select with `options`, each a value or a pair of value and text. */
export function choice(attributes, options, chosen = "") {
  const pairs = options.map((option) => (Array.isArray(option) ? option : [option, option]));
  return el("select", attributes, pairs.map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
}

/** Return a control with its label on top and a hint below; `control` needs an id. */
export function field(label, control, { hint = "", note = "" } = {}) {
  const described = hint ? `${control.id}-hint` : null;
  if (described) control.setAttribute("aria-describedby", described);
  return el(
    "div",
    { class: "field" },
    el("label", { for: control.id }, label, note && el("span", { class: "note" }, ` ${note}`)),
    control,
    hint && el("p", { class: "hint", id: described }, hint),
  );
}

/** Return a button that copies what `text` returns, and says so. */
export function copyButton(label, text) {
  const button = el("button", { type: "button", class: "small", "aria-label": label }, "Copy");
  button.addEventListener("click", async () => {
    let done = "Copied";
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      done = "Not allowed";
    }
    button.textContent = done;
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  return button;
}

/** Return a chip with a status, coloured by its class. */
export function statusChip(status, text = "") {
  return el("span", { class: "chip status", "data-class": String(status)[0] }, text || String(status));
}

/** Return a region with code that can be scrolled by keyboard. */
export function code(text, label) {
  return el("pre", { tabindex: "0", role: "region", "aria-label": label }, el("code", {}, text));
}

/** Return a chip with the state of a record, which may be broken at underscores. */
export function stateChip(state, tone) {
  const parts = String(state).split(/(?<=_)/).flatMap((part, index) => (index ? [el("wbr"), part] : [part]));
  return el("span", { class: "chip state", "data-tone": tone }, parts);
}

/** Return text as paragraphs: a single line break is a space. */
export function prose(text) {
  return text.trim().replace(/[ \t]*\n(?!\n)(?<!\n\n)[ \t]*/g, " ").replace(/ *\n+ */g, "\n");
}

/** Return JSON indented; other text as it is. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Return a function that calls `work` once, `wait` milliseconds after the last call. */
export function settled(work, wait) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, wait);
  };
}
