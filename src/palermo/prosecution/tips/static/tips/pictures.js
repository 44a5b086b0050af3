// Takes out of pictures what they say besides: where and when they were taken, and by which telephone. Only whole parts of
// the file are left out, so that the picture itself stays as it is. What is no JPEG or PNG, or is not whole, stays too.
"use strict";

const Pictures = (() => {
  const JPEG = [0xff, 0xd8, 0xff];
  const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const KEPT_CHUNKS = new Set(["IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "IDAT", "IEND", "acTL", "fcTL", "fdAT"]);
  const begins = (bytes, with_) => with_.every((one, at) => bytes[at] === one);
  const number = (bytes, at, count) => bytes.slice(at, at + count).reduce((all, one) => all * 256 + one, 0);

  // Segments before the picture itself: application data (but for colours, APP2 and APP14) and comments go.
  const isLeftOut = (marker) => marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xe2 && marker !== 0xee);

  const ofJpeg = (bytes) => {
    const parts = [bytes.slice(0, 2)];
    let at = 2;
    while (at + 4 <= bytes.length && bytes[at] === 0xff) {
      const marker = bytes[at + 1];
      if (marker === 0xda) return Bytes.joined(...parts, bytes.slice(at));
      const end = at + 2 + number(bytes, at + 2, 2);
      if (end > bytes.length) return bytes;
      if (!isLeftOut(marker)) parts.push(bytes.slice(at, end));
      at = end;
    }
    return bytes;
  };

  const ofPng = (bytes) => {
    const parts = [bytes.slice(0, PNG.length)];
    let at = PNG.length;
    while (at + 12 <= bytes.length) {
      const end = at + 12 + number(bytes, at, 4);
      const name = String.fromCharCode(...bytes.slice(at + 4, at + 8));
      if (end > bytes.length) return bytes;
      if (KEPT_CHUNKS.has(name)) parts.push(bytes.slice(at, end));
      at = end;
      if (name === "IEND") return Bytes.joined(...parts);
    }
    return bytes;
  };

  const stripped = (bytes) => (begins(bytes, JPEG) ? ofJpeg(bytes) : begins(bytes, PNG) ? ofPng(bytes) : bytes);

  // The files of a form, as bundles have them.
  const files = async (input) => {
    const read = async (one) => ({
      name: one.name.slice(0, 200),
      type: one.type.slice(0, 100),
      content: stripped(new Uint8Array(await one.arrayBuffer())),
    });
    return Promise.all([...input.files].map(read));
  };

  return Object.freeze({ stripped, files });
})();
