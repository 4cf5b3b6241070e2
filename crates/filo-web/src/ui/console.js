// What forms cannot do alone. Everything on the page works without this file.
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
    button.classList.add("quiet");
  });
}

// "/" goes to the search, as in most tools.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
  const search = document.querySelector('input[type="search"]');
  if (!search) return;
  event.preventDefault();
  search.focus();
});
