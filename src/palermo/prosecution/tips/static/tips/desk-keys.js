// The keys of a desk: a member makes one, adds ways to unlock it, and lets in another member whose fingerprint they heard.
"use strict";

(() => {
  const { setup, own, point, find, every, say, get, postJson, hold, raw, busy, begin } = DeskPage;

  // The lock that a form asks for: by the passphrase typed in it, or by a passkey.
  const locking = (form, keys, isPasskey) => {
    if (isPasskey) return DeskKey.lockByPasskey(keys, setup.site, setup.name);
    return DeskKey.lockByPassphrase(keys, find("[data-first]", form).value);
  };

  const mistake = (form) => {
    const [first, again] = every("[data-first], [data-again]", form).map(({ value }) => Passphrase.counted(value));
    return Passphrase.weakness(first) || (first === again ? "" : "differ");
  };

  // A passkey that is turned down has a name of its own; so has a refusal of the server.
  const reason = (error) => {
    if (error.message === "no prf") return "no-prf";
    return error.why || (error.name === "NotAllowedError" ? "declined" : "failed");
  };

  const act = async (form, isPasskey, go) => {
    const wrong = isPasskey ? "" : mistake(form);
    if (wrong) return say(form, wrong);
    busy(form, true);
    say(form, "working");
    try {
      await go((keys) => locking(form, keys, isPasskey));
      form.reset();
      window.location.reload();
    } catch (error) {
      busy(form, false);
      say(form, reason(error));
    }
  };

  const making = async (lock) => {
    const keys = await DeskKey.make();
    const { id } = await postJson(setup.make, { point: Bytes.written(keys.point), lock: await lock(keys) });
    await hold(id, keys.point, keys.raw);
    keys.raw.fill(0);
  };

  const adding = async (lock) => {
    const keys = { raw: await raw(), point };
    await postJson(setup.add, { lock: await lock(keys) });
    keys.raw.fill(0);
  };

  const offer = async (form) => {
    const { words } = await get(setup.words);
    const made = Receipt.make(words);
    for (const one of every("[data-first], [data-again]", form)) {
      one.type = "text";
      one.value = made;
    }
    say(form, "offered");
  };

  for (const form of every("form[data-make], form[data-add]")) {
    const go = "make" in form.dataset ? making : adding;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      act(form, false, go);
    });
    const passkey = find("[data-with-passkey]", form);
    passkey.hidden = !DeskKey.hasPasskeys;
    passkey.addEventListener("click", () => act(form, true, go));
    find("[data-offer]", form).addEventListener("click", () => offer(form).catch(() => say(form, "failed")));
    if ("make" in form.dataset) form.hidden = !DeskKey.isHere;
  }

  const rewrapped = async (keys, key, other) => {
    const wrapped = {};
    for (const one of keys) {
      const content = await Envelope.unwrap(Bytes.read(one.key), one, key, point).catch(() => null);
      // What was spoilt opens for nobody any more, and keeps nobody from the rest.
      if (content) wrapped[one.message] = Bytes.written(await Envelope.wrap(content, one, other));
    }
    return wrapped;
  };

  // Sealed to the other member portion by portion, until nothing is left that only the one of the two can read.
  const giveAccess = async (form, key) => {
    const other = Bytes.read(form.dataset.point);
    for (let done = 0, after = 0; after !== null; ) {
      const { keys, last } = await get(`${form.dataset.access}?after=${after}`);
      const wrapped = await rewrapped(keys, key, other);
      if (Object.keys(wrapped).length) done += (await postJson(form.dataset.access, { wrapped })).count;
      find("[data-count]", form).textContent = String(done);
      after = last;
    }
  };

  const heard = (form) => find("[data-heard]", form).value.replace(/[^0-9a-f]/gi, "").toUpperCase();
  const isTheirs = async (form) => {
    const fingerprint = await DeskKey.fingerprint(Bytes.read(form.dataset.point));
    return heard(form) === fingerprint.replace(/ /g, "");
  };

  const letIn = async (form, key) => {
    if (form.dataset.confirm && !(await isTheirs(form))) return say(form, "differ");
    busy(form, true);
    say(form, "working");
    try {
      await giveAccess(form, key);
      if (form.dataset.confirm) await postJson(form.dataset.confirm, { wrapped: {} });
      window.location.reload();
    } catch (error) {
      busy(form, false);
      say(form, error.why || "failed");
    }
  };

  const showFingerprints = async () => {
    for (const one of every("[data-fingerprint]")) {
      one.textContent = await DeskKey.fingerprint(Bytes.read(one.dataset.fingerprint));
    }
  };

  if (DeskKey.isHere) showFingerprints();
  begin(async (key) => {
    // What the key itself was bound to when it was locked: no page could have put another one in its place.
    if (own) for (const one of every("[data-own-fingerprint]")) one.textContent = await DeskKey.fingerprint(point);
    for (const form of every("form[data-access]")) {
      form.hidden = false;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        letIn(form, key);
      });
    }
  });
})();
