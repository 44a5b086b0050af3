// One tip, as a member of the desk reads it: opened here, and what they write is sealed here before it is sent.
"use strict";

(() => {
  const { setup, point, find, every, say, get, post, keepWords, busy, begin } = DeskPage;
  const { read, written } = Bytes;
  const said = JSON.parse(document.getElementById("labels").textContent);
  // As maps, in which a text by the name of something that every object has finds nothing.
  const [labels, dangers] = [said.texts, said.danger].map((one) => new Map(Object.entries(one)));
  const list = find("[data-messages]");
  const state = { version: 0, readers: [], box: null, shown: 0 };

  const paragraph = (kind, text) => {
    const made = document.createElement(kind);
    made.textContent = text;
    return made;
  };

  const showText = (within, code, text) => {
    if (labels.get(code)) within.append(paragraph("h4", labels.get(code)));
    const shown = paragraph("p", (code === "danger" && dangers.get(text)) || text);
    shown.className = "text";
    within.append(shown);
  };

  // Never shown, only saved: as bytes that no program of the browser takes for anything.
  const saving = (link, content, name) => {
    link.href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
    link.download = name;
    find("[data-name]", link).textContent = name;
  };

  // A picture can be saved without what it says besides, and without its name, which may say when it was taken.
  const withoutMetadata = (item, content, number) => {
    try {
      const picture = Pictures.stripped(content);
      if (!picture.ending) return;
      const link = find("[data-without]", item);
      saving(link, picture.content, `picture-${number}.${picture.ending}`);
      link.hidden = false;
    } catch {
      find("[data-unread]", item).hidden = false;
    }
    find("[data-pictures]", item.closest("[data-files]")).hidden = false;
  };

  const showFile = (within, { name, content }, number) => {
    const item = find("template[data-file]").content.cloneNode(true).firstElementChild;
    within.append(item);
    saving(find("[data-whole]", item), content, DeskMessages.plain(name) || "file");
    withoutMetadata(item, content, number);
  };

  const ordered = (texts) => {
    const known = [...labels.keys()].filter((code) => code in texts);
    return [...known, ...Object.keys(texts).filter((code) => !known.includes(code))];
  };

  const fill = (shown, told) => {
    for (const code of ordered(told.texts)) showText(find("[data-texts]", shown), code, told.texts[code]);
    const files = find("[data-files]", shown);
    files.hidden = !told.files.length;
    told.files.forEach((one, at) => showFile(find("ul", files), one, at + 1));
  };

  const show = async (message, key) => {
    const shown = find("template[data-message]").content.cloneNode(true).firstElementChild;
    for (const one of every("[data-author]", shown)) one.hidden = one.dataset.author !== message.author;
    for (const one of every("[data-by]", shown)) one.textContent = message.by;
    find("[data-hour]", shown).textContent = message.hour;
    const told = await DeskMessages.opened(message, key);
    if (told) fill(shown, told);
    say(shown, told ? "" : message.key ? "broken" : "not-yours");
    list.append(shown);
    state.shown = message.number;
  };

  const load = async (key) => {
    const { version, readers, box } = await DeskMessages.load(state.shown, (one) => show(one, key));
    Object.assign(state, { version, readers, box });
  };

  // A question goes to the box as well; what is written back, to the tip of the desk that handed this one on.
  const targets = {
    desk: () => ({ address: setup.messages, author: "desk", tip: setup.tip, readers: state.readers, box: state.box }),
    note: () => ({ address: setup.messages, author: "note", tip: setup.tip, readers: state.readers }),
    back: () => ({ ...setup.back, author: "note" }),
  };

  // What was sent and not acknowledged may have arrived: until a word of it changes, it is sent again as it was.
  const made = new Map();
  const prepared = (form, text) => {
    const before = made.get(form);
    if (before && before.text === text) return before;
    const now = { text, message: Bytes.newId(), key: Envelope.newKey() };
    made.set(form, now);
    return now;
  };

  const sealed = async ({ author, tip, readers, box }, { text, message, key }) => {
    const points = [...readers, ...(box ? [{ point: box }] : [])].map((one) => read(one.point));
    const { bundle, keys } = await Envelope.seal({ texts: { text } }, { tip, message, author }, points, key);
    const box_key = box ? written(keys[keys.length - 1]) : null;
    const body = new FormData();
    DeskMessages.append(body, { bundle, keys }, readers, { message, author, version: state.version, box_key });
    return body;
  };

  const send = async (form, key) => {
    const text = find("textarea", form).value.trim();
    try {
      if (!text) throw Object.assign(new Error("empty"), { why: "empty" });
      say(form, "working");
      const target = targets[form.dataset.write]();
      await post(target.address, await sealed(target, prepared(form, text)));
      find("textarea", form).value = "";
      return window.location.reload();
    } catch (error) {
      say(form, error.why || "failed");
      // What others wrote meanwhile is shown above; the words stay where they are.
      if (error.readers) setup.back.readers = error.readers;
      if (error.why === "changed") await load(key).catch(() => null);
      busy(form, false);
    }
  };

  const isWritten = () => every("form[data-write] textarea").some((one) => one.value.trim());

  const showAll = async (key) => {
    say(list.parentElement, "working");
    try {
      await load(key);
      say(list.parentElement, "");
    } catch (error) {
      say(list.parentElement, error.why || "failed");
    }
  };

  begin((key) => {
    const shown = showAll(key);
    for (const form of every("form[data-write]")) {
      // Somebody may be quicker than the messages; to whom it is sealed comes with these.
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        busy(form, true);
        await shown;
        send(form, key);
      });
    }
    keepWords(isWritten);
  });
})();
