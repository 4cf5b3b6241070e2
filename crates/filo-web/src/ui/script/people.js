// The list of people answers while one types; on a phone the parts of a person begin folded.
(() => {
  "use strict";

  const search = document.getElementById("people-search");
  if (search) {
    let asked = 0;
    let waiting;
    const look = async () => {
      const number = ++asked;
      const query = new URLSearchParams(new FormData(search));
      if (!query.get("search")?.trim()) query.delete("search");
      const address = `/people${query.size > 0 ? `?${query}` : ""}`;
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      // Only the newest question may answer; a session that ended leads elsewhere.
      if (number !== asked || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of ["people-results", "people-count", "people-tools"]) {
        const found = page.getElementById(id);
        if (found) document.getElementById(id).replaceChildren(...found.childNodes);
      }
      history.replaceState(null, "", address);
    };
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 120);
    });
  }

  if (matchMedia("(max-width: 44rem)").matches) {
    for (const part of document.querySelectorAll("details[data-fold]")) part.open = false;
  }
  // A link to a part opens it.
  const open = () => {
    const part = document.getElementById(location.hash.slice(1));
    if (part?.tagName === "DETAILS") {
      part.open = true;
      part.querySelector("textarea")?.focus();
    }
  };
  addEventListener("hashchange", open);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('a[href^="#"]')) setTimeout(open);
  });
  open();
})();
