// The key of a member of a desk: made here, locked by what they know or have, and opened for this tab alone. Neither a
// passphrase nor the key itself is ever sent.
"use strict";

const DeskKey = (() => {
  const ROUNDS = 1000000;
  const SALT_BYTES = 16;
  const PRF_SALT_BYTES = 32;
  const NONCE_BYTES = 12;
  const NOTHING = new Uint8Array(0);
  const { utf8, joined, written, read } = Bytes;
  const subtle = window.crypto && window.crypto.subtle;
  const random = (size) => crypto.getRandomValues(new Uint8Array(size));
  const FOR = { passphrase: "palermo desk key v1 passphrase", passkey: "palermo desk key v1 passkey", tab: "palermo desk key v1 tab" };
  // What a lock or a tab holds opens only as the private half of this very point.
  const about = (purpose, point) => joined(utf8(FOR[purpose]), point);

  const encrypt = async (key, plain, additionalData) => {
    const iv = random(NONCE_BYTES);
    return joined(iv, new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, plain)));
  };
  const decrypt = async (key, sealed, additionalData) => {
    const how = { name: "AES-GCM", iv: sealed.slice(0, NONCE_BYTES), additionalData };
    return new Uint8Array(await subtle.decrypt(how, key, sealed.slice(NONCE_BYTES)));
  };

  const make = async () => {
    const made = await Hpke.newKeys();
    const raw = new Uint8Array(await subtle.exportKey("pkcs8", made.privateKey));
    return { raw, point: await Hpke.pointOf(made.publicKey) };
  };

  const derive = (how, base) => subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

  const ofPassphrase = async (text, salt, iterations) => {
    const secret = utf8(Passphrase.counted(text));
    const base = await subtle.importKey("raw", secret, "PBKDF2", false, ["deriveKey"]);
    return derive({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, base);
  };

  const ofPasskey = async (secret) => {
    const base = await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
    return derive({ name: "HKDF", hash: "SHA-256", salt: NOTHING, info: utf8(FOR.passkey) }, base);
  };

  const lockByPassphrase = async ({ raw, point }, text) => {
    const salt = random(SALT_BYTES);
    const locked = await encrypt(await ofPassphrase(text, salt, ROUNDS), raw, about("passphrase", point));
    return { kind: "passphrase", salt: written(salt), rounds: ROUNDS, credential: "", locked: written(locked) };
  };

  // A passkey belongs to a name, so that there are none where the site is opened under a number.
  const numbered = /^\[|^\d+(\.\d+){3}$/.test(window.location.hostname);
  const hasPasskeys = Boolean(window.PublicKeyCredential) && !numbered;

  const secretOf = (credential) => {
    const { prf } = credential.getClientExtensionResults();
    return prf && prf.results && prf.results.first ? new Uint8Array(prf.results.first) : null;
  };

  const askPasskey = async (id, salt) => {
    const shown = await navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: "public-key", id }],
        userVerification: "required",
        extensions: { prf: { eval: { first: salt } } },
      },
    });
    return secretOf(shown);
  };

  // Its number is drawn at random, since one that is known would take the place of the passkey for signing in.
  const makePasskey = (site, name, salt) =>
    navigator.credentials.create({
      publicKey: {
        challenge: random(32),
        rp: { name: site },
        user: { id: random(16), name, displayName: name },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
        authenticatorSelection: { residentKey: "discouraged", userVerification: "required" },
        extensions: { prf: { eval: { first: salt } } },
      },
    });

  const lockByPasskey = async ({ raw, point }, site, name) => {
    const salt = random(PRF_SALT_BYTES);
    const made = await makePasskey(site, name, salt);
    const id = new Uint8Array(made.rawId);
    const secret = secretOf(made) || (await askPasskey(id, salt));
    if (!secret) throw new Error("no prf");
    const locked = await encrypt(await ofPasskey(secret), raw, about("passkey", point));
    return { kind: "passkey", salt: written(salt), rounds: 0, credential: written(id), locked: written(locked) };
  };

  // Throws where the passphrase or passkey is another one, or what is kept was changed.
  const unlock = async (lock, point, text) => {
    const salt = read(lock.salt);
    const key =
      lock.kind === "passkey"
        ? await ofPasskey(await askPasskey(read(lock.credential), salt))
        : await ofPassphrase(text, salt, lock.rounds);
    return decrypt(key, read(lock.locked), about(lock.kind, point));
  };

  const use = (raw) => subtle.importKey("pkcs8", raw, Hpke.CURVE, false, ["deriveBits"]);

  // A tab holds it encrypted; the other half is with the server, and gone once somebody signs out.
  const place = (id) => `desk-key ${id}`;
  const aes = (half) => subtle.importKey("raw", half, "AES-GCM", false, ["encrypt", "decrypt"]);
  const isHeld = (id) => sessionStorage.getItem(place(id)) !== null;
  const forget = (id) => sessionStorage.removeItem(place(id));
  const hold = async (id, point, raw, half) =>
    sessionStorage.setItem(place(id), written(await encrypt(await aes(half), raw, about("tab", point))));
  const held = async (id, point, half) =>
    decrypt(await aes(half), read(sessionStorage.getItem(place(id))), about("tab", point));

  const GROUP = 4;
  const FINGERPRINT_BYTES = 10;
  const fingerprint = async (point) => {
    const digest = new Uint8Array(await subtle.digest("SHA-256", point));
    return Bytes.hex(digest.slice(0, FINGERPRINT_BYTES)).toUpperCase().match(new RegExp(`.{${GROUP}}`, "g")).join(" ");
  };

  return Object.freeze({
    isHere: Boolean(subtle), hasPasskeys, make, lockByPassphrase, lockByPasskey, unlock, use, isHeld, forget, hold, held,
    fingerprint,
  });
})();
