// What forms cannot do alone. Everything on a page works without any script.
(() => {
  "use strict";

  // A login link may carry its key behind "#", which no server and no log sees.
  const secret = document.querySelector('input[name="key"]');
  if (secret && location.hash.startsWith("#key=")) {
    secret.value = decodeURIComponent(location.hash.slice(5));
    history.replaceState(null, "", location.pathname + location.search);
  }

  for (const button of document.querySelectorAll("button[data-copy]")) {
    const target = document.getElementById(button.dataset.copy);
    if (!target || !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(target.textContent);
      button.textContent = button.dataset.copied || button.textContent;
    });
  }

  // A menu closes when one looks elsewhere.
  const close = (but) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(but)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("focusin", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // What was just done leaves by itself, unless there is something to press in it.
  for (const toast of document.querySelectorAll("[data-toast]")) {
    const life = toast.querySelector("button, a") ? 10000 : 6000;
    setTimeout(() => toast.remove(), life);
  }
  // Reading the page again must not say it again.
  const here = new URL(location.href);
  const passing = [...here.searchParams.keys()].filter((name) => /^(done|lang$|theme$)/.test(name));
  if (passing.length > 0) {
    for (const name of passing) here.searchParams.delete(name);
    history.replaceState(null, "", here);
  }

  // A step that is one click without a script.
  document.querySelector("form[data-go-on]")?.requestSubmit();

  // Filters that act when they change.
  for (const form of document.querySelectorAll("form[data-auto]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }
})();
