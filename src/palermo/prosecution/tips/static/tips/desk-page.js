// What the pages of a desk have in common: telling in words what happens, asking the server, and unlocking the key.
// The page says who is meant in #desk-setup; words stand in [data-say], hidden until they are true.
"use strict";

const DeskPage = (() => {
  const setup = JSON.parse(document.getElementById("desk-setup").textContent);
  const own = setup.key;
  const find = (selector, within = document) => within.querySelector(selector);
  const every = (selector, within = document) => [...within.querySelectorAll(selector)];

  const token = (page = document) => find("input[name=csrfmiddlewaretoken]", page);

  const say = (within, name) => {
    for (const one of every("[data-say]", within)) one.hidden = one.dataset.say !== name;
  };

  // What the server refuses has a code; whoever was signed out is led elsewhere, which counts as a failure.
  const answered = async (asked) => {
    const answer = await asked.catch(() => null);
    const said = answer ? await answer.json().catch(() => ({})) : {};
    if (answer && answer.ok) return said;
    throw Object.assign(new Error("refused"), said, { why: said.why || "failed" });
  };

  const get = (address) => answered(fetch(address, { redirect: "error", headers: { Accept: "application/json" } }));

  // Whoever was signed out, and signed in again in another tab, has another token, which this page as it is now tells.
  const renew = async () => {
    const page = await fetch(window.location.href, { redirect: "error" });
    token().value = token(new DOMParser().parseFromString(await page.text(), "text/html")).value;
  };
  const posted = async (address, body) => {
    const ask = () => fetch(address, { method: "POST", redirect: "error", headers: { "X-CSRFToken": token().value }, body });
    const answer = await ask();
    if (answer.status !== 403) return answer;
    await renew();
    return ask();
  };
  const post = (address, body) => answered(posted(address, body));
  const postJson = (address, said) => post(address, JSON.stringify(said));

  const half = async () => Bytes.read((await post(setup.half)).half);
  const point = own && Bytes.read(own.point);
  const hold = async (id, itsPoint, raw) => DeskKey.hold(id, itsPoint, raw, await half());
  const raw = async () => DeskKey.held(own.id, point, await half());

  const lock = async () => {
    DeskKey.forget(own.id);
    await post(setup.lock).catch(() => null);
    window.location.reload();
  };

  // The unlocked key, or nothing where this tab holds none, or one that the server has forgotten its half of.
  const unlocked = async () => {
    if (!own || !DeskKey.isHeld(own.id)) return null;
    try {
      const bytes = await raw();
      const key = await DeskKey.use(bytes);
      bytes.fill(0);
      return key;
    } catch (error) {
      DeskKey.forget(own.id);
      return null;
    }
  };

  const open = async (form, unlocking) => {
    say(form, "working");
    for (const one of every("button", form)) one.disabled = true;
    try {
      const bytes = await unlocking();
      await hold(own.id, point, bytes);
      bytes.fill(0);
      window.location.reload();
    } catch (error) {
      for (const one of every("button", form)) one.disabled = false;
      say(form, error.why || "locked");
    }
  };

  // Every passphrase that the key has is tried with what was typed.
  const byPassphrase = async (text) => {
    for (const one of own.locks.filter(({ kind }) => kind === "passphrase")) {
      const bytes = await DeskKey.unlock(one, point, text).catch(() => null);
      if (bytes) return bytes;
    }
    throw new Error("locked");
  };

  const offerUnlocking = (form) => {
    const kinds = own.locks.map(({ kind }) => kind);
    form.hidden = false;
    find("[data-by-passphrase]", form).hidden = !kinds.includes("passphrase");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const input = find("input[type=password]", form);
      open(form, () => byPassphrase(input.value));
      input.value = "";
    });
    for (const one of own.locks.filter(({ kind }) => kind === "passkey" && DeskKey.hasPasskeys)) {
      const button = find("[data-by-passkey]", form).cloneNode(true);
      button.hidden = false;
      button.addEventListener("click", () => open(form, () => DeskKey.unlock(one, point)));
      find(".buttons", form).append(button);
    }
  };

  // The browser asks before it leaves words that were not sent; somebody who must leave quickly is not asked.
  const keepWords = (isWritten) => {
    let isLeaving = false;
    window.addEventListener("palermo:leaving", () => { isLeaving = true; });
    window.addEventListener("beforeunload", (event) => {
      if (isWritten() && !isLeaving) event.preventDefault();
    });
  };

  // While something is sent nothing is written to its form: it would be lost.
  const busy = (form, isBusy) => {
    for (const one of form.elements) one.disabled = isBusy;
  };

  // Gives the unlocked key to the page, or offers to unlock it.
  const begin = async (go) => {
    if (!DeskKey.isHere) return;
    for (const one of every("[data-without-script]")) one.hidden = true;
    const key = await unlocked();
    for (const one of every("[data-unlocked]")) one.hidden = !key;
    for (const one of every("[data-lock]")) one.addEventListener("click", lock);
    const form = find("[data-unlock]");
    if (key) await go(key);
    else if (form && own) offerUnlocking(form);
  };

  return Object.freeze({ setup, own, point, find, every, say, get, post, postJson, hold, raw, keepWords, busy, begin });
})();
