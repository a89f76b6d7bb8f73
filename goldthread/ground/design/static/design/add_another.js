// Repeated rows (see the macro `repeated`): “Add another” copies the template and numbers it; Remove takes a row away.
// In the template every name and id holds __row__ where its number belongs. Rows keep their numbers when another is
// removed: the server reads the rows it finds, in order. Without JavaScript both buttons post to the server.

function renumber(group) {
  group.querySelectorAll("[data-add-another-row]").forEach((row, index) => {
    const number = row.querySelector("[data-add-another-number]");
    if (number) number.textContent = String(index + 1);
  });
}

function nextNumber(group) {
  const used = [...group.querySelectorAll("[data-add-another-remove]")].map((button) => Number(button.value)).filter(Number.isInteger);
  return Math.max(-1, ...used, Number(group.dataset.lastRow ?? -1)) + 1;
}

function add(group) {
  const number = nextNumber(group);
  group.dataset.lastRow = String(number);
  const holder = document.createElement("template");
  holder.innerHTML = group.querySelector("[data-add-another-template]").innerHTML.replaceAll("__row__", String(number));
  const row = holder.content.firstElementChild;
  group.querySelector("[data-add-another-rows]").append(row);
  renumber(group);
  row.dispatchEvent(new CustomEvent("gt:shown", { bubbles: true }));
  row.dispatchEvent(new CustomEvent("gt:answered", { bubbles: true }));
  row.querySelector("input, textarea, select")?.focus();
}

function remove(group, row) {
  const wordsIn = [...row.querySelectorAll("input, textarea, select")].some((field) => (["radio", "checkbox"].includes(field.type) ? field.checked : field.value.trim()));
  if (wordsIn && !window.confirm("Remove this row and what is written in it?")) return;
  const form = row.closest("form");
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  renumber(group);
  form?.dispatchEvent(new Event("change", { bubbles: true }));
  (next?.querySelector("input, textarea, select") ?? group.querySelector("[data-add-another-add]")).focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-another-add], [data-add-another-remove]");
  const group = button?.closest("[data-add-another]");
  if (!group) return;
  event.preventDefault();
  if (button.matches("[data-add-another-add]")) add(group);
  else remove(group, button.closest("[data-add-another-row]"));
});
