// Drafts save themselves: <form data-autosave> is sent a few seconds after the last change, and says so.
"use strict";

(() => {
  const form = document.querySelector("form[data-autosave]");
  const says = form && form.querySelector("[data-autosave-says]");
  if (!form || !says) return;
  const pause = 4000;
  let waiting = 0;
  let sending = null;
  let changed = false;
  let stopped = false;

  const send = async () => {
    const answer = await fetch(location.pathname, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Autosave": "yes" },
      redirect: "manual",
    });
    const isTold = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (!isTold) {
      // Signed out, or no writer any more: trying again would change nothing.
      stopped = true;
      says.textContent = answer.type === "opaqueredirect" ? says.dataset.signedOut : says.dataset.refused;
      return;
    }
    const told = await answer.json();
    if (answer.ok) form.elements.version.value = told.version;
    // What another person saved is never written over: from here on the reader decides.
    if (answer.status === 409) stopped = true;
    says.textContent = told.said;
  };
  const save = async () => {
    if (sending || stopped) return;
    changed = false;
    sending = send();
    try {
      await sending;
    } catch {
      changed = true;
    } finally {
      sending = null;
      if (changed && !stopped) later();
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
  form.addEventListener("submit", async (event) => {
    stopped = true;
    clearTimeout(waiting);
    if (!sending) return;
    // What is under way brings the version that the form must be sent with.
    event.preventDefault();
    const submitter = event.submitter;
    await sending.catch(() => {});
    form.requestSubmit(submitter);
  });
})();
