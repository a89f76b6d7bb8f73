// Keeps what a form could not send, encrypted in this browser, until the server has taken it.
//
//   <body data-kept-for="12" data-kept-hours="72" data-kept-idle="15" data-away-worker="/away/worker.js">
//   Whose page this is, how long a copy waits, after how many minutes unheard a session sleeps, and the script that answers
//   when the server does not. Without a person nothing is kept.
//   A line [data-draft-kept] in the form says that words are kept and since when; a place [data-kept-list] (My work) lists
//   what waits; a form [data-sign-out] asks first while something waits. Forms that do not save themselves are kept when a
//   press finds no server.

import { all, canKeep, digest, expire, expirePacks, forget, isHere, keep, nobodyHere } from "./keeping.js";

const { keptFor: person, keptHours: hours, keptIdle: idleMinutes, awayWorker } = document.body.dataset;

const clock = (at) => new Date(at).toLocaleString("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
const formsOf = (count) => (count === 1 ? "1 form is" : `${count} forms are`);

function drawn(tag, words = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = words;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function say(place, words) {
  if (place.textContent !== words) place.replaceChildren(drawn("p", words, { class: "gt-notice gt-notice--info" }));
}

const heard = () => isHere({ person, hours, idleMinutes });

async function mind(form, owner, copies) {
  const id = await digest(`${owner} ${form.dataset.draftUrl}`);
  const line = form.querySelector("[data-draft-kept]");
  let since = copies.get(id)?.since;
  // One after the other: a copy written late must not outlive the word that all was sent.
  let last = Promise.resolve();
  const next = (act) => { last = last.then(act).catch(() => say(line, "What you type could not be kept on this computer. Copy it before you leave this page.")); };
  form.addEventListener("gt:unsent", ({ detail }) => {
    if (!Object.keys(detail.answers).length) return;
    since ??= Date.now();
    const content = { ...detail, since, page: form.dataset.page ?? window.location.pathname, title: titleOf(document), form: form.asDrawn ?? copies.get(id)?.form };
    next(async () => {
      await Promise.all([keep(owner, id, content), heard()]);
      say(line, `The server has not taken this form yet. What you type is kept on this computer, encrypted, since ${clock(since)}, and is sent when the server is back.`);
    });
  });
  form.addEventListener("gt:sent", () => {
    const was = since;
    since = undefined;
    next(async () => {
      await Promise.all([forget(id), heard()]);
      if (was) say(line, `The server has taken what was kept on this computer since ${clock(was)}; the copy here is deleted.`);
      form.dispatchEvent(new CustomEvent("gt:forgotten"));
    });
  });
  if (since) form.draft.resume(copies.get(id));
}

const titleOf = (page) => page.querySelector("h1").textContent.trim();
const typed = (form) => [...form.elements].filter((field) => field.name && !["hidden", "password", "submit", "button", "file"].includes(field.type));
const filled = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value.trim() !== "");
const named = (field) => field.labels?.[0]?.textContent.trim() || field.name;

// A form that does not save itself: kept when a press found no server, filled in again when its page is next opened.
async function mindPlain(form, owner, copies) {
  const id = await digest(`${owner} ${form.getAttribute("action") || window.location.pathname}`);
  const copy = copies.get(id);
  form.keptId = id;
  if (copy?.fields) {
    for (const [name, value] of copy.fields) {
      const field = typed(form).find((one) => one.name === name && (!["checkbox", "radio"].includes(one.type) || one.value === value));
      if (!field) continue;
      if (["checkbox", "radio"].includes(field.type)) field.checked = true;
      else field.value = value;
    }
    tell(form, `What you typed ${clock(copy.since)} stands here again. The server did not answer then, so look first whether it was taken.`);
  }
  form.addEventListener("submit", (event) => {
    pressed = form;
    if (!event.defaultPrevented) forget(id);
  });
}

let pressed;
function tell(form, words) {
  form.querySelector("[data-plain-kept]")?.remove();
  form.prepend(drawn("p", words, { class: "gt-notice gt-notice--info", role: "alert", "data-plain-kept": "" }));
}

// The worker at the door found no server for what was just pressed; this page still stands as it was.
async function notSent(owner) {
  if (!pressed) return;
  const fields = typed(pressed).filter(filled);
  tell(pressed, "The server did not answer, so this may not have been sent. What you typed stands here, and is kept on this computer, encrypted. Press again when the server is back.");
  const content = { since: Date.now(), page: window.location.pathname, title: titleOf(document), fields: fields.map((field) => [field.name, field.value]), words: fields.map((field) => [named(field), field.value]) };
  if (pressed.keptId && fields.length) await Promise.all([keep(owner, pressed.keptId, content), heard()]);
}

function list(place, copies) {
  if (!copies.size) return;
  place.append(drawn("h2", "Kept on this computer", { class: "gt-h2" }));
  place.append(drawn("p", `${formsOf(copies.size)} kept on this computer and not yet sent. Open each to send it.`));
  for (const { page, title, since, words } of copies.values()) {
    const about = drawn("p");
    about.append(drawn("a", title, { href: page, class: "gt-link" }), `, since ${clock(since)}`);
    const read = drawn("details");
    read.append(drawn("summary", "Read what is kept"));
    for (const [label, answer] of words) read.append(drawn("p", `${label}: ${answer}`, { class: "gt-conflict__words" }));
    place.append(about, read);
  }
}

async function out(form) {
  await nobodyHere().catch(() => {});
  form.submit();
}

function signingOut(form) {
  let asked = false;
  form.addEventListener("submit", async (event) => {
    if (asked) return;
    event.preventDefault();
    const waiting = await digest(person).then(all).then((copies) => copies.size, () => 0);
    asked = true;
    if (!waiting) return out(form);
    const told = drawn("p", `${formsOf(waiting)} kept on this computer and not yet sent. Sign in again in this browser within ${hours} hours and open My work to send; nobody else sees what is kept. `, { class: "gt-notice gt-notice--info", role: "alert" });
    const anyway = drawn("button", "Sign out all the same", { type: "button", class: "gt-action" });
    anyway.addEventListener("click", () => out(form));
    told.append(anyway);
    document.getElementById("main").prepend(told);
    return anyway.focus();
  });
}

async function start() {
  await Promise.all([expire(hours), expirePacks()]);
  const owner = await digest(person);
  const copies = await all(owner);
  await heard();
  document.querySelectorAll("[data-kept-list]").forEach((place) => list(place, copies));
  const plain = [...document.querySelectorAll("form[method=post]:not([data-draft-url], [data-sign-out])")].filter((form) => typed(form).length);
  await Promise.all(plain.map((form) => mindPlain(form, owner, copies)));
  await Promise.all([...document.querySelectorAll("form[data-draft-url]")].map((form) => mind(form, owner, copies)));
  const doorkeeper = awayWorker ? navigator.serviceWorker : null;
  doorkeeper?.addEventListener("message", ({ data }) => { if (data === "not sent") notSent(owner); });
  doorkeeper?.register(awayWorker, { scope: "/" });
}

if (person && canKeep) {
  // At once: whoever signs out as soon as a page stands is asked, and forgotten here, too.
  document.querySelectorAll("form[data-sign-out]").forEach(signingOut);
  start();
} else if (canKeep && window.location.pathname.startsWith("/sign-in/")) nobodyHere();
