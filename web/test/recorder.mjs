// A stand-in for Filo's ingestion that remembers what it was sent, and a server for the page.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

async function listen(handler) {
  const server = createServer(handler);
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

/** Serves the page at `/` of an origin of its own. */
export async function servePage(file) {
  const html = await readFile(file);
  return listen((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(html);
  });
}

/** Answers as Filo does; `answers` holds the answers to give first, as [status, headers]. */
export async function record(script) {
  const kept = { messages: [], preflights: 0, answers: [] };
  const { server, url } = await listen(async (request, response) => {
    const open = {
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Expose-Headers": "Retry-After",
    };
    if (request.url.startsWith("/analytics.js/")) {
      const type = { "Content-Type": "text/javascript; charset=utf-8" };
      return response.writeHead(200, type).end(await readFile(script));
    }
    if (request.method === "OPTIONS") {
      kept.preflights += 1;
      return response.writeHead(204, open).end();
    }
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const [status, headers] = kept.answers.shift() ?? [200, {}];
    const body = JSON.parse(Buffer.concat(chunks).toString() || "{}");
    for (const message of body.batch ?? [body]) {
      kept.messages.push({ path: request.url, status, writeKey: body.writeKey, ...message });
    }
    response.writeHead(status, { ...open, ...headers }).end('{"success":true}');
  });
  return { server, url, kept };
}
