// A test to one's own browser: it is asked, and fills in the form itself.
(() => {
  "use strict";

  const button = document.querySelector("button[data-push-key]");
  if (!button || !navigator.serviceWorker || !window.PushManager) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if ((await Notification.requestPermission()) !== "granted") return;
    await navigator.serviceWorker.register("/push.js");
    const { pushManager } = await navigator.serviceWorker.ready;
    const before = await pushManager.getSubscription();
    if (before) await before.unsubscribe();
    const options = { userVisibleOnly: true, applicationServerKey: button.dataset.pushKey };
    const subscription = await pushManager.subscribe(options);
    const form = button.closest("form");
    form.elements.to.value = JSON.stringify(subscription);
    form.requestSubmit();
  });
})();
