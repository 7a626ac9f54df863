// Ask the control plane.

const KEPT = "specloom.control-token";
const token = { value: sessionStorage.getItem(KEPT) ?? "" };

/** An answer of the control plane that is no success; `status` is 0 when there was none. */
export class ControlError extends Error {
  constructor(status, message, errors = []) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** Keep the control token, for this tab alone. */
export function useToken(value) {
  token.value = value;
  sessionStorage.setItem(KEPT, value);
}

/** Return the response to a request for `path`, below /_sandbox/. Throws ControlError. */
export async function request(path, { method = "GET", headers = {}, body, signal } = {}) {
  const sent = { ...headers };
  if (token.value) sent.Authorization = `Bearer ${token.value}`;
  if (body !== undefined) sent["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(`/_sandbox/${path}`, { method, headers: sent, body, signal, cache: "no-store" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ControlError(0, "the sandbox does not answer");
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  if (response.status === 401) document.dispatchEvent(new Event("token-wanted"));
  throw new ControlError(response.status, problem.detail ?? response.statusText, problem.errors);
}

/** Return the JSON value of the answer to a request; null when it is empty. */
export async function ask(path, { method = "GET", json, signal } = {}) {
  const body = json === undefined ? undefined : JSON.stringify(json);
  const response = await request(path, { method, body, signal, headers: { Accept: "application/json" } });
  return response.status === 204 ? null : response.json();
}
