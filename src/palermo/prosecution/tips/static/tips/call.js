// A call: what a member hears is sealed here, like what the public tells, and kept before the tab is left.
"use strict";

(() => {
  const form = document.querySelector("form[data-call]");
  if (!form || !Hpke.isHere) return;
  const { setup, find, every, post, keepWords } = DeskPage;
  const arrived = find("[data-arrived]");
  const withReceipt = find("[data-with-receipt]", arrived);
  const spoken = () => form.elements.language.selectedOptions[0];
  const prepared = Telling.of(form, () => spoken().dataset.words);

  const then = () => {
    withReceipt.remove();
    find("[data-then]", arrived).hidden = false;
    arrived.focus();
  };

  const show = ({ receipt }, { tip }) => {
    const words = find("[data-receipt]", withReceipt);
    words.textContent = receipt;
    words.lang = spoken().dataset.list;
    find("[data-box-address]", withReceipt).textContent = spoken().dataset.box;
    find("[data-tip]", arrived).href = tip;
    for (const one of every("[data-before]")) one.remove();
    form.remove();
    arrived.hidden = false;
    if (receipt) arrived.focus();
    else then();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    Sending.trouble(form, "");
    Sending.busy(form, true);
    try {
      const made = await prepared();
      const seal = async ({ readers }) => {
        const { envelope, bundle } = await Telling.sealed(made, readers);
        return { envelope: { ...envelope, language: spoken().value }, bundle };
      };
      show(made, await Sending.send(setup.call, setup, seal, post));
    } catch (error) {
      Sending.busy(form, false);
      Sending.trouble(form, error.why || error.message || "failed");
    }
  });

  find("[data-written-down]", withReceipt).addEventListener("click", then);
  const isWritten = () =>
    every("form[data-call] textarea, form[data-call] .field > input").some((one) => one.value.trim());
  keepWords(() => isWritten() || (withReceipt.isConnected && !arrived.hidden));
  Sending.ready();
})();
