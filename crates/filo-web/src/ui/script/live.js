// Events as they arrive. Without it the page shows the last ones and a link to read it again.
(() => {
  "use strict";

  const most = 100;
  const sampled = 60;
  const fragment = (html) => new DOMParser().parseFromString(html, "text/html").body;

  const feed = document.querySelector("[data-feed]");
  if (feed && window.EventSource) {
    const state = document.querySelector("[data-live-state]");
    const pause = document.querySelector("[data-live-pause]");
    const sample = document.querySelector("[data-live-sample]");
    let paused = false;
    let held = [];
    let unseen = [];

    const tell = (word) => (state.textContent = state.dataset[word]);
    const show = (line) => {
      document.querySelector("[data-feed-empty]")?.remove();
      feed.prepend(line);
      while (feed.children.length > most) feed.lastElementChild.remove();
    };
    const measure = (line) => {
      unseen.push(Number(line.dataset.unseen));
      if (unseen.length > sampled) unseen.shift();
      const passed = unseen.reduce((sum, count) => sum + count, unseen.length);
      const ratio = Math.round(passed / unseen.length);
      sample.hidden = ratio < 2;
      sample.textContent = sample.dataset.liveSample.replace("{n}", ratio);
    };

    const source = new EventSource(feed.dataset.feed);
    source.addEventListener("open", () => tell(paused ? "paused" : "on"));
    source.addEventListener("error", () => tell("off"));
    source.addEventListener("message", (event) => {
      // A list item outside of a list is still an item to the parser.
      const line = fragment(event.data).querySelector("li");
      if (!line) return;
      measure(line);
      if (!paused) return show(line);
      held.push(line);
      if (held.length > most) held.shift();
    });
    pause.hidden = false;
    const words = [pause.textContent, pause.dataset.go];
    pause.addEventListener("click", () => {
      paused = !paused;
      pause.textContent = words[Number(paused)];
      pause.setAttribute("aria-pressed", String(paused));
      tell(paused ? "paused" : "on");
      if (paused) return;
      held.forEach(show);
      held = [];
    });
    addEventListener("pagehide", () => source.close());
  }

  // A new source: says by itself when its first event is there.
  const panel = document.querySelector("[data-await]");
  if (panel && window.EventSource) {
    const source = new EventSource(panel.dataset.await);
    source.addEventListener("message", (event) => {
      source.close();
      panel.classList.add("arrived");
      panel.replaceChildren(...fragment(event.data).children);
    });
    addEventListener("pagehide", () => source.close());
  }
})();
