// Small comforts of the pages; everything also works without them.
(function () {
  "use strict";
  document.documentElement.classList.add("scripted");

  // Filter findings by kind: a class on the paper, remembered for the tab.
  document.querySelectorAll("[data-hides]").forEach(function (box) {
    var paper = document.querySelector(".paper");
    function show() { paper.classList.toggle("no-" + box.dataset.hides, !box.checked); }
    box.addEventListener("change", show);
    show();
  });

  // Dropping files on the frame puts them into its file field and sends the form.
  document.querySelectorAll(".drop").forEach(function (frame) {
    var field = frame.querySelector("input[type=file]");
    ["dragover", "dragleave", "drop"].forEach(function (name) {
      frame.addEventListener(name, function (event) {
        event.preventDefault();
        frame.classList.toggle("over", name === "dragover");
        if (name === "drop" && event.dataTransfer.files.length) {
          field.files = event.dataTransfer.files;
          field.form.requestSubmit();
        }
      });
    });
    field.addEventListener("change", function () { if (field.files.length) { field.form.requestSubmit(); } });
  });

  // Files are sent one by one, so that a long queue shows where it stands and one failure stops no other.
  document.querySelectorAll(".drop-form").forEach(function (form) {
    var field = form.querySelector("input[type=file]");
    var tells = form.querySelector("[data-tells]");
    var outcomes = form.parentNode.querySelector("[data-outcomes]");
    function words(text, values) {
      return text.replace(/\{(\w+)\}/g, function (whole, name) { return values[name]; });
    }
    function show(html) {
      var box = document.createElement("div");
      box.innerHTML = html;
      outcomes.prepend(box);
      htmx.process(box);
    }
    async function send(file) {
      var body = new FormData(form);
      body.delete("files");
      body.append("files", file, file.name);
      var answer = await fetch(form.action, { method: "POST", body: body, headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) { throw new Error(answer.status); }
      show(await answer.text());
    }
    form.addEventListener("submit", async function (event) {
      var files = Array.from(field.files);
      if (!files.length) { return; }
      event.preventDefault();
      field.value = "";
      for (var place = 0; place < files.length; place += 1) {
        var values = { place: place + 1, count: files.length, name: files[place].name };
        tells.textContent = words(form.dataset.sending, values);
        try {
          await send(files[place]);
        } catch (error) {
          var notice = document.createElement("div");
          notice.className = "notice bad";
          notice.textContent = words(form.dataset.failed, values);
          outcomes.prepend(notice);
        }
      }
      tells.textContent = form.dataset.sent;
    });
  });

  // Suggestions put their value into the field they belong to.
  document.querySelectorAll("[data-fills]").forEach(function (button) {
    button.addEventListener("click", function () {
      var field = document.getElementById(button.dataset.fills);
      field.value = button.dataset.value;
      field.focus();
    });
  });
})();
