// Keys of the queue: they press the button or follow the link that carries them.
(() => {
  "use strict";

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.target.closest("input, textarea, select, dialog")) return;
      if (!/^[a-z]$/.test(event.key)) return;
      const pressed = document.querySelector(`[data-press="${event.key}"]`);
      if (!pressed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed.click();
    },
    true,
  );
})();
