// Comfort only: every page works without this file.
"use strict";
const errors = document.getElementById("errors");
if (errors) errors.focus();

// Quick exit: hide the page at once, clear the draft, and leave without an entry in the history.
const way = document.querySelector("[data-exit]");
if (way) {
  const leave = event => {
    event.preventDefault();
    document.documentElement.hidden = true;
    document.title = "";
    if (way.action) navigator.sendBeacon(way.action, new FormData(way));
    location.replace(way.dataset.exit);
  };
  way.addEventListener(way.action ? "submit" : "click", leave);

  const hint = document.querySelector(".keys");
  hint.hidden = false;
  let presses = 0;
  addEventListener("keydown", event => {
    presses = event.key === "Escape" ? presses + 1 : 0;
    if (presses === 3) leave(event);
  });
}
