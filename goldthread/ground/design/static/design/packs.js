// Visit packs: taken while the server is there, opened without it (ground/design/away.py), deleted when their hours are over.
//
//   <form data-packs-take data-for="12">   chooses children, hours and a phrase; its action answers with JSON (face/web/packs.py)
//   <div data-packs-open></div>            where the packs on this computer are listed and opened
//
// A pack is sealed with a key made of its phrase (PBKDF2, SHA-256, 600,000 rounds): without the phrase nobody opens it here.

import { canKeep, done, expirePacks, store } from "./keeping.js";
import { redraw } from "./redraw.js";

const ROUNDS = 600000;
const SHORTEST = 12;
const [writes, reads] = [new TextEncoder(), new TextDecoder()];
const place = document.querySelector("[data-packs-open]");

function drawn(tag, words = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = words;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

async function keyOf(phrase, salt) {
  const words = await crypto.subtle.importKey("raw", writes.encode(phrase.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, words, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function seal(phrase, { until, until_words: untilWords, packs, person }) {
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(phrase, salt), writes.encode(JSON.stringify({ packs, person })));
  await done((await store("packs", "readwrite")).put({ until: Date.parse(until), untilWords, count: packs.length, salt, iv, sealed }, crypto.randomUUID()));
}

function taking(form) {
  const said = form.querySelector("[data-packs-said]");
  const say = (words) => said.replaceChildren(...(words ? [drawn("p", words, { class: "gt-notice gt-notice--info" })] : []));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [phrase, again] = [form.querySelector("#phrase"), form.querySelector("#phrase-again")];
    if (phrase.value.length < SHORTEST) return say(`The phrase is too short: ${SHORTEST} letters or more.`);
    if (phrase.value !== again.value) return say("The second phrase is not the same as the first.");
    say("Packing…");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, credentials: "same-origin" });
      const isJson = (answer.headers.get("content-type") ?? "").includes("json");
      if (!isJson) return say("The server did not give the packs. Look whether you are still signed in, and try again.");
      const given = await answer.json();
      if (!answer.ok) return say(given.problem);
      await seal(phrase.value, { ...given, person: { person: form.dataset.for, hours: document.body.dataset.keptHours, idleMinutes: document.body.dataset.keptIdle } });
      form.reset();
      say("Packed. Try the phrase before you leave.");
    } catch {
      return say("The packs could not be kept on this computer. Nothing was kept; try again.");
    }
    return list();
  });
}

async function list() {
  await expirePacks();
  const packs = await store("packs");
  const [ids, all] = await Promise.all([done(packs.getAllKeys()), done(packs.getAll())]);
  place.replaceChildren();
  if (!all.length) return;
  place.append(drawn("h2", "On this computer", { class: "gt-h2" }));
  all.forEach((pack, at) => place.append(shut(pack, ids[at])));
}

function shut(pack, id) {
  const form = drawn("form", "", { class: "gt-form", novalidate: "" });
  const [field, label] = [`open-${id}`, `${pack.count === 1 ? "1 child" : `${pack.count} children`}, until ${pack.untilWords}`];
  const line = drawn("p", "", { role: "alert" });
  const group = drawn("div", "", { class: "govuk-form-group" });
  const input = drawn("input", "", { class: "govuk-input govuk-input--width-20", id: field, type: "password", autocomplete: "off" });
  const [open, drop] = [drawn("button", "Open", { class: "gt-action" }), drawn("button", "Delete now", { class: "gt-action", type: "button" })];
  group.append(drawn("label", `${label}: the phrase`, { class: "govuk-label", for: field }), input);
  form.append(line, group, open, " ", drop);
  drop.addEventListener("click", async () => { await done((await store("packs", "readwrite")).delete(id)); list(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (pack.until <= Date.now()) return list();
    try {
      const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: pack.iv }, await keyOf(input.value, pack.salt), pack.sealed);
      return form.replaceWith(opened(JSON.parse(reads.decode(bytes)), pack));
    } catch {
      line.textContent = "That is not the phrase of this pack.";
      return input.focus();
    }
  });
  return form;
}

function opened({ packs, person }, { until, untilWords }) {
  const whole = drawn("div", "", { "data-private": "" });
  whole.append(drawn("p", `As it stood when it was packed. Until ${untilWords}.`, { class: "gt-small" }));
  for (const pack of packs) {
    const child = drawn("details", "", { class: "gt-guidance gt-pack" });
    child.append(drawn("summary", pack.child, { class: "gt-guidance__summary" }));
    child.append(visitOf(pack, person));
    for (const { heading, html } of pack.pages) {
      const page = drawn("section", "", { class: "gt-section" });
      page.append(drawn("h2", heading, { class: "gt-h2" }), ...new DOMParser().parseFromString(html, "text/html").body.childNodes);
      child.append(page);
    }
    whole.append(child);
  }
  setTimeout(list, Math.min(until - Date.now(), 2 ** 31 - 1));
  return whole;
}

function visitOf(pack, person) {
  if (!pack.visit) return drawn("p", "No visit stands ready for this child: begin one when you are back.", { class: "gt-empty" });
  const line = drawn("p");
  const away = document.querySelector("[data-away]");
  const write = away ? drawn("button", "Write the visit", { class: "gt-action", type: "button" }) : drawn("a", "Write the visit", { class: "gt-link", href: pack.visit.page });
  if (away) write.addEventListener("click", () => redraw(away, person, { ...pack.visit, title: `${pack.visit.title}: ${pack.child}` }));
  line.append(write);
  return line;
}

if (canKeep && place) {
  list();
  document.querySelectorAll("form[data-packs-take]").forEach(taking);
}
