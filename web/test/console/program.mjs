// Starts a Filo of its own, in a temporary folder and on a free port, and stops it as an
// operator would: with SIGTERM, after which it must end with 0.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
/** A debug build on a busy machine fills a small demo well within this. */
const PATIENCE_MS = 90_000;
/** Closing writes everything to disk. */
const CLOSING_MS = 20_000;

/** A program that serves; `filled` are the arguments of `demo` it is filled with beforehand. */
export async function start(binary, { filled } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "filo-console-"));
  const data = join(folder, "data");
  if (filled) {
    await run(binary, ["demo", "--data", data, ...filled, "--no-serve"], { timeout: PATIENCE_MS });
  }
  const server = spawn(binary, ["--data", data, "--listen", "127.0.0.1:0"]);
  // Whatever becomes of the checks, nothing goes on running after them.
  const leave = () => server.kill("SIGKILL");
  process.once("exit", leave);
  let told = "";
  server.stdout.on("data", (text) => (told += text));
  server.stderr.on("data", (text) => (told += text));
  const ended = new Promise((done) => server.on("exit", (code, signal) => done(code ?? signal)));
  const url = await Promise.race([
    new Promise((ready) => {
      server.stdout.on("data", () => {
        const found = /is ready: (http:\S+)/.exec(told);
        // The whole greeting is there when its last line is.
        if (found && /filo login/.test(told)) ready(found[1]);
      });
    }),
    ended.then((code) => {
      throw new Error(`Filo ended with ${code} before it was ready:\n${told}`);
    }),
    new Promise((_, fail) => {
      setTimeout(() => fail(new Error(`Filo was not ready in time:\n${told}`)), PATIENCE_MS).unref();
    }),
  ]);
  return {
    url,
    /** What it has said so far: the first time, its keys. */
    told: () => told,
    /** A link that logs in, once. */
    async link() {
      const { stdout } = await run(binary, ["login", "--data", data], { timeout: PATIENCE_MS });
      return /http:\S+/.exec(stdout)[0];
    },
    async stop() {
      server.kill("SIGTERM");
      const late = new Promise((done) => setTimeout(() => done("late"), CLOSING_MS).unref());
      const code = await Promise.race([ended, late]);
      if (code === "late") leave();
      process.removeListener("exit", leave);
      await rm(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`Filo did not stop well (${code}):\n${told}`);
    },
  };
}
