// Handing on: what a member chooses of a tip is opened here and sealed anew, to the members of another desk.
"use strict";

(() => {
  const { setup, find, every, say, post, keepWords, busy, begin } = DeskPage;
  const form = find("form[data-hand]");
  if (!form) return;
  const said = JSON.parse(document.getElementById("labels").textContent);
  const [labels, dangers] = [said.texts, said.danger].map((one) => new Map(Object.entries(one)));
  const chosen = new Map();
  const state = { version: 0 };

  const line = (text) => {
    const made = document.createElement("p");
    made.className = "text";
    made.textContent = text;
    return made;
  };

  const shownText = (within, code, text) => {
    const label = labels.get(code);
    const words = (code === "danger" && dangers.get(text)) || text;
    within.append(line(label ? `${label} ${words}` : words));
  };

  // A tick of its own for what is not needed as a matter of course: who told it, and each file.
  const more = (within, id, label, isTicked) => {
    const shown = find("template[data-more-tick]").content.cloneNode(true).firstElementChild;
    const box = find("input", shown);
    box.id = id;
    box.checked = isTicked;
    find("label", shown).htmlFor = id;
    find("[data-more-label]", shown).textContent = label;
    find("[data-more]", within).append(shown);
    return { box, shown };
  };

  // Pictures go without what they say besides; one that cannot be read goes only if somebody wants it to.
  const stripped = (file, number) => {
    try {
      const { content, ending } = Pictures.stripped(file.content);
      return ending ? { kept: { ...file, name: `picture-${number}.${ending}`, content }, kind: "stripped" } : { kept: file };
    } catch {
      return { kept: file, kind: "unread" };
    }
  };

  const fill = (shown, told, id) => {
    for (const [code, text] of Object.entries(told.texts)) {
      if (code !== "name") shownText(find("[data-texts]", shown), code, text);
    }
    const { name } = told.texts;
    const files = told.files.map((file, at) => {
      const { kept, kind } = stripped(file, at + 1);
      const { box, shown: row } = more(shown, `${id}-${at}`, DeskMessages.plain(file.name), kind !== "unread");
      if (kind) find(`[data-${kind}]`, row).hidden = false;
      return { kept, box };
    });
    return { files, name: name ? more(shown, `${id}-name`, `${labels.get("name")} ${name}`, false).box : null };
  };

  // What came with a message goes with it or not at all.
  const follow = (shown, box) => {
    for (const one of every("[data-more] input", shown)) one.disabled = !box.checked;
  };

  // The frame of a message. Who listens to it hears of each tick when it was written and what it is.
  const part = (message) => {
    const shown = find("template[data-part]").content.cloneNode(true).firstElementChild;
    const [id, box, label] = [`part-${message.number}`, find("[data-part-tick]", shown), find("label", shown)];
    Object.assign(box, { id, checked: message.author === "reporter" });
    Object.assign(label, { htmlFor: id, id: `${id}-label` });
    Object.assign(find("[data-hour]", shown), { id: `${id}-hour`, textContent: message.hour });
    find("[data-texts]", shown).id = `${id}-texts`;
    shown.setAttribute("aria-labelledby", `${id}-label ${id}-hour`);
    box.setAttribute("aria-describedby", `${id}-hour ${id}-texts`);
    for (const one of every("[data-author]", shown)) one.hidden = one.dataset.author !== message.author;
    for (const one of every("[data-by]", shown)) one.textContent = message.by;
    return shown;
  };

  // What the reporter wrote is ticked beforehand, and notes are not: those were meant for this desk alone.
  const show = async (message, key) => {
    const told = await DeskMessages.opened(message, key);
    if (!told) {
      find("[data-unopened]", form).hidden = false;
      return;
    }
    const shown = part(message);
    const box = find("[data-part-tick]", shown);
    find("[data-parts]", form).append(shown);
    chosen.set(message.id, { message, told, box, shown, ...fill(shown, told, box.id) });
    box.addEventListener("change", () => follow(shown, box));
    follow(shown, box);
  };

  const target = () => setup.desks[form.elements.to.value];

  // What the other desk has already is not ticked beforehand. A file that stayed here may follow.
  const mark = () => {
    for (const [id, { box, shown, message }] of chosen) {
      const has = (setup.handed[id] || []).includes(form.elements.to.value);
      const had = !find("[data-has]", shown).hidden;
      if (has !== had) box.checked = !has && message.author === "reporter";
      find("[data-has]", shown).hidden = !has;
      follow(shown, box);
    }
  };

  const picked = ({ told, files, name }) => {
    const { name: who, ...texts } = told.texts;
    if (name && name.checked) texts.name = who;
    return { texts, files: files.filter(({ box }) => box.checked).map(({ kept }) => kept) };
  };

  const parts = () => {
    const ticked = [...chosen.values()].filter(({ box }) => box.checked);
    const found = ticked.map((one) => ({ told: picked(one), author: one.message.author, source: one.message.id }));
    const text = form.elements.cover.value.trim();
    if (found.length && text) found.push({ told: { texts: { text }, files: [] }, author: "note", source: null });
    return found;
  };

  // Bound to the tip that the other desk has; the first message of a new one gives it its id.
  const sealed = async () => {
    const all = parts();
    if (!all.length) throw Object.assign(new Error("nothing"), { why: "nothing" });
    const { readers, tip: had } = target();
    const first = Bytes.newId();
    const tip = had || first;
    const body = new FormData();
    for (const [at, { told, author, source }] of all.entries()) {
      const message = at ? Bytes.newId() : first;
      const made = await Envelope.seal(told, { tip, message, author }, readers.map((one) => Bytes.read(one.point)));
      DeskMessages.append(body, made, readers, { message, source }, `-${at + 1}`);
    }
    const [to, reason, basis] = ["to", "reason", "basis"].map((name) => form.elements[name].value);
    body.append("handover", JSON.stringify({ to, tip, reason, basis, version: state.version, parts: all.length }));
    return body;
  };

  const load = async (key) => {
    const last = Math.max(0, ...[...chosen.values()].map(({ message }) => message.number));
    state.version = (await DeskMessages.load(last, (one) => show(one, key))).version;
    mark();
  };

  // After a change it can be sent again: to the readers of now, into the tip that they have by now, and with what came
  // meanwhile standing above.
  const renew = async ({ desks, handed }, key) => {
    if (desks) Object.assign(setup, { desks, handed });
    await load(key).catch(() => null);
  };

  const send = async (key) => {
    say(form, "working");
    try {
      await post(setup.hand, await sealed());
      form.reset();
      window.location.assign(setup.then);
    } catch (error) {
      if (error.why === "changed") await renew(error, key);
      busy(form, false);
      mark();
      say(form, error.message === "too large" ? "large" : error.why || "failed");
    }
  };

  const showAll = async (key) => {
    say(form, "opening");
    try {
      await load(key);
      say(form, "");
    } catch (error) {
      say(form, error.why || "failed");
    }
  };

  begin((key) => {
    const shown = showAll(key);
    form.elements.to.addEventListener("change", mark);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      busy(form, true);
      await shown;
      send(key);
    });
    keepWords(() => Boolean(form.elements.cover.value.trim()));
  });
})();
