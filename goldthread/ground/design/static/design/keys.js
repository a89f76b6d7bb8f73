// The keyboard: j and k move through the rows of a list, Enter opens one, / goes to search, ? says all this.
// Never while typing, and never with a modifier, so that a screen reader's and the browser's own keys are left alone.
const WORDS = [["j, k", "Next and previous row"], ["Enter", "Open the row"], ["/", "Search"], ["Escape twice", "Cover or show the screen"], ["?", "This list"]];

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function rowLink(row) {
  return row.querySelector("[data-row-open]") ?? row.querySelector("a, button");
}

function step(by) {
  const links = [...document.querySelectorAll("[data-rows] [data-row]")].map(rowLink).filter((link) => link?.offsetParent);
  if (!links.length) return;
  const row = document.activeElement.closest?.("[data-row]");
  const at = row ? links.indexOf(rowLink(row)) : -1;
  const next = at === -1 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by));
  links[next].focus();
  links[next].closest("[data-row]").scrollIntoView({ block: "nearest" });
}

function help() {
  let dialog = document.querySelector(".gt-help");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "gt-help";
    dialog.setAttribute("aria-labelledby", "gt-help-title");
    const list = WORDS.map(([key, words]) => `<dt><kbd>${key}</kbd></dt><dd>${words}</dd>`).join("");
    dialog.innerHTML = `<h2 class="gt-h2" id="gt-help-title">Keys</h2><dl>${list}</dl><form method="dialog"><button class="govuk-button govuk-button--secondary">Close</button></form>`;
    document.body.append(dialog);
  }
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const does = { j: () => step(1), k: () => step(-1), "/": () => document.querySelector("[data-key-search]")?.focus(), "?": help }[event.key];
  if (!does) return;
  event.preventDefault();
  does();
});
