// Long forms: <form data-guard-unsaved> asks before the page is left with words that were not saved.
"use strict";

(() => {
  const guarded = document.querySelectorAll("form[data-guard-unsaved]");
  let sending = false;

  const written = (form) => {
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    return [...data].map(([name, value]) => [name, value instanceof File ? value.name : value].join("=")).join("&");
  };
  const before = new Map([...guarded].map((form) => [form, written(form)]));

  for (const form of guarded) form.addEventListener("submit", () => { sending = true; });
  // Somebody who must leave quickly is not asked.
  window.addEventListener("palermo:leaving", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => {
    const changed = [...before].some(([form, text]) => written(form) !== text);
    if (changed && !sending) event.preventDefault();
  });
})();
