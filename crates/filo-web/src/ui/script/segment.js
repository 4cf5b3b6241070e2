// The form of a segment: its steps without leaving the page, and the count while one types.
(() => {
  "use strict";

  const pause = 700;
  const form = () => document.querySelector("form[data-builder]");
  if (!form()) return;
  let asked = 0;
  let waiting;

  const send = async (pressed, address) => {
    const fields = new URLSearchParams(new FormData(form()));
    fields.set("act", pressed);
    const answer = await fetch(address, { method: "POST", body: fields });
    // A session that ended leads elsewhere.
    if (answer.redirected) return location.assign(answer.url);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const count = async () => {
    const number = ++asked;
    const page = await send("count", form().action);
    const told = page?.getElementById("segment-count");
    // Only the newest question may answer.
    if (number === asked && told) {
      document.getElementById("segment-count").replaceChildren(...told.childNodes);
    }
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(count, pause);
  };

  const step = async (button) => {
    ++asked;
    clearTimeout(waiting);
    const address = new URL(button.getAttribute("formaction") ?? form().action, location.href);
    const page = await send(button.value, address);
    const main = page?.getElementById("content");
    if (!main) return;
    const counted = document.getElementById("segment-count");
    document.getElementById("content").replaceChildren(...main.childNodes);
    if (button.value !== "count" && button.value !== "check") {
      document.getElementById("segment-count")?.replaceChildren(...counted.childNodes);
      soon();
    }
    const there = document.getElementById(decodeURIComponent(address.hash.slice(1)));
    const wrong = document.querySelector('#content [aria-invalid="true"]');
    const field = wrong ?? there?.querySelector("input:not([type=hidden], [type=checkbox]), select, textarea");
    field?.focus({ preventScroll: !wrong });
    there?.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target !== form() || button?.name !== "act" || button.value === "save") return;
    event.preventDefault();
    step(button);
  });
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      if (event.target.closest("form[data-builder]") && /^(c\.|text$)/.test(event.target.name)) soon();
    });
  }
  soon();
})();
