// The messages of a tip as the server sends them, a portion at a time, and each of them opened.
"use strict";

const DeskMessages = (() => {
  const { setup, point, get } = DeskPage;
  const { read, written } = Bytes;

  // Signs that are not seen could make a name look like another one.
  const plain = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "");

  // What a message holds, or nothing where it does not open.
  const opened = async (message, key) => {
    if (!message.key) return null;
    const bound = { tip: setup.tip, message: message.id, author: message.author };
    try {
      const content = await Envelope.unwrap(read(message.key), bound, key, point);
      return await Envelope.open(read(message.bundle), content, bound);
    } catch {
      return null;
    }
  };

  // Gives each message behind a number to `each`, in their order. The answer says what came with the last portion.
  const load = async (after, each) => {
    for (let last = after; ; ) {
      const portion = await get(`${setup.messages}?after=${last}`);
      for (const one of portion.messages) {
        await each(one);
        last = one.number;
      }
      if (portion.is_last || !portion.messages.length) return portion;
    }
  };

  // The parts of a form in which a message is sent: what stands beside its bundle, and the bundle.
  const append = (body, { bundle, keys }, readers, envelope, which = "") => {
    const listed = Object.fromEntries(readers.map((one, at) => [one.id, written(keys[at])]));
    body.append(`envelope${which}`, JSON.stringify({ ...envelope, keys: listed }));
    body.append(`bundle${which}`, new Blob([bundle], { type: "application/octet-stream" }), "bundle");
  };

  return Object.freeze({ plain, opened, load, append });
})();
