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

  // Suggestions put their value into the field they belong to.
  document.querySelectorAll("[data-fills]").forEach(function (button) {
    button.addEventListener("click", function () {
      var field = document.getElementById(button.dataset.fills);
      field.value = button.dataset.value;
      field.focus();
    });
  });
})();
