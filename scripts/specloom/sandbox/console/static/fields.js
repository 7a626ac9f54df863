// The fields of a form: parameters, body, credentials, preferences. Each part has `element` and `value`.

import { choice, el, field, prose } from "./dom.js";

const FAULTS = [
  ["", "none"],
  ["drop", "drop: close the connection before anything happens"],
  ["reset", "reset: reset the connection before anything happens"],
  ["lose", "lose: carry it out, and close without an answer"],
  ["cut", "cut: break off in the middle"],
  ["garbage", "garbage: send what is no HTTP"],
  ["malformed", "malformed: break off the body"],
  ["slow", "slow: send it in small pieces"],
];

/** Return the fields of the parameters of an operation; `value` gives texts by "location name". */
export function parameterFields(operation) {
  const controls = new Map();
  const element = el("fieldset", {}, el("legend", {}, "Parameters"));
  operation.parameters.forEach((parameter, index) => {
    const control = parameterControl(parameter, `parameter-${index}`);
    controls.set(`${parameter.in} ${parameter.name}`, { parameter, control });
    const note = `${parameter.in}, ${parameter.required ? "required" : "optional"}`;
    element.append(field(parameter.name, control, { note, hint: prose(parameter.description) }));
  });
  return {
    element: operation.parameters.length ? element : null,
    value: () => Object.fromEntries([...controls].map(([key, { parameter, control }]) => [key, read(parameter, control)])),
    fill(location, name, value) {
      for (const { parameter, control } of controls.values()) {
        const same = location === "header" ? parameter.name.toLowerCase() === name : parameter.name === name;
        if (parameter.in === location && same) control.value = String(value);
      }
    },
  };
}

const isArray = (parameter) => [parameter.schema.type].flat().includes("array");

function parameterControl(parameter, id) {
  const { schema } = parameter;
  const isShown = parameter.required || parameter.in === "path" || parameter.in === "query";
  const example = parameter.examples[0]?.value ?? schema.default ?? schema.examples?.[0];
  const start = isShown && example !== undefined ? example : "";
  const options = schema.enum ?? ([schema.type].flat().includes("boolean") ? ["true", "false"] : null);
  const attributes = { id, "aria-required": parameter.required ? "true" : null, spellcheck: "false", autocomplete: "off" };
  if (options) return choice(attributes, [["", "not sent"], ...options.map(String)], String(start));
  if (isArray(parameter)) {
    return el("textarea", { ...attributes, rows: "2", placeholder: "one value a line", value: [start].flat().join("\n") });
  }
  const shown = example !== undefined && start === "" ? `such as ${example}` : null;
  return el("input", { ...attributes, placeholder: shown, value: String(start) });
}

function read(parameter, control) {
  return isArray(parameter) && control.tagName === "TEXTAREA" ? control.value.split("\n").filter((line) => line !== "") : control.value;
}

/** Return the editor of the body of an operation; `value` gives {mediaType, text}, null when it has no body. */
export function bodyFields(operation) {
  const { body } = operation;
  if (body === null) return { element: null, value: () => null, change() {} };
  const mediaType = choice({ id: "media-type" }, body.media_types.map((each) => each.name));
  const examples = body.media_types.flatMap((type) => type.examples.map((example) => ({ ...example, mediaType: type.name })));
  const editor = el("textarea", { id: "body", spellcheck: "false", autocomplete: "off", class: "code" });
  const verdict = el("p", { class: "hint", id: "body-hint", role: "status" });
  editor.setAttribute("aria-describedby", "body-hint");
  const chosen = choice({ id: "example" }, examples.map((example, index) => [String(index), example.summary]));
  const judge = () => {
    verdict.textContent = isJson(mediaType.value) ? fault(editor.value) : "";
    editor.rows = Math.min(30, Math.max(3, editor.value.split("\n").length));
  };
  const show = () => {
    const example = examples[Number(chosen.value)];
    if (!example) return;
    mediaType.value = example.mediaType;
    editor.value = typeof example.value === "string" && !isJson(example.mediaType) ? example.value : JSON.stringify(example.value, null, 2);
    judge();
  };
  chosen.addEventListener("change", show);
  editor.addEventListener("input", judge);
  show();
  judge();
  const note = `${body.required ? "required" : "optional"}${body.media_types.length === 1 ? `, ${mediaType.value}` : ""}`;
  const element = el(
    "fieldset",
    {},
    el("legend", {}, "Body"),
    examples.length > 1 && field("Example", chosen),
    body.media_types.length > 1 && field("Media type", mediaType),
    field("Content", editor, { note }),
    verdict,
  );
  return {
    element,
    value: () => ({ mediaType: mediaType.value, text: editor.value }),
    change(edit) {
      try {
        editor.value = JSON.stringify(edit(JSON.parse(editor.value || "{}")), null, 2);
      } catch {
        return;
      }
      judge();
    },
  };
}

