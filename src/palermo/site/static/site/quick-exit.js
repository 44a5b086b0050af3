// Quick exit: the link works without this script. With it, this page leaves the history of the tab, is blank at
// once, and three presses of Escape do the same as the button.
"use strict";

(() => {
  const PRESSES = 3;
  const WITHIN_MS = 1500;
  const link = document.querySelector("[data-quick-exit]");
  if (!link) return;

  const leave = () => {
    document.body.hidden = true;
    document.title = "";
    window.dispatchEvent(new Event("palermo:leaving"));
    window.location.replace(link.href);
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    presses = [...presses, event.timeStamp].filter((time) => event.timeStamp - time <= WITHIN_MS);
    if (presses.length >= PRESSES) leave();
  }, true);

  link.querySelector("[data-quick-exit-note]").hidden = false;
})();
