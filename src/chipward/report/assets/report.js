(function () {
  "use strict";
  var form = document.getElementById("filter");
  var list = document.getElementById("list");
  if (!form || !list) return;
  function all(at, what) { return Array.prototype.slice.call(at.querySelectorAll(what)); }
  var items = all(list, "li[data-level]");
  var folds = all(list, "details.fold");
  var texts = null, filtered = false;
  var buttons = all(form, "button[data-level]");
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
    var active = Boolean(levels.length || lens.value || word);
    if (word && !texts) texts = items.map(function (i) { return i.textContent.toLowerCase(); });
    items.forEach(function (item, n) {
      var keep = (!levels.length || levels.some(function (level) {
        return (" " + item.dataset.level + " ").indexOf(" " + level + " ") >= 0; })) &&
        (!lens.value || (" " + item.dataset.lens + " ").indexOf(" " + lens.value + " ") >= 0) &&
        (!word || texts[n].indexOf(word) >= 0);
      item.hidden = !keep;
      if (keep) shown += 1;
    });
    fold(active);
    said.textContent = said.dataset.text.replace("{shown}", shown);
    nothing.hidden = shown > 0;
  }
  function fold(active) {
    folds.forEach(function (d) {
      var hits = d.querySelectorAll("li[data-level]:not([hidden])").length, at = d.querySelector(".hits");
      if (active && !filtered) d.dataset.was = d.open ? "open" : "";
      d.hidden = !hits;
      if (active) d.open = true;
      else if (filtered) d.open = d.dataset.was === "open";
      at.textContent = active ? at.dataset.text.replace("{shown}", hits) : "";
    });
    filtered = active;
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
    var details = at.querySelector("details"), group = at.closest("details.fold");
    if (group) group.open = true;
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
  all(document, ".strip a[data-level]").forEach(function (a) {
    a.addEventListener("click", function () { only(a.dataset.level); });
  });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", function () {
    all(list, "details.fold, li.stop > details, li.hold > details").forEach(function (d) { d.open = true; });
  });
  form.hidden = false;
  apply();
  reveal();
})();
