// The editor of content: preview and findings follow what one types.
(() => {
  "use strict";

  const form = document.querySelector("form[data-piece]");
  const again = form?.querySelector("button[data-frame]");
  if (!again) return;
  const pause = 600;
  let waiting;
  let asked = 0;

  const look = () => form.requestSubmit(again);
  const read = async () => {
    const number = ++asked;
    const fields = new URLSearchParams(new FormData(form));
    fields.set("act", "check");
    const answer = await fetch(form.action, { method: "POST", body: fields });
    // A session that ended leads elsewhere.
    if (answer.redirected) return location.assign(answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Only the newest question may answer.
    if (number !== asked) return;
    for (const old of form.querySelectorAll("#piece-findings, .counter[id]")) {
      const told = page.getElementById(old.id);
      if (told) old.replaceChildren(...told.childNodes);
    }
  };

  form.addEventListener("input", (event) => {
    if (["who", "screen"].includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      look();
      if (event.target.name !== "light") read();
    }, pause);
  });
  again.hidden = true;
  look();
})();
