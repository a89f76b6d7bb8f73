// Draws a form again from what was kept of it, while the server does not answer, and lets its scripts work on it.

export async function redraw(place, who, { title, page, form: words }) {
  document.querySelector("h1").textContent = title;
  document.title = document.title.replace(/^[^–]+/, `${title} `);
  const told = document.createElement("p");
  told.className = "gt-notice gt-notice--info";
  told.textContent = "The server cannot be reached. This is your form as it was kept on this computer: go on typing.";
  const form = document.adoptNode(new DOMParser().parseFromString(words, "text/html").querySelector("form"));
  form.dataset.page = page;
  form.asDrawn = words;
  place.replaceChildren(told, form);
  document.querySelectorAll("[data-away-words], [data-packs-open]").forEach((part) => part.remove());
  form.addEventListener("gt:forgotten", () => window.location.assign(page));
  Object.assign(document.body.dataset, { keptFor: who.person, keptHours: who.hours, keptIdle: who.idleMinutes });
  for (const module of place.dataset.modules.split(" ")) await import(module);
  form.scrollIntoView();
}
