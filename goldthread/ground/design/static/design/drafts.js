// Saves a form as it is typed, so that nothing typed is ever lost and leaving is always safe.
//
//   <form data-draft-url="…" data-revision="7"> with a line [data-draft-status], a line [data-draft-others] and a place
//   [data-draft-conflict]; each question stands in [data-question=name][data-kind=kind] (macros drafts and questions).
//   data-unsaved on the form: what it shows is not in the draft yet, so everything is sent.
//
//   Request   POST data-draft-url, JSON {"revision": 7, "tab": "k3v9…", "answers": {input name: value, …}}: what changed since
//             the last save. A string, "" when unanswered; many: a list of codes; a day: its inputs one by one
//             (name-day, name-month, name-year, name-time), as typed; an input of a row taken away: null.
//             `tab` names this open page: a save on leaving may overtake one still on its way, so an older revision is to be
//             taken when the newer one came from the same tab. `held`, where an outage kept words here: for how many seconds.
//   200       {"revision": 8, "saved_at": "14:32", "open_by": ["B. Osei"], "reading": {input name: how hard it is to read}}
//   409       {"revision": 9, "saved_at": "14:40", "saved_by": "B. Osei", "open_by": [...], "answers": {question: value, …}}:
//             every answer the draft now holds, a day as {"day", "month", "year", "time"} or its inputs one by one.
//             Someone saved in between. What only they changed is shown in the form; where both changed one answer, both
//             versions stand side by side until the writer chooses. Nothing is overwritten in silence.
//   401       {"problem": words}: nobody is signed in here, or somebody else than X-Goldthread-Person, whose page this is:
//             nothing was taken, and again.js asks who they are.
//   404, 410  the form is closed; perhaps {"problem": words}. Anything else is tried again until it succeeds.

// The form tells kept.js of what it could not send (gt:unsent) and that nothing is left to send (gt:sent).

const PAUSE = 1200;
const LONGEST = 10000;
const TRY_AGAIN = [2000, 4000, 8000, 15000, 30000];
const KEEPALIVE_BYTES = 60000;
const TAB = crypto.getRandomValues(new Uint32Array(2)).reduce((id, part) => id + part.toString(36), "");

// The box to type into that typeahead.js lays over a long list has an empty name: the list beneath it holds the answer.
const fieldsOf = (question) => [...question.querySelectorAll("input[name], textarea[name], select[name]")].filter((field) => field.name);
const partOf = (question, field) => field.name.slice(question.dataset.question.length + 1);

function read(question) {
  const fields = fieldsOf(question);
  if (question.dataset.kind === "day") return Object.fromEntries(fields.map((field) => [partOf(question, field), field.value]));
  const chosen = fields.filter((field) => field.checked).map((field) => field.value);
  if (question.dataset.kind === "many") return chosen;
  return (fields[0]?.type === "radio" ? chosen[0] : fields[0]?.value) ?? "";
}

// An answer as the wire has it, by input name; and back.
function laidOut(question, value) {
  const name = question.dataset.question;
  if (question.dataset.kind !== "day") return { [name]: value };
  return Object.fromEntries(Object.entries(value).map(([part, typed]) => [`${name}-${part}`, typed]));
}

function flat(answers) {
  return Object.fromEntries(Object.entries(answers).flatMap(([name, value]) => {
    if (!value || typeof value !== "object" || Array.isArray(value)) return [[name, value]];
    return Object.entries(value).map(([part, typed]) => [`${name}-${part}`, typed]);
  }));
}

function gathered(question, answers) {
  const name = question.dataset.question;
  if (question.dataset.kind === "day") return Object.fromEntries(fieldsOf(question).map((field) => [partOf(question, field), answers[field.name] ?? ""]));
  return answers[name] ?? (question.dataset.kind === "many" ? [] : "");
}

function write(question, value) {
  for (const field of fieldsOf(question)) {
    if (question.dataset.kind === "day") field.value = value[partOf(question, field)] ?? "";
    else if (field.type === "checkbox") field.checked = (value ?? []).includes(field.value);
    else if (field.type === "radio") field.checked = field.value === value;
    else field.value = value ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (field.tagName === "SELECT") {
      const box = field.parentElement.querySelector(".autocomplete__input");
      if (box) box.value = field.selectedOptions[0]?.textContent ?? "";
    }
  }
  question.dispatchEvent(new CustomEvent("gt:answered", { bubbles: true }));
}

