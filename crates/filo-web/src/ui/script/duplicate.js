// Keys of the queue: they press the button or follow the link that carries them.
(() => {
  "use strict";

  // "g" leads to a place: the letter after it is no answer.
  let led = false;

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.target.closest("input, textarea, select, dialog")) return;
      if (led || !/^[a-z]$/.test(event.key)) return;
      if (event.key === "g") {
        led = true;
        setTimeout(() => (led = false), 1200);
        return;
      }
      const pressed = document.querySelector(`[data-press="${event.key}"]`);
      if (!pressed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed.click();
    },
    true,
  );
})();
