// The form by which the public tells: a few questions at a time, sealed here before anything is sent.
"use strict";

(() => {
  const form = document.querySelector("form[data-tell]");
  if (!form || !Hpke.isHere) return;
  const { language, step: stepSaid, tell, words } = form.dataset;
  const part = (name) => form.querySelector(`[data-${name}]`);
  const steps = [...form.querySelectorAll("fieldset, [data-group]")];
  const [back, next, send, place] = ["back", "next", "send", "at"].map(part);
  let step = 0;

  const show = (at, isMoved = true) => {
    step = at;
    steps.forEach((one, number) => (one.hidden = number !== at));
    back.hidden = at === 0;
    next.hidden = at === steps.length - 1;
    send.hidden = at !== steps.length - 1;
    place.hidden = false;
    place.textContent = stepSaid.replace("{at}", at + 1).replace("{of}", steps.length);
    Sending.trouble(form, "");
    if (isMoved) steps[at].querySelector("input, textarea").focus();
  };

  const arrived = (receipt) => {
    const shown = document.querySelector("[data-arrived]");
    shown.querySelector("[data-with-receipt]").hidden = !receipt;
    shown.querySelector("[data-receipt]").textContent = receipt;
    form.remove();
    document.querySelector("[data-before]").remove();
    shown.hidden = false;
    shown.focus();
  };

  const prepared = Telling.of(form, () => words);
  const sealAndSend = async () => {
    const made = await prepared();
    const seal = async ({ readers, hour, bits }) => {
      const { envelope, bundle } = await Telling.sealed(made, readers);
      const answer = await Work.done(made.message, hour, bits);
      return { envelope: { ...envelope, language, hour, answer }, bundle };
    };
    await Sending.send(tell, JSON.parse(document.getElementById("to-seal").textContent), seal);
    arrived(made.receipt);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (step < steps.length - 1) return show(step + 1);
    Sending.busy(form, true);
    try {
      await sealAndSend();
    } catch (error) {
      Sending.busy(form, false);
      Sending.trouble(form, error.why || error.message || "failed");
    }
  });
  back.addEventListener("click", () => show(step - 1));
  next.addEventListener("click", () => show(step + 1));
  Sending.ready();
  show(0, false);
})();
