// Conveniences only: every page works without this file.

// A refused form: bring the reader to the list of refusals, also after htmx has put it in.
function showRefusals(root) {
  const refusals = root.querySelector("[data-refusals]");
  if (refusals) refusals.focus();
}

// Printing needs a script; without one the button stays hidden.
function showPrintButtons(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.onclick = () => window.print();
  }
}

function prepare(root) {
  showRefusals(root);
  showPrintButtons(root);
}

document.addEventListener("htmx:afterSettle", (event) => prepare(event.target));
prepare(document);

// The phone's menu closes like any other: by Escape and by a touch beside it.
const menu = document.querySelector("details.menu");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
