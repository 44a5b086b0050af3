// Bytes: joined, compared with their text, and made of the ids of messages.
"use strict";

const Bytes = (() => {
  const utf8 = (text) => new TextEncoder().encode(text);

  const joined = (...parts) => {
    const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };

  const big = (number, count) => Uint8Array.from({ length: count }, (_, at) => (number / 256 ** (count - 1 - at)) & 255);

  const written = (bytes) => {
    let signs = "";
    for (const one of bytes) signs += String.fromCharCode(one);
    return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  };

  const read = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

  const ofHex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  const ofId = (id) => ofHex(id.replace(/-/g, ""));

  // A random id as RFC 9562 writes those of version 4.
  const newId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  return Object.freeze({ utf8, joined, big, written, read, ofHex, hex, ofId, newId });
})();
