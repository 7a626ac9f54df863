// Make a request of what a form holds.

/** Return whether a value of a form stands for nothing. */
const isEmpty = (value) => value === "" || value === null || (Array.isArray(value) && value.length === 0);

/**
 * Return {method, target, headers, body, notes} for `operation`, served below `mount`.
 *
 * `given` has `parameters` (texts by "location name"; arrays of texts for arrays), `body` ({mediaType, text} or null),
 * `sends` (what the credential sends), `prefer` (values of Prefer). `notes` says what a browser cannot send.
 */
export function build(mount, operation, given) {
  const headers = [];
  const query = [];
  const cookies = [];
  let path = operation.path;
  const put = (location, name, value) => {
    if (location === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (location === "query") query.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    else if (location === "cookie") cookies.push(`${name}=${value}`);
    else headers.push([name, value]);
  };
  for (const parameter of operation.parameters) {
    const value = given.parameters[`${parameter.in} ${parameter.name}`] ?? "";
    if (isEmpty(value) && parameter.in !== "path") continue;
    const values = parameter.in === "query" && Array.isArray(value) ? value : [Array.isArray(value) ? value.join(",") : value];
    for (const each of values) put(parameter.in, parameter.name, each);
  }
  for (const sent of given.sends) put(sent.in, sent.name, sent.value);
  if (given.prefer.length) headers.push(["Prefer", given.prefer.join(", ")]);
  const body = given.body && given.body.text !== "" ? given.body.text : null;
  if (body !== null) headers.push(["Content-Type", given.body.mediaType]);
  if (cookies.length) headers.push(["Cookie", cookies.join("; ")]);
  const notes = [];
  if (cookies.length) notes.push("A page may not set cookies: send this request with the curl line.");
  if (body !== null && ["GET", "HEAD"].includes(operation.method)) notes.push("A browser sends no body with GET: use the curl line.");
  return { method: operation.method, target: mount + path + (query.length ? `?${query.join("&")}` : ""), headers, body, notes };
}

/** Return the values of a request as the control plane's `RequestValues` has them. */
export function values(operation, given) {
  const found = { path: {}, query: {}, header: {}, cookie: {} };
  for (const parameter of operation.parameters) {
    const value = given.parameters[`${parameter.in} ${parameter.name}`] ?? "";
    if (!isEmpty(value)) found[parameter.in][parameter.name] = typed(value, parameter.schema);
  }
  if (given.body && given.body.text !== "") {
    try {
      found.body = JSON.parse(given.body.text);
    } catch {
      return null;
    }
  }
  return found;
}

function typed(value, schema) {
  if (Array.isArray(value)) return value.map((each) => typed(each, schema.items ?? {}));
  const types = [schema.type].flat();
  if ((types.includes("integer") || types.includes("number")) && value.trim() !== "" && Number.isFinite(Number(value))) return Number(value);
  if (types.includes("boolean") && ["true", "false"].includes(value)) return value === "true";
  return value;
}

/** Send a request; return {status, phrase, headers, body, milliseconds}. Throws when no answer comes. */
export async function send(made) {
  const headers = new Headers();
  for (const [name, value] of made.headers) if (name !== "Cookie") headers.append(name, value);
  const started = performance.now();
  const response = await fetch(made.target, {
    method: made.method, headers, body: made.body, cache: "no-store", credentials: "omit", redirect: "manual",
  });
  const body = await response.text();
  return {
    status: response.status,
    phrase: response.statusText,
    headers: [...response.headers],
    body,
    milliseconds: performance.now() - started,
  };
}
