// Handing on: what a member chooses of a tip is opened here and sealed anew, to the members of another desk.
"use strict";

(() => {
  const { setup, find, every, say, post, keepWords, begin } = DeskPage;
  const form = find("form[data-hand]");
  if (!form) return;
  const said = JSON.parse(document.getElementById("labels").textContent);
  const labels = new Map(Object.entries(said.texts));
  const LONGEST_SHOWN = 300;
  const chosen = new Map();
  const state = { version: 0 };

  const shortened = (text) => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);

  const line = (text) => {
    const made = document.createElement("p");
    made.className = "text";
    made.textContent = text;
    return made;
  };

  const fill = (within, told) => {
    for (const [code, text] of Object.entries(told.texts)) {
      const label = labels.get(code);
      if (code !== "danger") within.append(line(shortened(label ? `${label} ${text}` : text)));
    }
    for (const one of told.files) within.append(line(one.name));
  };

  // What the reporter wrote is ticked beforehand, and notes are not: those were meant for this desk alone.
  const show = async (message, key) => {
    const told = await DeskMessages.opened(message, key);
    if (!told) {
      find("[data-unread]", form).hidden = false;
      return;
    }
    const shown = find("template[data-part]").content.cloneNode(true).firstElementChild;
    const box = find("input", shown);
    box.id = `part-${message.number}`;
    find("label", shown).htmlFor = box.id;
    box.checked = message.author === "reporter";
    for (const one of every("[data-author]", shown)) one.hidden = one.dataset.author !== message.author;
    for (const one of every("[data-by]", shown)) one.textContent = message.by;
    find("[data-hour]", shown).textContent = message.hour;
    fill(find("[data-texts]", shown), told);
    find("[data-parts]", form).append(shown);
    chosen.set(message.id, { message, told, box, shown });
  };

  const target = () => setup.desks[form.elements.to.value];

  // What the other desk has already cannot be sent to it again.
  const mark = () => {
    for (const [id, { box, shown }] of chosen) {
      const has = (setup.handed[id] || []).includes(form.elements.to.value);
      box.disabled = has;
      find("[data-has]", shown).hidden = !has;
    }
  };

  // The first message of a new tip gives it its id.
  const add = async (body, tip, at, { told, author, source }) => {
    const message = at === 1 && tip === null ? body.first : Bytes.newId();
    const { readers } = target();
    const bound = { tip: tip || body.first, message, author };
    const made = await Envelope.seal(told, bound, readers.map((one) => Bytes.read(one.point)));
    DeskMessages.append(body.form, made, readers, { message, source }, `-${at}`);
  };

  const parts = () => {
    const ticked = [...chosen.values()].filter(({ box }) => box.checked && !box.disabled);
    const found = ticked.map(({ message, told }) => ({ told, author: message.author, source: message.id }));
    const text = form.elements.cover.value.trim();
    if (found.length && text) found.push({ told: { texts: { text }, files: [] }, author: "note", source: null });
    return found;
  };

  const sealed = async () => {
    const all = parts();
    if (!all.length) throw Object.assign(new Error("nothing"), { why: "nothing" });
    const body = { form: new FormData(), first: Bytes.newId() };
    for (const [at, one] of all.entries()) await add(body, target().tip, at + 1, one);
    const [to, reason, basis] = ["to", "reason", "basis"].map((name) => form.elements[name].value);
    body.form.append("handover", JSON.stringify({ to, reason, basis, version: state.version, parts: all.length }));
    return body.form;
  };

  const load = async (key) => {
    const last = Math.max(0, ...[...chosen.values()].map(({ message }) => message.number));
    state.version = (await DeskMessages.load(last, (one) => show(one, key))).version;
    mark();
  };

  // After a change it can be sent again: to the readers of now, and with what came meanwhile standing above.
  const renew = async (error, key) => {
    if (error.readers && target()) target().readers = error.readers;
    await load(key).catch(() => null);
  };

  const send = async (key) => {
    const button = find("button", form);
    button.disabled = true;
    say(form, "working");
    try {
      await post(setup.hand, await sealed());
      form.reset();
      window.location.assign(setup.then);
    } catch (error) {
      button.disabled = false;
      if (error.why === "changed") await renew(error, key);
      say(form, error.why || "failed");
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
      await shown;
      send(key);
    });
    keepWords(() => Boolean(form.elements.cover.value.trim()));
  });
})();
