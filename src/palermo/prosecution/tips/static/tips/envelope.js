// What is told, as one row of bytes that hides how much it was, sealed for those who may read it: docs/tips-format.md.
"use strict";

const Envelope = (() => {
  const VERSION = 1;
  const LARGEST = 12 * 1024 * 1024;
  const SMALLEST = 4096;
  const LENGTH_BYTES = 4;
  const NONCE_BYTES = 12;
  const KEY_BYTES = 32;
  const CODE = /^[a-z][a-z0-9_]*$/;
  const { utf8, joined, big, ofId } = Bytes;
  const random = (size) => crypto.getRandomValues(new Uint8Array(size));
  const refuse = (why) => {
    throw new Error(why);
  };

  // Padmé: of a size only its first few digits are left to be seen.
  const paddedSize = (size) => {
    if (size <= SMALLEST) return SMALLEST;
    const exponent = 31 - Math.clz32(size);
    const step = 2 ** (exponent - (32 - Math.clz32(exponent)));
    return Math.ceil(size / step) * step;
  };

  // Half a sign, which UTF-8 cannot hold, becomes U+FFFD.
  const whole = (_, value) =>
    typeof value === "string" ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(utf8(value)) : value;

  const pack = ({ texts, files = [] }) => {
    if (!Object.keys(texts).every((code) => CODE.test(code))) refuse("no code");
    const listed = files.map(({ name, type, content }) => ({ name, type, size: content.length }));
    const header = utf8(JSON.stringify({ v: VERSION, texts, files: listed }, whole));
    const plain = joined(big(header.length, LENGTH_BYTES), header, ...files.map((one) => one.content));
    const size = paddedSize(plain.length);
    if (size > LARGEST) refuse("too large");
    return joined(plain, new Uint8Array(size - plain.length));
  };

  const isFile = (said) =>
    said && typeof said.name === "string" && typeof said.type === "string" && Number.isInteger(said.size) &&
    said.size >= 0 && said.size <= LARGEST && Object.keys(said).length === 3;

  const isHeader = (said) =>
    said && said.v === VERSION && Object.keys(said).length === 3 && said.texts && typeof said.texts === "object" &&
    !Array.isArray(said.texts) && Object.values(said.texts).every((text) => typeof text === "string") &&
    Array.isArray(said.files) && said.files.every(isFile);

  const isSame = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

  // Refuses what is not to the byte as `pack` writes it, so that every reader reads the same.
  const unpack = (bundle) => {
    if (bundle.length > LARGEST || bundle.length < LENGTH_BYTES) refuse("no bundle");
    const end = LENGTH_BYTES + new DataView(bundle.buffer, bundle.byteOffset).getUint32(0);
    if (end > bundle.length) refuse("no bundle");
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const said = JSON.parse(decoder.decode(bundle.slice(LENGTH_BYTES, end)));
    if (!isHeader(said)) refuse("no bundle");
    let at = end;
    const files = said.files.map(({ name, type, size }) => ({ name, type, content: bundle.slice(at, (at += size)) }));
    const told = { texts: said.texts, files };
    if (!isSame(pack(told), bundle)) refuse("cut off or changed");
    return told;
  };

  const ofBundle = ({ tip, message, author }) =>
    joined(utf8("palermo tip message v1"), ofId(tip), ofId(message), utf8(author));

  const ofKey = async ({ tip, message }, reader) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", reader));
    return joined(utf8("palermo tip key v1"), ofId(tip), ofId(message), digest);
  };

  const aes = (key, use) => crypto.subtle.importKey("raw", key, "AES-GCM", false, [use]);

  const wrap = async (key, bound, reader) => Hpke.seal(reader, await ofKey(bound, reader), key);
  const unwrap = async (wrapped, bound, privateKey, point) =>
    Hpke.open(privateKey, point, await ofKey(bound, point), wrapped);

  // One for each message. With the same one, the same words are sealed to the very same bytes.
  const newKey = () => ({ key: random(KEY_BYTES), iv: random(NONCE_BYTES) });

  // What is told, sealed, and its key for each reader in their order.
  const seal = async (told, bound, readers, { key, iv } = newKey()) => {
    const how = { name: "AES-GCM", iv, additionalData: ofBundle(bound) };
    const sealed = await crypto.subtle.encrypt(how, await aes(key, "encrypt"), pack(told));
    const keys = [];
    for (const reader of readers) keys.push(await wrap(key, bound, reader));
    return { bundle: joined(iv, new Uint8Array(sealed)), keys };
  };

  const open = async (bundle, key, bound) => {
    const how = { name: "AES-GCM", iv: bundle.slice(0, NONCE_BYTES), additionalData: ofBundle(bound) };
    const plain = await crypto.subtle.decrypt(how, await aes(key, "decrypt"), bundle.slice(NONCE_BYTES));
    return unpack(new Uint8Array(plain));
  };

  return Object.freeze({ LARGEST, paddedSize, newKey, pack, unpack, wrap, unwrap, seal, open });
})();
