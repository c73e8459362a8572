// Passkeys: a form with data-passkey asks the browser for one, puts the answer into its field and sends itself.
(function () {
  "use strict";
  if (!window.PublicKeyCredential) { return; }

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }
  function words(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function named(list) {
    return (list || []).map(function (one) { return Object.assign({}, one, { id: bytes(one.id) }); });
  }

  // The options as the browser wants them: bytes where JSON has letters.
  function forCreating(options) {
    return Object.assign({}, options, {
      challenge: bytes(options.challenge),
      user: Object.assign({}, options.user, { id: bytes(options.user.id) }),
      excludeCredentials: named(options.excludeCredentials)
    });
  }
  function forUsing(options) {
    return Object.assign({}, options, {
      challenge: bytes(options.challenge),
      allowCredentials: named(options.allowCredentials)
    });
  }

  // The answer as the server wants it.
  function told(credential) {
    var answer = credential.response;
    var response = { clientDataJSON: words(answer.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (answer[name]) { response[name] = words(answer[name]); }
    });
    if (answer.getTransports) { response.transports = answer.getTransports(); }
    return {
      type: credential.type, id: credential.id, rawId: words(credential.rawId), response: response,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults()
    };
  }

  async function options(form) {
    if (form.dataset.options) { return JSON.parse(form.dataset.options).publicKey; }
    var answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options.publicKey;
  }
  async function ask(form) {
    var given = await options(form);
    if (form.dataset.passkey === "add") {
      return navigator.credentials.create({ publicKey: forCreating(given) });
    }
    return navigator.credentials.get({ publicKey: forUsing(given) });
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var said = form.querySelector(".said");
    form.hidden = false;
    form.addEventListener("submit", async function (event) {
      event.preventDefault();
      said.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(told(await ask(form)));
        form.submit();
      } catch (error) {
        said.textContent = form.dataset.failed;
        said.hidden = false;
      }
    });
  });
})();
