// Conditional questions: an element with data-when-name and data-when-values ("yes|unsure") shows only while the
// question of that name in the same form (or the same row of a repeated group) has one of those answers. A question
// hangs below a hidden one is hidden too. What was typed in it stays and is posted: the server decides what counts.
// Also offers to take an answer back, for choices that a browser would otherwise never let go.

function answers(form, name) {
  const fields = [...form.elements].filter((field) => field.name === name);
  return fields.flatMap((field) => {
    if (field.type === "radio" || field.type === "checkbox") return field.checked ? [field.value] : [];
    if (field.tagName === "SELECT") return [...field.selectedOptions].map((option) => option.value);
    return [field.value];
  });
}

function draw(form) {
  const questions = [...form.querySelectorAll("[data-when-name]")];
  // Twice over the list settles a chain of three however it is ordered; a form has few.
  for (let pass = 0; pass < 3; pass += 1) {
    for (const question of questions) {
      const caller = form.querySelector(`[data-question="${CSS.escape(question.dataset.whenName)}"]`);
      const called = answers(form, question.dataset.whenName).some((value) => question.dataset.whenValues.split("|").includes(value));
      const hidden = !called || Boolean(caller?.hidden);
      if (question.hidden === hidden) continue;
      question.hidden = hidden;
      if (!hidden) question.dispatchEvent(new CustomEvent("gt:shown", { bubbles: true }));
    }
  }
}

function offerToTakeBack(question) {
  const radios = [...question.querySelectorAll("input[type=radio]")];
  if (!radios.length || radios[0].disabled) return;
  let button = question.querySelector(".gt-unanswer");
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "gt-button-link gt-unanswer";
    const label = question.querySelector("legend")?.firstChild?.textContent.trim() ?? "";
    button.textContent = "Take this answer back";
    button.setAttribute("aria-label", `Take this answer back: ${label}`);
    button.addEventListener("click", () => {
      const chosen = radios.find((radio) => radio.checked);
      radios.forEach((radio) => { radio.checked = false; });
      (chosen ?? radios[0]).dispatchEvent(new Event("input", { bubbles: true }));
      (chosen ?? radios[0]).dispatchEvent(new Event("change", { bubbles: true }));
      radios[0].focus();
    });
    question.querySelector(".gt-question__ask").append(button);
  }
  button.hidden = !radios.some((radio) => radio.checked);
}

function drawAll(scope) {
  const forms = new Set([...scope.querySelectorAll("form")]);
  const within = scope.closest?.("form");
  if (within) forms.add(within);
  for (const form of forms) {
    draw(form);
    form.querySelectorAll("[data-question][data-kind=one], [data-question][data-kind=yes_no]").forEach(offerToTakeBack);
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form) return;
  draw(form);
  const question = event.target.closest("[data-question]");
  if (question && event.target.type === "radio") offerToTakeBack(question);
});
document.addEventListener("input", (event) => {
  if (event.target.form && !["radio", "checkbox"].includes(event.target.type)) draw(event.target.form);
});
document.addEventListener("gt:answered", (event) => drawAll(event.target));
document.body.addEventListener("htmx:afterSwap", (event) => drawAll(event.detail.target));
drawAll(document);
