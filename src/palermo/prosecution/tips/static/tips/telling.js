// What the form of the public and that for calls have in common: what was told in it, sealed for the desk, with a box
// where somebody wants to be asked.
"use strict";

const Telling = (() => {
  const TEXTS = ["what", "who", "where", "when", "know"];
  const LONGEST = 20000;
  const LARGEST_FILES = 10 * 1024 * 1024;

  const told = async ({ elements }) => {
    const texts = {};
    for (const name of TEXTS) {
      const text = elements[name].value.trim();
      if (text) texts[name] = text;
    }
    const files = await Pictures.files(elements.files);
    if (!Object.keys(texts).length && !files.length) throw new Error("empty");
    if (Object.values(texts).some((text) => text.length > LONGEST)) throw new Error("long");
    if (files.reduce((size, one) => size + one.content.length, 0) > LARGEST_FILES) throw new Error("large");
    const danger = elements.danger.value;
    if (danger) texts.danger = danger;
    const name = elements.name.value.trim();
    if (elements.contact.value === "name" && name) texts.name = name;
    return { texts, files };
  };

  const newBox = async (address) => {
    const { words } = await (await fetch(address, { credentials: "omit" })).json();
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

  // What was sent and not acknowledged may have arrived. It is sent again as it was until a word of it changes, so that
  // it arrives once, with the box whose receipt is shown. `words()` is the address of the words for receipts.
  const of = (form, words) => {
    let made = null;
    form.addEventListener("input", () => (made = null));
    return async () => {
      if (made) return made;
      const said = await told(form);
      const { receipt, box } = form.elements.contact.value === "box" ? await newBox(words()) : { receipt: "", box: null };
      made = { said, receipt, box, message: Bytes.newId(), key: Envelope.newKey() };
      return made;
    };
  };

  const sealed = async ({ said, box, message, key }, readers) => {
    const bound = { tip: message, message, author: "reporter" };
    const { bundle, keys } = await Envelope.seal(said, bound, readers.map(({ point }) => Bytes.read(point)), key);
    return { envelope: { message, keys: Sending.keysFor(readers, keys), box }, bundle };
  };

  return Object.freeze({ of, sealed });
})();
