// What pages that send something sealed have in common: they show what a script adds, say what is wrong, and send again
// what has to be sealed anew, since the desk has other members or the hour is another one.
"use strict";

const Sending = (() => {
  const MOST_TRIES = 4;

  const ready = () => {
    for (const one of document.querySelectorAll("[data-without-script]")) one.hidden = true;
    for (const one of document.querySelectorAll("[data-with-script]")) one.hidden = false;
  };

  const trouble = (form, code) => {
    const all = [...form.querySelectorAll("[data-trouble]")];
    const known = all.some((one) => one.dataset.trouble === code) ? code : "failed";
    for (const one of all) one.hidden = !code || one.dataset.trouble !== known;
    const shown = all.find((one) => !one.hidden);
    if (!shown) return;
    shown.setAttribute("tabindex", "-1");
    shown.setAttribute("role", "alert");
    shown.focus();
  };

  // `busy` marks a form whose button was pressed, so that nothing is sent twice, and nothing written to it meanwhile is lost.
  const busy = (form, isBusy) => {
    for (const one of form.elements) one.disabled = isBusy;
    for (const one of form.querySelectorAll("[data-sending]")) one.hidden = !isBusy;
  };

  const asked = async (address, body) => {
    const how = { method: "POST", body, credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };
    const answer = await fetch(address, how);
    const said = await answer.json();
    if (answer.ok) return said;
    throw Object.assign(new Error(said.why), said);
  };

  // `seal(to)` gives what stands beside the bundle, and the bundle, for whom `to` says; `ask` sends both.
  const send = async (address, to, seal, ask = asked) => {
    let current = to;
    for (let at = 1; ; at += 1) {
      const { envelope, bundle } = await seal(current);
      const body = new FormData();
      body.append("envelope", JSON.stringify(envelope));
      body.append("bundle", new Blob([bundle], { type: "application/octet-stream" }), "bundle");
      try {
        return await ask(address, body);
      } catch (error) {
        if (error.why !== "again" || at === MOST_TRIES) throw error;
        current = { readers: error.readers, hour: error.hour, bits: error.bits };
      }
    }
  };

  const keysFor = (readers, keys) =>
    Object.fromEntries(readers.map(({ id }, at) => [id, Bytes.written(keys[at])]));

  return Object.freeze({ ready, trouble, busy, asked, send, keysFor });
})();
