// Ctrl K: look for anybody from anywhere.
(() => {
  "use strict";

  const palette = document.getElementById("palette");
  if (!palette) return;
  const input = document.getElementById("palette-input");
  const found = document.getElementById("palette-found");
  const places = document.getElementById("palette-places");
  let asked = 0;
  let waiting;

  const options = () =>
    [...palette.querySelectorAll('[role="option"]')].filter((option) => !option.hidden);

  const choose = (option) => {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.id ||= `option-${Math.random().toString(36).slice(2)}`;
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const look = async () => {
    const text = input.value.trim();
    const number = ++asked;
    for (const place of places.children) {
      place.hidden = text !== "" && !place.textContent.toLowerCase().includes(text.toLowerCase());
    }
    if (text === "") {
      found.replaceChildren();
    } else {
      const answer = await fetch(`/people/suggestions?search=${encodeURIComponent(text)}`, {
        headers: { accept: "text/html" },
      });
      // Only the newest question may answer.
      if (number !== asked || !answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      found.replaceChildren(...page.body.children);
    }
    choose(options()[0]);
  };

  const open = (event) => {
    event.preventDefault();
    if (palette.open) return;
    palette.showModal();
    input.value = "";
    look();
    input.focus();
  };

  for (const door of document.querySelectorAll("[data-palette]")) {
    door.addEventListener("click", open);
  }
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") open(event);
  });
  palette.addEventListener("click", (event) => {
    if (event.target === palette) palette.close();
  });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 60);
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") choose(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp") choose(all[(at - 1 + all.length) % all.length]);
    else if (event.key === "Enter" && all[at]) location.assign(all[at].href);
    else return;
    event.preventDefault();
  });
})();
