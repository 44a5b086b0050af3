// Whether a passphrase is too easily guessed. It is judged here, since it is never sent.
"use strict";

const Passphrase = (() => {
  const FEWEST = 16;
  const FEWEST_STEPS = 8;
  const LONGEST_PART = 8;
  const LONGEST_WORD = 20;
  const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "1234567890"];

  const counted = (text) => text.normalize("NFKC").trim().replace(/\s+/g, " ");

  const isBeside = (one, other) => {
    if (Math.abs(one.codePointAt(0) - other.codePointAt(0)) <= 1) return true;
    return ROWS.some((row) => row.includes(one + other) || row.includes(other + one));
  };

  const isRepeated = (text) => new RegExp(`^(.{1,${LONGEST_PART}})\\1+.{0,${LONGEST_PART - 1}}$`, "u").test(text);

  // One run of letters, with a year or signs around it: those are what is tried first.
  const isOneWord = (text) => {
    const found = /^\P{L}*(\p{L}+)\P{L}*$/u.exec(text);
    return Boolean(found) && [...found[1]].length < LONGEST_WORD;
  };

  // The name of what is wrong with it, or an empty text.
  const weakness = (written) => {
    const text = counted(written).toLowerCase();
    const signs = [...text];
    if (signs.length < FEWEST) return "short";
    if (!/[^\p{N}\p{P}\s]/u.test(text)) return "digits";
    if (isRepeated(text) || isRepeated(text.replace(/ /g, ""))) return "simple";
    const steps = signs.filter((sign, at) => at && !isBeside(signs[at - 1], sign)).length;
    if (steps < FEWEST_STEPS || new Set(signs).size < FEWEST_STEPS) return "simple";
    return isOneWord(text) ? "word" : "";
  };

  return Object.freeze({ counted, weakness });
})();
