// Drafts save themselves: <form data-autosave> is sent a few seconds after the last change, and says so.
"use strict";

(() => {
  const form = document.querySelector("form[data-autosave]");
  const says = form && form.querySelector("[data-autosave-says]");
  if (!form || !says) return;
  const pause = 4000;
  let waiting = 0;
  let sending = false;
  let changed = false;
  let stopped = false;

  const save = async () => {
    if (sending || stopped) return;
    sending = true;
    changed = false;
    try {
      const answer = await fetch(location.pathname, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "yes" },
      });
      const told = await answer.json();
      if (answer.ok) form.elements.version.value = told.version;
      // What another person saved is never written over: from here on the reader decides.
      if (answer.status === 409) stopped = true;
      says.textContent = told.said;
    } catch {
      changed = true;
    } finally {
      sending = false;
      if (changed) later();
    }
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, pause);
  };

  form.addEventListener("input", () => {
    changed = true;
    later();
  });
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(waiting);
  });
})();
