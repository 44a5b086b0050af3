// Receipts: eight words that open a box. Of each only the first four letters count, without accents and capitals.
"use strict";

const Receipt = (() => {
  const WORDS = 8;
  const LETTERS = 4;
  const ROUNDS = 100000;
  const KEY_BYTES = 32;
  const NONCE_BYTES = 12;
  const { utf8, joined, big } = Bytes;
  const PRIVATE = utf8("private key");

  // Numbers beyond the last whole row of words are drawn again, so that no word comes up more often than another.
  const drawn = (count) => {
    const limit = 65536 - (65536 % count);
    for (;;) {
      const [number] = crypto.getRandomValues(new Uint16Array(1));
      if (number < limit) return number % count;
    }
  };

  const counted = (text) =>
    [...text].slice(0, 1000).join("").normalize("NFD").toLowerCase().replace(/\p{M}/gu, "")
      .split(/[^a-z]+/).filter(Boolean).map((word) => word.slice(0, LETTERS));

  // From a list with fewer, or whose words begin alike, receipts could be guessed.
  const FEWEST = 1800;
  const make = (words) => {
    if (new Set(words.map((word) => counted(word)[0])).size < FEWEST) throw new Error("failed");
    return Array.from({ length: WORDS }, () => words[drawn(words.length)]).join(" ");
  };

  const isWhole = (text) => counted(text).length === WORDS;

  const expand = async (master, name) => {
    const key = await crypto.subtle.importKey("raw", master, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", key, joined(name, big(1, 1))));
  };

  const keys = async (text) => {
    const secret = utf8(counted(text).join(" "));
    const base = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: utf8("palermo tip receipt v1"), iterations: ROUNDS };
    const master = new Uint8Array(await crypto.subtle.deriveBits(how, base, 8 * KEY_BYTES));
    return { locator: await expand(master, utf8("locator")), opening: await expand(master, PRIVATE) };
  };

  const aes = (raw, use) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, [use]);

  const lock = async (privateKey, { opening }) => {
    const plain = new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey));
    const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const how = { name: "AES-GCM", iv, additionalData: PRIVATE };
    return joined(iv, new Uint8Array(await crypto.subtle.encrypt(how, await aes(opening, "encrypt"), plain)));
  };

  const unlock = async (locked, { opening }) => {
    const how = { name: "AES-GCM", iv: locked.slice(0, NONCE_BYTES), additionalData: PRIVATE };
    const plain = await crypto.subtle.decrypt(how, await aes(opening, "decrypt"), locked.slice(NONCE_BYTES));
    return crypto.subtle.importKey("pkcs8", plain, Hpke.CURVE, false, ["deriveBits"]);
  };

  return Object.freeze({ make, isWhole, keys, lock, unlock });
})();
