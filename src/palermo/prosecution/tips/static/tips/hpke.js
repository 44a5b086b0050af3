// HPKE (RFC 9180) in base mode, for one message a context: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-GCM. Pages use
// AES-256; the RFC's own example of this curve has AES-128, and is why that can be asked for.
"use strict";

const Hpke = (() => {
  const subtle = window.crypto && window.crypto.subtle;
  const CURVE = { name: "ECDH", namedCurve: "P-256" };
  const AEADS = { 1: 16, 2: 32 };
  const POINT_BYTES = 65;
  const NONCE_BYTES = 12;
  const HASH_BYTES = 32;
  const NOTHING = new Uint8Array(0);
  const { utf8, joined, big } = Bytes;
  const VERSION = utf8("HPKE-v1");
  const KEM = joined(utf8("KEM"), big(16, 2));

  const hmac = async (secret, said) => {
    // A key of zeros is the same as none, and some browsers refuse none.
    const raw = secret.length ? secret : new Uint8Array(HASH_BYTES);
    const key = await subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Uint8Array(await subtle.sign("HMAC", key, said));
  };

  const extract = (suite, salt, label, secret) => hmac(salt, joined(VERSION, suite, utf8(label), secret));

  // One block of HKDF: nothing here is longer than a hash.
  const expand = async (suite, secret, label, info, size) => {
    const said = joined(big(size, 2), VERSION, suite, utf8(label), info, big(1, 1));
    return (await hmac(secret, said)).slice(0, size);
  };

  // Some browsers take a compressed point too; but what is sealed is bound to the bytes of the whole one.
  const importPoint = async (point) => {
    if (point.length !== POINT_BYTES) throw new Error("no point");
    return subtle.importKey("raw", point, CURVE, true, []);
  };
  const newKeys = () => subtle.generateKey(CURVE, true, ["deriveBits"]);
  const pointOf = async (key) => new Uint8Array(await subtle.exportKey("raw", key));

  const sharedSecret = async (privateKey, publicKey, encapsulated, reader) => {
    const common = new Uint8Array(await subtle.deriveBits({ name: "ECDH", public: publicKey }, privateKey, 256));
    const secret = await extract(KEM, NOTHING, "eae_prk", common);
    return expand(KEM, secret, "shared_secret", joined(encapsulated, reader), HASH_BYTES);
  };

  const cipher = async (shared, info, aead) => {
    const suite = joined(utf8("HPKE"), big(16, 2), big(1, 2), big(aead, 2));
    const noPsk = await extract(suite, NOTHING, "psk_id_hash", NOTHING);
    const about = await extract(suite, NOTHING, "info_hash", info);
    const schedule = joined(big(0, 1), noPsk, about);
    const secret = await extract(suite, shared, "secret", NOTHING);
    const raw = await expand(suite, secret, "key", schedule, AEADS[aead]);
    const nonce = await expand(suite, secret, "base_nonce", schedule, NONCE_BYTES);
    const key = await subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    return { key, nonce };
  };

  const seal = async (reader, info, plain, { aead = 2, aad = NOTHING, ephemeral = null } = {}) => {
    const publicKey = await importPoint(reader);
    const own = ephemeral || (await newKeys());
    const encapsulated = await pointOf(own.publicKey);
    const shared = await sharedSecret(own.privateKey, publicKey, encapsulated, reader);
    const { key, nonce } = await cipher(shared, info, aead);
    const sealed = await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: aad }, key, plain);
    return joined(encapsulated, new Uint8Array(sealed));
  };

  const open = async (privateKey, reader, info, sealed, { aead = 2, aad = NOTHING } = {}) => {
    const encapsulated = sealed.slice(0, POINT_BYTES);
    const publicKey = await importPoint(encapsulated);
    const shared = await sharedSecret(privateKey, publicKey, encapsulated, reader);
    const { key, nonce } = await cipher(shared, info, aead);
    const rest = sealed.slice(POINT_BYTES);
    return new Uint8Array(await subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: aad }, key, rest));
  };

  return Object.freeze({ isHere: Boolean(subtle), CURVE, newKeys, pointOf, seal, open });
})();
