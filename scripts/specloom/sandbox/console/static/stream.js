// Follow the journal: server-sent events over fetch, which unlike EventSource can send the control token.

import { request } from "./control.js";

/**
 * Call `onEntry` for each new entry after `after`, and `onState` with "live", "lost" or "refused".
 * A connection that breaks is made again, from the last entry that came. Returns a function that stops it.
 */
export function follow(after, onEntry, onState) {
  const controller = new AbortController();
  const seen = { last: after };
  run(controller.signal, seen, onEntry, onState);
  return () => controller.abort();
}

async function run(signal, seen, onEntry, onState) {
  while (!signal.aborted) {
    try {
      const response = await request("journal", {
        headers: { Accept: "text/event-stream", "Last-Event-ID": String(seen.last) },
        signal,
      });
      onState("live");
      await read(response.body, (event) => {
        seen.last = Number(event.id);
        onEntry(JSON.parse(event.data));
      });
    } catch (error) {
      if (signal.aborted) return;
      if (error.status === 401 || error.status === 403) {
        onState("refused");
        return;
      }
    }
    onState("lost");
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Call `onEvent` for each event of a stream of bytes (HTML Living Standard, 9.2.6); comments are left out. */
async function read(body, onEvent) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = {};
      for (const line of block.split("\n")) {
        const at = line.indexOf(": ");
        if (at > 0) event[line.slice(0, at)] = line.slice(at + 2);
      }
      if (event.data) onEvent(event);
    }
  }
}