const isJson = (mediaType) => /[/+]json$/.test(mediaType.split(";")[0].trim());

function fault(text) {
  if (text.trim() === "") return "No body is sent.";
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    return `This is no JSON, and is sent as it is. ${error.message}`;
  }
}

/** Return the choice of credentials of an operation; `sends` gives what is sent, `hidden` what no line may show. */
export function credentialFields(operation) {
  const known = operation.credentials.map((each, index) => [
    String(index), `${each.tenant}, ${each.schemes}${each.forbidden ? ", not allowed to do this" : ""}`,
  ]);
  const chosen = choice({ id: "credential" }, [...known, ["none", "nobody"], ["other", "another Authorization …"]]);
  const other = el("input", { id: "authorization", type: "password", autocomplete: "off" });
  const entry = field("Authorization", other, { hint: "Sent as it is; the lines below show a variable in its place." });
  entry.hidden = true;
  chosen.addEventListener("change", () => { entry.hidden = chosen.value !== "other"; });
  return {
    element: el("div", {}, field("Send as", chosen), entry),
    sends() {
      if (chosen.value === "other") return other.value ? [{ in: "header", name: "Authorization", value: other.value }] : [];
      return operation.credentials[Number(chosen.value)]?.sends ?? [];
    },
    tenant: () => operation.credentials[Number(chosen.value)]?.tenant ?? "",
    hidden: () => (chosen.value === "other" ? [[other.value, "$AUTHORIZATION"]] : []),
    fill(tenant) {
      const index = operation.credentials.findIndex((each) => each.tenant === tenant && !each.forbidden);
      if (index >= 0) chosen.value = String(index);
      entry.hidden = chosen.value !== "other";
    },
  };
}

/** Return what may be asked of the sandbox by `Prefer`; `value` gives the preferences as they are sent. */
export function preferFields(operation) {
  const code = choice({ id: "prefer-code" }, [
    ["", "what the request deserves"], ...operation.responses.map((each) => [each.status, `${each.status}: ${prose(each.description)}`]),
  ]);
  const example = choice({ id: "prefer-example" }, []);
  const dynamic = el("input", { id: "prefer-dynamic", type: "checkbox" });
  const delay = el("input", { id: "prefer-delay", inputmode: "decimal", placeholder: "seconds", autocomplete: "off" });
  const fault = choice({ id: "prefer-fault" }, FAULTS);
  const flap = el("input", { id: "prefer-flap", inputmode: "numeric", placeholder: "times", autocomplete: "off" });
  const offer = () => {
    const response = operation.responses.find((each) => each.status === code.value);
    const names = response ? response.examples : [];
    example.replaceChildren(...[["", "the first"], ...names.map((name) => [name, name])].map(([value, text]) => el("option", { value }, text)));
    example.disabled = names.length < 2;
  };
  code.addEventListener("change", offer);
  offer();
  const element = el(
    "details",
    { class: "prefer" },
    el("summary", {}, "Ask for a certain answer or a fault"),
    el("p", { class: "hint" }, "Sent as the header ", el("code", {}, "Prefer"), ", which the sandbox alone understands."),
    el(
      "div",
      { class: "pairs" },
      field("Answer", code),
      field("Example", example),
      field("Delay", delay),
      field("Fault", fault),
      field("Fail first", flap),
      el("div", { class: "check" }, dynamic, el("label", { for: "prefer-dynamic" }, "Generate the body from its schema")),
    ),
  );
  const given = () => [
    ["code", code.value], ["example", example.value], ["dynamic", dynamic.checked ? "true" : ""],
    ["delay", delay.value.trim()], ["fault", fault.value], ["flap", flap.value.trim()],
  ];
  return { element, value: () => given().filter(([, value]) => value !== "").map(([name, value]) => `${name}=${value}`) };
}
