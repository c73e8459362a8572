// The idle lock as the page sees it: whoever types is there, whoever is not is locked out with nothing lost.
(function () {
  "use strict";
  var body = document.body;
  var limit = Number(body.dataset.idle) * 1000;
  if (!limit) { return; }
  var tokens = JSON.parse(body.getAttribute("hx-headers") || "{}");
  var told = Date.now();
  var last = told;
  var others = window.BroadcastChannel ? new BroadcastChannel("nhipcau-idle") : null;
  var TELL = 20000;

  function send(address, fields) {
    return fetch(address, { method: "POST", headers: tokens, body: fields || new URLSearchParams() });
  }
  function active() {
    last = Date.now();
    if (last - told < TELL) { return; }
    told = last;
    if (others) { others.postMessage(last); }
    send(body.dataset.here);
  }
  // Somebody who works in another tab is not idle in this one.
  if (others) { others.onmessage = function (event) { last = Math.max(last, event.data); }; }
  ["keydown", "pointerdown", "input", "wheel", "touchstart"].forEach(function (name) {
    document.addEventListener(name, active, { passive: true });
  });

  function isTyped(field) {
    if (!field.name || !field.form || field.form.method !== "post") { return false; }
    if (field.tagName === "TEXTAREA" || field.type === "text") { return field.value !== field.defaultValue; }
    return false;
  }
  function typed() {
    var fields = new URLSearchParams({ path: location.pathname });
    document.querySelectorAll("main input, main textarea").forEach(function (field) {
      if (isTyped(field)) { fields.append("name", field.name); fields.append("value", field.value); }
    });
    return fields;
  }
  function lock() {
    limit = Infinity;
    send(body.dataset.lock, typed()).finally(function () { location.reload(); });
  }
  setInterval(function () { if (Date.now() - last > limit) { lock(); } }, 2000);

  // Back after the lock: what was typed returns to its fields.
  var held = document.querySelector("[data-held]");
  if (held) {
    JSON.parse(held.dataset.held).forEach(function (pair) {
      var found = Array.from(document.querySelectorAll("main input, main textarea")).find(function (field) {
        return field.name === pair[0] && field.form && field.form.method === "post";
      });
      if (found) { found.value = pair[1]; }
    });
    held.hidden = false;
  }
})();
