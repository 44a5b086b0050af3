// The box: the receipt never leaves this device. It finds the box, opens what the desk wrote, and seals an answer.
"use strict";

(() => {
  const form = document.querySelector("form[data-box]");
  if (!form || !Hpke.isHere) return;
  const opened = document.querySelector("[data-opened]");
  const answering = opened.querySelector("form[data-answer]");
  const LARGEST_FILES = 10 * 1024 * 1024;
  let box = null;

  const askFor = async (locator, work = { hour: 0, bits: 0 }) => {
    const answer = await Work.done(Bytes.hex(locator.slice(0, 16)), work.hour, work.bits);
    try {
      return await Sending.asked(form.dataset.box, JSON.stringify({ locator: Bytes.written(locator), hour: work.hour, answer }));
    } catch (error) {
      if (error.why !== "again" || work.bits) throw error;
      return askFor(locator, error);
    }
  };

  const letter = async (one, privateKey, point) => {
    const bound = { tip: box.tip, message: one.id, author: "desk" };
    const key = await Envelope.unwrap(Bytes.read(one.key), bound, privateKey, point);
    return (await Envelope.open(Bytes.read(one.bundle), key, bound)).texts.text || "";
  };

  const show = async (privateKey) => {
    const place = opened.querySelector("[data-letters]");
    for (const one of box.letters) {
      const card = document.createElement("p");
      card.className = "card lines";
      try {
        card.textContent = await letter(one, privateKey, Bytes.read(box.point));
        place.append(card);
      } catch {
        opened.querySelector("[data-broken]").hidden = false;
      }
    }
    opened.querySelector("[data-empty]").hidden = box.letters.length > 0;
    document.querySelector("[data-closed]").remove();
    opened.hidden = false;
    opened.focus();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    Sending.busy(form, true);
    try {
      const words = form.elements.receipt.value;
      if (!Receipt.isWhole(words)) throw new Error("box_short");
      const keys = await Receipt.keys(words);
      box = { ...(await askFor(keys.locator)), locator: keys.locator };
      await show(await Receipt.unlock(Bytes.read(box.locked), keys));
    } catch (error) {
      Sending.busy(form, false);
      Sending.trouble(form, error.why || error.message || "failed");
    }
  });

  // As with the form: what may have arrived is sent again as it was.
  let made = null;
  answering.addEventListener("input", () => (made = null));
  const prepared = async () => {
    if (made) return made;
    const text = answering.elements.answer.value.trim();
    const files = await Pictures.files(answering.elements.files);
    if (!text && !files.length) throw new Error("empty");
    if (files.reduce((size, one) => size + one.content.length, 0) > LARGEST_FILES) throw new Error("large");
    made = { told: { texts: text ? { answer: text } : {}, files }, message: Bytes.newId(), key: Envelope.newKey() };
    return made;
  };

  const answer = async () => {
    const { told, message, key } = await prepared();
    const bound = { tip: box.tip, message, author: "reporter" };
    const seal = async ({ readers, hour, bits }) => {
      const sealed = await Envelope.seal(told, bound, readers.map(({ point }) => Bytes.read(point)), key);
      const envelope = {
        message,
        keys: Sending.keysFor(readers, sealed.keys),
        locator: Bytes.written(box.locator),
        hour,
        answer: await Work.done(message, hour, bits),
      };
      return { envelope, bundle: sealed.bundle };
    };
    await Sending.send(answering.dataset.answer, box, seal);
  };

  answering.addEventListener("submit", async (event) => {
    event.preventDefault();
    Sending.trouble(answering, "");
    Sending.busy(answering, true);
    try {
      await answer();
      answering.reset();
      made = null;
      opened.querySelector("[data-has-answered]").hidden = false;
    } catch (error) {
      Sending.trouble(answering, error.why || error.message || "failed");
    }
    Sending.busy(answering, false);
  });
  Sending.ready();
})();
