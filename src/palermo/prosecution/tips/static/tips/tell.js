// The form by which the public tells: a few questions at a time, sealed here before anything is sent.
"use strict";

(() => {
  const form = document.querySelector("form[data-tell]");
  if (!form || !Hpke.isHere) return;
  const TEXTS = ["what", "who", "where", "when", "know"];
  const LONGEST = 20000;
  const LARGEST_FILES = 10 * 1024 * 1024;
  const part = (name) => form.querySelector(`[data-${name}]`);
  const steps = [...form.querySelectorAll("fieldset, [data-group]")];
  const [back, next, send, place] = ["back", "next", "send", "at"].map(part);
  let step = 0;

  const show = (at, isMoved = true) => {
    step = at;
    steps.forEach((one, number) => (one.hidden = number !== at));
    back.hidden = at === 0;
    next.hidden = at === steps.length - 1;
    send.hidden = at !== steps.length - 1;
    place.hidden = false;
    place.textContent = form.dataset.step.replace("{at}", at + 1).replace("{of}", steps.length);
    Sending.trouble(form, "");
    if (isMoved) steps[at].querySelector("input, textarea").focus();
  };

  const told = async () => {
    const texts = {};
    for (const name of TEXTS) {
      const text = form.elements[name].value.trim();
      if (text) texts[name] = text;
    }
    const files = await Pictures.files(form.elements.files);
    if (!Object.keys(texts).length && !files.length) throw new Error("empty");
    if (Object.values(texts).some((text) => text.length > LONGEST)) throw new Error("long");
    if (files.reduce((size, one) => size + one.content.length, 0) > LARGEST_FILES) throw new Error("large");
    const danger = form.elements.danger.value;
    if (danger) texts.danger = danger;
    const name = form.elements.name.value.trim();
    if (form.elements.contact.value === "name" && name) texts.name = name;
    return { texts, files };
  };

  const newBox = async () => {
    const { words } = await (await fetch(form.dataset.words, { credentials: "omit" })).json();
    const receipt = Receipt.make(words);
    const keys = await Receipt.keys(receipt);
    const own = await Hpke.newKeys();
    const locator = new Uint8Array(await crypto.subtle.digest("SHA-256", keys.locator));
    const box = {
      locator_sha256: Bytes.hex(locator),
      point: Bytes.written(await Hpke.pointOf(own.publicKey)),
      locked: Bytes.written(await Receipt.lock(own.privateKey, keys)),
    };
    return { receipt, box };
  };

  const arrived = (receipt) => {
    const shown = document.querySelector("[data-arrived]");
    shown.querySelector("[data-with-receipt]").hidden = !receipt;
    shown.querySelector("[data-receipt]").textContent = receipt;
    form.remove();
    document.querySelector("[data-before]").remove();
    shown.hidden = false;
    shown.focus();
  };

  // What was sent and not acknowledged may have arrived. It is sent again as it was until a word of it changes, so that
  // it arrives once, with the box whose receipt is shown.
  let made = null;
  form.addEventListener("input", () => (made = null));
  const prepared = async () => {
    if (made) return made;
    const said = await told();
    const { receipt, box } = form.elements.contact.value === "box" ? await newBox() : { receipt: "", box: null };
    made = { said, receipt, box, message: Bytes.newId(), key: Envelope.newKey() };
    return made;
  };

  const sealAndSend = async () => {
    const { said, receipt, box, message, key } = await prepared();
    const bound = { tip: message, message, author: "reporter" };
    const seal = async ({ readers, hour, bits }) => {
      const sealed = await Envelope.seal(said, bound, readers.map(({ point }) => Bytes.read(point)), key);
      const envelope = {
        message,
        keys: Sending.keysFor(readers, sealed.keys),
        box,
        language: form.dataset.language,
        hour,
        answer: await Work.done(message, hour, bits),
      };
      return { envelope, bundle: sealed.bundle };
    };
    await Sending.send(form.dataset.tell, JSON.parse(document.getElementById("to-seal").textContent), seal);
    arrived(receipt);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (step < steps.length - 1) return show(step + 1);
    Sending.busy(form, true);
    try {
      await sealAndSend();
    } catch (error) {
      Sending.busy(form, false);
      Sending.trouble(form, error.why || error.message || "failed");
    }
  });
  back.addEventListener("click", () => show(step - 1));
  next.addEventListener("click", () => show(step + 1));
  Sending.ready();
  show(0, false);
})();
