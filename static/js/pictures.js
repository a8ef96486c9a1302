/* A picture that is being added to a text: what it shows says who adds it, for the name of its file says nothing, and
   its edges can be cut off, by keys, by hand or by drawing on it. Several are asked about one after the other.
   botschaftPictures.ask(area, answer, file) promises { text, mark, cut }: the words, and what is left where it was cut. */
(function () {
  "use strict";
  if (window.botschaftPictures) { return; }
  var LEAST = 10, EDGES = ["top", "right", "bottom", "left"], CAN_BE_CUT = ["image/jpeg", "image/png", "image/webp"];
  var asked = Promise.resolve(), picture = null, from = null;

  function dialogOf(element) { return element.closest("#picture-words"); }
  function edge(dialog, name) { return dialog.querySelector("[data-edge='" + name + "']"); }
  function cutOf(dialog) {
    return EDGES.map(function (name) { return Number(edge(dialog, name).value); });
  }
  function isCut(cut) { return cut.some(Boolean); }
  /* Something is always left between two edges: the one that moves stops. */
  function move(dialog, name) {
    var other = EDGES[(EDGES.indexOf(name) + 2) % 4], own = edge(dialog, name);
    own.value = String(Math.min(Number(own.value), 100 - LEAST - Number(edge(dialog, other).value)));
    show(dialog);
  }
  function show(dialog) {
    if (picture) { picture.style.clipPath = "inset(" + cutOf(dialog).join("% ") + "%)"; }
  }
  function reset(dialog) {
    EDGES.forEach(function (name) { edge(dialog, name).value = "0"; });
    show(dialog);
  }
  /* What is left, as a file of the same kind. */
  function made(cut, file) {
    return createImageBitmap(file).then(function (whole) {
      var canvas = document.createElement("canvas");
      var left = Math.round(whole.width * cut[3] / 100), top = Math.round(whole.height * cut[0] / 100);
      canvas.width = Math.max(1, Math.round(whole.width * (100 - cut[1]) / 100) - left);
      canvas.height = Math.max(1, Math.round(whole.height * (100 - cut[2]) / 100) - top);
      canvas.getContext("2d").drawImage(whole, -left, -top);
      return new Promise(function (resolve) {
        canvas.toBlob(function (blob) { resolve(blob && new File([blob], file.name, { type: blob.type })); }, file.type, 0.92);
      });
    });
  }
  function ask(area, answer, file) {
    var mine = asked.then(function () { return one(area, answer, file); });
    asked = mine.catch(function () { return null; });
    return mine;
  }
  function one(area, answer, file) {
    var dialog = document.getElementById("picture-words"), field, choice, fold;
    if (!dialog) { return Promise.resolve({ text: "", mark: "", cut: null }); }
    field = dialog.querySelector("[data-picture-text]");
    choice = dialog.querySelector("[data-picture-decorates]");
    fold = dialog.querySelector("[data-picture-cut]");
    field.value = "";
    field.disabled = choice.checked = fold.open = false;
    fold.hidden = !CAN_BE_CUT.includes(file.type);
    dialog.returnValue = "";
    picture = new Image();
    picture.alt = "";
    picture.draggable = false;
    picture.src = answer.url;
    reset(dialog);
    dialog.querySelector("[data-picture-shown]").replaceChildren(picture);
    dialog.showModal();
    field.focus();
    return new Promise(function (resolve, refuse) {
      dialog.addEventListener("close", function () {
        var isAdded = dialog.returnValue === "add", decorates = isAdded && choice.checked, cut = cutOf(dialog);
        var words = isAdded ? field.value.replace(/[[\]\\\s]+/g, " ").trim() : "";
        area.focus();
        if (!words && !decorates) { window.botschaft.say(dialog.dataset.textLater, true); }
        (isAdded && isCut(cut) ? made(cut, file) : Promise.resolve(null)).then(function (left) {
          resolve(decorates ? { text: "", mark: ' "' + dialog.dataset.mark + '"', cut: left } : { text: words, mark: "", cut: left });
        }).catch(refuse);
      }, { once: true });
    });
  }
  document.addEventListener("change", function (event) {
    var field;
    if (!event.target.matches("[data-picture-decorates]")) { return; }
    field = event.target.form.querySelector("[data-picture-text]");
    field.disabled = event.target.checked;
  });
  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-edge]")) { move(dialogOf(event.target), event.target.dataset.edge); }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-picture-whole]")) { reset(dialogOf(event.target)); }
  });
  /* Drawn on the picture with a pointer or a finger: from one corner to the other. */
  function place(event) {
    var box = picture.getBoundingClientRect();
    function share(at, start, size) { return Math.round(Math.max(0, Math.min(1, (at - start) / size)) * 100); }
    return [share(event.clientX, box.left, box.width), share(event.clientY, box.top, box.height)];
  }
  document.addEventListener("pointerdown", function (event) {
    var shown = event.target.closest("[data-picture-shown]"), dialog = shown && dialogOf(shown); /* what is cut off is not hit */
    if (!dialog || !picture || !dialog.querySelector("[data-picture-cut]").open) { return; }
    event.preventDefault();
    from = place(event);
    shown.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", function (event) {
    var to, dialog = from && dialogOf(picture), sides;
    if (!dialog) { return; }
    to = place(event);
    sides = { left: Math.min(from[0], to[0]), right: 100 - Math.max(from[0], to[0]),
      top: Math.min(from[1], to[1]), bottom: 100 - Math.max(from[1], to[1]) };
    if (100 - sides.left - sides.right < LEAST || 100 - sides.top - sides.bottom < LEAST) { return; }
    EDGES.forEach(function (name) { edge(dialog, name).value = String(sides[name]); });
    show(dialog);
  });
  ["pointerup", "pointercancel"].forEach(function (kind) {
    document.addEventListener(kind, function () { from = null; });
  });
  window.botschaftPictures = { ask: ask };
})();
