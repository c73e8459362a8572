// Units: branches open in place, and a field finds units as one types. Both also work without this file.
(function () {
  "use strict";

  // A branch of the tree: the link leads to a page of its own; here it opens below its row instead.
  async function opened(twist) {
    var row = twist.closest("li");
    var below = row.querySelector(":scope > ul");
    if (!below) {
      twist.setAttribute("aria-busy", "true");
      var answer = await fetch(twist.dataset.opens, { headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) { location.href = twist.href; return; }
      row.insertAdjacentHTML("beforeend", await answer.text());
      twist.removeAttribute("aria-busy");
      below = row.querySelector(":scope > ul");
      prepare(below);
    } else {
      below.hidden = !below.hidden;
    }
    twist.setAttribute("aria-expanded", String(!below.hidden));
  }
  function prepare(part) {
    part.querySelectorAll(".twist").forEach(function (twist) {
      twist.setAttribute("role", "button");
      twist.setAttribute("aria-expanded", "false");
    });
  }
  prepare(document);
  document.addEventListener("click", function (event) {
    var twist = event.target.closest(".twist");
    if (!twist || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    if (!twist.hasAttribute("aria-busy")) { opened(twist); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === " " && event.target.classList.contains("twist")) {
      event.preventDefault();
      event.target.click();
    }
  });

  // A picker: a combobox (WAI-ARIA) whose list the server fills; the hidden field holds what was chosen.
  document.querySelectorAll("[data-asks]").forEach(function (field) {
    var box = field.closest(".picker");
    var held = box.querySelector("input[type=hidden]");
    var list = box.querySelector("[role=listbox]");
    var tells = box.querySelector("[aria-live]");
    var timer = 0, last = 0, at = -1, chosen = field.value;
    function options() { return list.querySelectorAll("[role=option]"); }
    function close() {
      list.hidden = true;
      at = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }
    function point(place) {
      var all = options();
      if (!all.length) { return; }
      at = (place + all.length) % all.length;
      all.forEach(function (one, index) { one.setAttribute("aria-selected", String(index === at)); });
      all[at].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", all[at].id);
    }
    function choose(one) {
      held.value = one.dataset.id;
      field.value = chosen = one.dataset.name;
      close();
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    async function ask() {
      var turn = ++last;
      var words = field.value.trim();
      if (!words) { close(); return; }
      var on = field.dataset.day ? document.getElementById(field.dataset.day) : null;
      var query = new URLSearchParams({ q: words });
      if (on && on.value) { query.set("ngay", on.value); }
      if (field.dataset.within) { query.set("trong", field.dataset.within); }
      var answer = await fetch(field.dataset.asks + "?" + query, { headers: { "HX-Request": "true" } });
      if (turn !== last || !answer.ok || answer.redirected) { return; }
      list.innerHTML = await answer.text();
      options().forEach(function (one) { one.id = field.id + "-" + one.id; });
      list.hidden = false;
      at = -1;
      field.removeAttribute("aria-activedescendant");
      field.setAttribute("aria-expanded", "true");
      tells.textContent = field.dataset.count.replace("{n}", options().length);
    }
    field.addEventListener("input", function () {
      if (field.value !== chosen) { held.value = ""; }
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    });
    field.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown" && list.hidden) { event.preventDefault(); ask(); return; }
      if (list.hidden) { return; }
      if (event.key === "ArrowDown") { event.preventDefault(); point(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); point(at < 0 ? -1 : at - 1); }
      else if (event.key === "Escape") { event.preventDefault(); close(); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); choose(options()[at]); }
      else if (event.key === "Tab" && at >= 0) { choose(options()[at]); }
    });
    list.addEventListener("pointerdown", function (event) {
      event.preventDefault();
      var one = event.target.closest("[role=option]");
      if (one) { choose(one); }
    });
    field.addEventListener("blur", close);
  });
})();