// Two answers are one when they would be stored alike: key order and an absent or empty time make no difference.
function same(a, b) {
  const plain = (value) => {
    if (Array.isArray(value)) return JSON.stringify([...value].sort());
    if (value && typeof value === "object") return JSON.stringify(Object.entries(value).filter(([, part]) => part !== "" && part != null).map(([key, part]) => [key, String(part)]).sort());
    return JSON.stringify(value == null ? "" : String(value));
  };
  const empty = (value) => value == null || value === "" || plain(value) === "[]";
  return (empty(a) && empty(b)) || plain(a) === plain(b);
}

function inWords(question, value) {
  if (value == null || value === "" || same(value, "")) return "(no answer)";
  if (question.dataset.kind === "day") return [value.day, value.month, value.year].map((part) => part || "?").join("/") + (value.time ? ` at ${value.time}` : "");
  const label = (code) => {
    const field = [...question.querySelectorAll("input, option")].find((found) => found.value === code);
    return (field?.tagName === "OPTION" ? field.textContent : field?.labels?.[0]?.textContent)?.trim() ?? code;
  };
  if (Array.isArray(value)) return value.map(label).join(", ");
  return ["one", "yes_no"].includes(question.dataset.kind) ? label(value) : value;
}

const labelOf = (question) => question.querySelector(".gt-label")?.firstChild?.textContent.trim() ?? question.dataset.question;

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    this.revision = Number(form.dataset.revision);
    this.base = "unsaved" in form.dataset ? {} : this.answers();
    // Inputs that have stood on this page: only those can have been taken away by the writer.
    this.drawn = new Set(Object.keys(this.answers()));
    this.held = new Map();
    this.failures = 0;
    this.lastSaved = "";
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
    form.addEventListener("submit", (event) => this.submitting(event));
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.save(true); });
    window.addEventListener("pagehide", () => this.save(true));
    window.addEventListener("online", () => this.save());
    document.addEventListener("gt:signed-in", () => this.save());
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && (this.failures || this.closed) && Object.keys(this.changed()).length) event.preventDefault();
    });
  }

  questions() {
    return [...this.form.querySelectorAll("[data-question]")].filter((question) => question.querySelector("[name]"));
  }

  question(name) {
    return this.form.querySelector(`[data-question="${CSS.escape(name)}"]`);
  }

  answers() {
    return Object.assign({}, ...this.questions().map((question) => laidOut(question, read(question))));
  }

  changed() {
    const now = this.answers();
    const held = new Set([...this.held.keys()].flatMap((name) => Object.keys(laidOut(this.question(name), read(this.question(name))))));
    const changed = Object.entries(now).filter(([name, value]) => !held.has(name) && !same(value, this.base[name]));
    const gone = Object.keys(this.base).filter((name) => !(name in now) && this.drawn.has(name)).map((name) => [name, null]);
    return Object.fromEntries([...changed, ...gone]);
  }

  // What the server does not hold yet, and the revision and answers it was begun on.
  unsent() {
    const { revision, base } = this.held.size ? this.begun : this;
    const open = this.questions().filter((question) => !same(read(question), gathered(question, base)));
    const words = open.map((question) => [labelOf(question), inWords(question, read(question))]);
    return { revision, base, words, heldSince: this.heldSince, answers: Object.assign({}, ...open.map((question) => laidOut(question, read(question)))) };
  }

  tell(what, detail = {}) {
    this.form.dispatchEvent(new CustomEvent(`gt:${what}`, { detail }));
  }

  // Words kept from an earlier hour go on from the revision they were begun on, so that two versions meet.
  resume({ revision, base, answers, heldSince }) {
    for (const question of this.questions()) {
      if (Object.keys(laidOut(question, read(question))).some((name) => name in answers)) write(question, gathered(question, answers));
    }
    [this.revision, this.base, this.heldSince] = [revision, base, heldSince];
    this.save();
  }

  soon() {
    if (this.failures) this.tell("unsent", this.unsent());
    this.typedSince ??= Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(PAUSE, this.typedSince + LONGEST - Date.now())));
  }

  say(words, state = "") {
    if (this.status.textContent !== words) this.status.textContent = words;
    this.status.className = `gt-draft__saved${state ? ` gt-draft__saved--${state}` : ""}`;
  }

  async save(isLeaving = false) {
    clearTimeout(this.timer);
    if (this.closed || this.leaving) return;
    const answers = this.changed();
    if (!Object.keys(answers).length) return;
    if (this.inFlight) {
      this.again = true;
      // Hiding and leaving follow one another: what is on its way already is not sent twice.
      if (!isLeaving || JSON.stringify(answers) === this.onItsWay) return;
    }
    this.onItsWay = JSON.stringify(answers);
    this.typedSince = undefined;
    Object.keys(answers).forEach((name) => this.drawn.add(name));
    const late = this.heldSince ? { held: Math.round((Date.now() - this.heldSince) / 1000) } : {};
    const body = JSON.stringify({ revision: this.revision, tab: TAB, answers, ...late });
    const slow = setTimeout(() => this.say("Saving…", "waiting"), 600);
    this.inFlight = this.send(body, isLeaving).then((answer) => this.answered(answer, answers), () => this.failed("the server cannot be reached", true));
    await this.inFlight;
    clearTimeout(slow);
    this.inFlight = null;
    if (this.again) {
      this.again = false;
      this.soon();
    }
  }

  send(body, isLeaving) {
    const token = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1] ?? this.form.elements.csrfmiddlewaretoken?.value ?? "";
    return fetch(this.form.dataset.draftUrl, {
      method: "POST",
      body,
      credentials: "same-origin",
      keepalive: isLeaving && new Blob([body]).size < KEEPALIVE_BYTES,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token, "X-Goldthread-Person": document.body.dataset.keptFor ?? "" },
    });
  }

  async answered(answer, sent) {
    const isJson = (answer.headers.get("content-type") ?? "").includes("json");
    if (answer.status === 404 || answer.status === 410) return this.shut(isJson ? (await answer.json()).problem : "");
    if (answer.status === 413) return this.failed("it is larger than a form may be (a picture may have been pasted)");
    if (answer.redirected || answer.status === 401 || answer.status === 403) return this.signedOut();
    if (!isJson || (!answer.ok && answer.status !== 409)) return this.failed("the server did not take it", false, answer.status >= 500);
    const held = await answer.json();
    const begun = this.held.size ? this.begun : { revision: this.revision, base: this.base };
    this.failures = 0;
    this.away = false;
    this.revision = held.revision;
    this.form.dataset.revision = held.revision;
    if (this.form.elements.revision) this.form.elements.revision.value = held.revision;
    this.others(held.open_by ?? []);
    if (answer.status === 409) return this.met(held, begun);
    for (const [name, words] of Object.entries(held.reading ?? {})) {
      const line = this.form.querySelector(`[data-reading="${CSS.escape(name)}"]`);
      if (line && line.textContent !== words) line.textContent = words;
    }
    this.base = Object.fromEntries(Object.entries({ ...this.base, ...sent }).filter(([, value]) => value !== null));
    this.lastSaved = held.saved_at;
    if (!this.held.size && !Object.keys(this.changed()).length) this.tell("sent");
    this.heldSince = undefined;
    return this.say(`Saved at ${held.saved_at}`);
  }

  signedOut() {
    this.failed("you have been signed out");
    document.dispatchEvent(new CustomEvent("gt:signed-out"));
  }

  // `isAway`: nobody answered; `isOutage`: what is typed now is recorded late because of it.
  failed(why, isAway = false, isOutage = isAway) {
    this.away = isAway;
    if (isOutage) this.heldSince ??= Date.now();
    const since = this.lastSaved ? ` since ${this.lastSaved}` : "";
    this.say(`Not saved${since}: ${why}. Your words are still here; trying again.`, "trouble");
    const wait = TRY_AGAIN[Math.min(this.failures, TRY_AGAIN.length - 1)];
    this.failures += 1;
    this.tell("unsent", this.unsent());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  shut(problem) {
    this.closed = true;
    this.tell("unsent", this.unsent());
    this.say(`Not saved. ${problem || "This form has been submitted or discarded by someone."} Copy what you need before you leave.`, "trouble");
  }

  others(names) {
    const line = this.form.querySelector("[data-draft-others]");
    if (!line) return;
    line.hidden = !names.length;
    line.textContent = names.length ? `Open also by ${names.join(", ")}` : "";
  }

  // Someone else saved first: take what only they changed, hold what both did.
  met(held, begun) {
    this.begun = begun;
    const by = held.saved_by || "Somebody else";
    const answers = flat(held.answers);
    const taken = [];
    for (const question of this.questions()) {
      const [mine, theirs, base] = [read(question), gathered(question, answers), gathered(question, this.base)];
      if (same(theirs, base) || same(theirs, mine)) continue;
      if (same(mine, base)) taken.push([question, theirs]);
      else this.held.set(question.dataset.question, theirs);
    }
    for (const [question, theirs] of taken) write(question, theirs);
    this.base = answers;
    if (taken.length || this.held.size) this.conflict(by, held.saved_at, taken.map(([question]) => labelOf(question)));
    if (this.held.size) this.tell("unsent", this.unsent());
    else if (!Object.keys(this.changed()).length) this.tell("sent");
    this.say(this.held.size ? `${by} saved this form too: choose below` : `${by} saved this form too; yours is being saved`, "waiting");
    this.soon();
  }

  conflict(by, at, taken) {
    const place = this.form.querySelector("[data-draft-conflict]");
    place.replaceChildren();
    place.hidden = false;
    place.setAttribute("role", "alert");
    const told = document.createElement("p");
    told.textContent = `${by} has this form open too and saved it${at ? ` at ${at}` : ""}.${taken.length ? ` Changed by ${by}: ${taken.join("; ")}.` : ""}`;
    place.append(told);
    for (const [name, theirs] of this.held) place.append(this.choice(name, theirs, by));
    if (this.held.size) place.scrollIntoView({ block: "center" });
  }

  choice(name, theirs, by) {
    const question = this.question(name);
    const block = document.createElement("div");
    const heading = document.createElement("p");
    heading.innerHTML = "<strong></strong>";
    heading.firstChild.textContent = `You both answered “${labelOf(question)}”`;
    const pair = document.createElement("div");
    pair.className = "gt-conflict__pair";
    const settle = (value) => {
      this.held.delete(name);
      if (value !== undefined) write(question, value);
      block.remove();
      if (!this.held.size) this.form.querySelector("[data-draft-conflict]").hidden = true;
      this.soon();
    };
    pair.append(this.side("Yours", inWords(question, read(question)), "Keep yours", () => settle()));
    pair.append(this.side(`${by}’s`, inWords(question, theirs), `Take ${by}’s`, () => settle(theirs)));
    block.append(heading, pair);
    if (question.dataset.kind === "words") pair.append(this.side("Both", "One below the other", "Keep both", () => settle(`${theirs}\n\n${read(question)}`)));
    return block;
  }

  side(title, words, does, act) {
    const side = document.createElement("div");
    side.className = "gt-conflict__side";
    side.innerHTML = '<p class="gt-small"></p><p class="gt-conflict__words"></p><button type="button" class="gt-action"></button>';
    const [heading, text, button] = side.children;
    [heading.textContent, text.textContent, button.textContent] = [title, words, does];
    button.addEventListener("click", act);
    return side;
  }

  // A save still on its way would make the posted revision old: the post waits for it.
  // While the server is away a post would end on the browser's own error page: it is held back.
  submitting(event) {
    clearTimeout(this.timer);
    if (this.away) {
      event.preventDefault();
      this.save();
      return;
    }
    this.leaving = !this.inFlight;
    if (this.leaving) return;
    event.preventDefault();
    this.inFlight.finally(() => this.form.requestSubmit(event.submitter ?? undefined));
  }
}

for (const form of document.querySelectorAll("form[data-draft-url]")) form.draft = new Draft(form);
window.addEventListener("pageshow", (event) => {
  // Back from the history with an old revision: ask the server for what it holds now.
  if (event.persisted && document.querySelector("form[data-draft-url]")) window.location.reload();
});
