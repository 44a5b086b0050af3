// For pages that show what somebody looks for or tells: Back does not show it again, before a quick exit or after.
// Without this script, browsers keep what was sent with the page, and may send it once more on Back.
"use strict";

(() => {
  // What was sent leaves the history of the tab: Back, Forward and Reload ask for the address alone.
  window.history.replaceState(null, "", window.location.href);

  // Browsers may keep a whole page in memory instead; what it shows then is asked for anew.
  window.addEventListener("pagehide", () => {
    document.body.hidden = true;
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  const said = (name, isHidden) => document.querySelectorAll(`[data-back-${name}]`).forEach((one) => (one.hidden = isHidden));
  said("shows", true);
  said("forgets", false);
})();
