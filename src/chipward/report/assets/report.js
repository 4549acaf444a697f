(function () {
  "use strict";
  var form = document.getElementById("filter");
  var list = document.getElementById("list");
  if (!form || !list) return;
  var items = Array.prototype.slice.call(list.children);
  var texts = null;
  var buttons = Array.prototype.slice.call(form.querySelectorAll("button[data-level]"));
  var lens = form.querySelector("select");
  var find = form.querySelector("input");
  var said = document.getElementById("shown");
  var nothing = document.getElementById("nothing");

  function chosen() {
    return buttons.filter(function (b) { return b.getAttribute("aria-pressed") === "true"; })
      .map(function (b) { return b.dataset.level; });
  }
  function apply() {
    var levels = chosen(), word = find.value.trim().toLowerCase(), shown = 0;
    if (word && !texts) texts = items.map(function (i) { return i.textContent.toLowerCase(); });
    items.forEach(function (item, n) {
      var keep = (!levels.length || levels.indexOf(item.dataset.level) >= 0) &&
        (!lens.value || (" " + item.dataset.lens + " ").indexOf(" " + lens.value + " ") >= 0) &&
        (!word || texts[n].indexOf(word) >= 0);
      item.hidden = !keep;
      if (keep) shown += 1;
    });
    said.textContent = said.dataset.text.replace("{shown}", shown);
    nothing.hidden = shown > 0;
  }
  function only(level) {
    buttons.forEach(function (b) { b.setAttribute("aria-pressed", String(b.dataset.level === level)); });
    lens.value = "";
    find.value = "";
    apply();
  }
  function reveal() {
    var at = document.getElementById(location.hash.slice(1));
    if (!at || !list.contains(at)) return;
    if (at.hidden) only("");
    var details = at.querySelector("details");
    if (details) details.open = true;
    at.scrollIntoView();
  }
  buttons.forEach(function (b) {
    b.addEventListener("click", function () {
      b.setAttribute("aria-pressed", String(b.getAttribute("aria-pressed") !== "true"));
      apply();
    });
  });
  lens.addEventListener("change", apply);
  find.addEventListener("input", apply);
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  Array.prototype.forEach.call(document.querySelectorAll(".strip a[data-level]"), function (a) {
    a.addEventListener("click", function () { only(a.dataset.level); });
  });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", function () {
    Array.prototype.forEach.call(list.querySelectorAll("li.stop > details, li.hold > details"),
      function (d) { d.open = true; });
  });
  form.hidden = false;
  apply();
  reveal();
})();
