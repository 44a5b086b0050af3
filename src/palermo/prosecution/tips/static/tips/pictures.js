// Takes out of pictures what they say besides: where and when they were taken, and by which telephone. The picture itself
// stays as it is. What begins like a JPEG or PNG and cannot be read to its end is refused, since nobody knows what it says.
"use strict";

const Pictures = (() => {
  const JPEG = [0xff, 0xd8, 0xff];
  const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const KEPT_CHUNKS = new Set(["IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "IDAT", "IEND", "acTL", "fcTL", "fdAT"]);
  const KEPT_DATA = { 0xe0: "JFIF\0", 0xe2: "ICC_PROFILE\0", 0xee: "Adobe" };
  const [START_OF_SCAN, END, COMMENT] = [0xda, 0xd9, 0xfe];
  const begins = (bytes, first) => first.every((one, at) => bytes[at] === one);
  const number = (bytes, at, count) => bytes.slice(at, at + count).reduce((all, one) => all * 256 + one, 0);
  const text = (bytes, at, count) => String.fromCharCode(...bytes.slice(at, at + count));
  const unreadable = () => {
    throw new Error("picture");
  };

  // Of application data only what colours need is kept, by its name; comments are not.
  const isKept = (marker, bytes, at) => {
    if (marker < 0xe0 || marker > 0xef) return marker !== COMMENT;
    const name = KEPT_DATA[marker];
    return Boolean(name) && text(bytes, at + 4, name.length) === name;
  };

  // Where the coded picture behind the head of a scan ends: at the next marker that is no part of it.
  const afterScan = (bytes, from) => {
    for (let at = from; at + 1 < bytes.length; at += 1) {
      const next = bytes[at + 1];
      if (bytes[at] === 0xff && next && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
    }
    return unreadable();
  };

  // Up to the end of the first picture: behind it, telephones put further ones, films and notes.
  const ofJpeg = (bytes) => {
    const parts = [bytes.slice(0, 2)];
    for (let at = 2; at + 1 < bytes.length; ) {
      if (bytes[at] !== 0xff) return unreadable();
      const marker = bytes[at + 1];
      if (marker === 0xff) {
        at += 1;
        continue;
      }
      if (marker === END) return Bytes.joined(...parts, bytes.slice(at, at + 2));
      const head = at + 2 + number(bytes, at + 2, 2);
      const end = marker === START_OF_SCAN ? afterScan(bytes, head) : head;
      if (head < at + 4 || end > bytes.length) return unreadable();
      if (isKept(marker, bytes, at)) parts.push(bytes.slice(at, end));
      at = end;
    }
    return unreadable();
  };

  const ofPng = (bytes) => {
    const parts = [bytes.slice(0, PNG.length)];
    for (let at = PNG.length; at + 12 <= bytes.length; ) {
      const end = at + 12 + number(bytes, at, 4);
      const name = text(bytes, at + 4, 4);
      if (end > bytes.length) return unreadable();
      if (KEPT_CHUNKS.has(name)) parts.push(bytes.slice(at, end));
      at = end;
      if (name === "IEND") return Bytes.joined(...parts);
    }
    return unreadable();
  };

  // The file without what it says besides, and how its name ends, if it is a picture that can be read.
  const stripped = (bytes) => {
    if (begins(bytes, JPEG)) return { content: ofJpeg(bytes), ending: "jpg" };
    if (begins(bytes, PNG)) return { content: ofPng(bytes), ending: "png" };
    return { content: bytes, ending: "" };
  };

  // The files of a form, as bundles have them. Names of pictures say when they were taken, too.
  const files = async (input) => {
    const read = async (one, at) => {
      const { content, ending } = stripped(new Uint8Array(await one.arrayBuffer()));
      const name = ending ? `picture-${at + 1}.${ending}` : one.name.slice(0, 200);
      return { name, type: one.type.slice(0, 100), content };
    };
    return Promise.all([...input.files].map(read));
  };

  return Object.freeze({ stripped, files });
})();
