// Keys for those who live in the console: "?" shows them.
(() => {
  "use strict";

  const doors = { o: "/", p: "/people", e: "/segments", s: "/sources", i: "/settings" };
  let led = false;

  const rows = () => [...document.querySelectorAll("tbody tr a, [data-row] a")].filter(
    (link, index, all) => all.findIndex((other) => other.closest("tr, [data-row]") === link.closest("tr, [data-row]")) === index,
  );

  const step = (by) => {
    const all = rows();
    if (all.length === 0) return false;
    const row = document.activeElement?.closest("tr, [data-row]");
    const at = all.findIndex((link) => link.closest("tr, [data-row]") === row);
    all[Math.min(Math.max(at + by, 0), all.length - 1)].focus();
    return true;
  };

  const act = {
    "/": () => {
      const search = document.querySelector('main input[type="search"]');
      search?.focus();
      return Boolean(search);
    },
    j: () => step(1),
    k: () => step(-1),
    n: () => {
      const note = document.querySelector("[data-note]");
      if (!note) return false;
      note.closest("details")?.setAttribute("open", "");
      note.focus();
      return true;
    },
    "?": () => {
      const help = document.getElementById("shortcuts");
      help?.showModal();
      return Boolean(help);
    },
    g: () => {
      led = true;
      setTimeout(() => (led = false), 1200);
      return true;
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    if (led && doors[event.key]) {
      led = false;
      event.preventDefault();
      location.assign(doors[event.key]);
      return;
    }
    if (act[event.key]?.()) event.preventDefault();
  });
})();
