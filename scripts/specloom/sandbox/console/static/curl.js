// Write a request as a curl line.

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Return `made` as a line for a POSIX shell; `hidden` lists texts to leave out, each with what stands for it. */
export function curl(origin, made, hidden = []) {
  const parts = [`curl -X ${made.method} ${quoted(origin + made.target)}`];
  if (made.method === "HEAD") parts[0] = `curl --head ${quoted(origin + made.target)}`;
  for (const [name, value] of made.headers) {
    const shown = hidden.find(([secret]) => secret && secret === value);
    parts.push(shown ? `-H "${name}: ${shown[1]}"` : `-H ${quoted(`${name}: ${value}`)}`);
  }
  if (made.body !== null) parts.push(`--data-raw ${quoted(made.body)}`);
  return parts.join(" \\\n  ");
}
