// Proof of work: a number is looked for whose PBKDF2 begins with so many zeros. Floods pay for it, a phone hardly.
"use strict";

const Work = (() => {
  const ROUNDS = 1000;
  const { utf8, joined, big, ofId } = Bytes;

  const first = async (answer, salt) => {
    const base = await crypto.subtle.importKey("raw", big(answer, 4), "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
    return new DataView(await crypto.subtle.deriveBits(how, base, 32)).getUint32(0);
  };

  const done = async (message, hour, bits) => {
    if (!bits) return 0;
    const salt = joined(utf8("palermo tip work v1"), ofId(message), big(hour, 4));
    for (let answer = 0; ; answer += 1) {
      if (Math.clz32(await first(answer, salt)) >= bits) return answer;
    }
  };

  return Object.freeze({ done });
})();
