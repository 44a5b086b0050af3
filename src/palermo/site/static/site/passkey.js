// Passkeys: <form data-passkey="create|get"> asks the browser for one and sends what it answers. The options come from
// the block #passkey-options, or from the address in data-passkey-options. Without this script, or where the browser
// or the address allows no passkeys, the form stays hidden and [data-passkey-else] says what to do instead.
"use strict";

(() => {
  // A passkey belongs to a name, so that there are none where the site is opened under a number.
  const numbered = /^\[|^\d+(\.\d+){3}$/.test(window.location.hostname);
  if (!window.PublicKeyCredential || numbered) return;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const create = async ({ publicKey: asked }, alone) => {
    const chosen = { ...asked.authenticatorSelection };
    chosen.residentKey = alone ? "required" : "discouraged";
    chosen.requireResidentKey = alone;
    if (alone) chosen.userVerification = "required";
    const made = await navigator.credentials.create({
      publicKey: {
        ...asked,
        authenticatorSelection: chosen,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: known(asked.excludeCredentials),
      },
    });
    return {
      ...about(made),
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  };

  const get = async ({ publicKey: asked }) => {
    const shown = await navigator.credentials.get({
      publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) },
    });
    const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
    return {
      ...about(shown),
      response: {
        clientDataJSON: text(clientDataJSON),
        authenticatorData: text(authenticatorData),
        signature: text(signature),
        userHandle: userHandle ? text(userHandle) : null,
      },
    };
  };

  const about = (one) => ({
    id: one.id,
    rawId: text(one.rawId),
    type: one.type,
    clientExtensionResults: one.getClientExtensionResults(),
  });

  const options = async (form) => {
    const address = form.dataset.passkeyOptions;
    if (!address) return JSON.parse(document.getElementById("passkey-options").textContent);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const ask = async (form) => {
    const given = await options(form);
    if (form.dataset.passkey === "get") return get(given.request_options);
    const alone = form.elements.passwordless;
    return create(given.creation_options, Boolean(alone && alone.checked));
  };

  const tell = (form, name) => {
    const said = [...form.querySelectorAll("[data-passkey-trouble]")];
    const fits = said.find((one) => one.dataset.passkeyTrouble === name) || said[0];
    for (const one of said) one.hidden = one !== fits;
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      button.disabled = true;
      try {
        form.elements.credential.value = JSON.stringify(await ask(form));
        form.submit();
      } catch (error) {
        button.disabled = false;
        tell(form, error.name);
      }
    });
  }
  for (const one of document.querySelectorAll("[data-passkey-else]")) one.hidden = true;
})();
