// What this browser keeps of its people while the server is away: sealed copies of unsent forms, in IndexedDB "goldthread-kept".
//
// One AES-GCM key for each person, made here and not extractable. What lies beside a copy: a digest in place of person and
// form, the time, and sealed bytes. docs/security/kept-in-the-browser.md says what that protects and what it does not.

const HOUR = 3600000;
export const canKeep = Boolean(window.indexedDB && window.crypto.subtle);
const [writes, reads] = [new TextEncoder(), new TextDecoder()];

export const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

let opened;
function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("goldthread-kept", 3);
    request.onupgradeneeded = () => {
      const there = request.result.objectStoreNames;
      ["keys", "forms", "here", "packs"].filter((name) => !there.contains(name)).forEach((name) => request.result.createObjectStore(name));
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

export const store = async (name, mode = "readonly") => (await database()).transaction(name, mode).objectStore(name);

export async function digest(words) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", writes.encode(words)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function keyOf(owner) {
  const found = await done((await store("keys")).get(owner));
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const keys = await store("keys", "readwrite");
  // Another tab may have made one meanwhile: the first stands.
  return (await done(keys.get(owner))) ?? done(keys.put(made, owner)).then(() => made);
}

const sealedFor = (id, iv) => ({ name: "AES-GCM", iv, additionalData: writes.encode(id) });

export async function keep(owner, id, content) {
  const key = await keyOf(owner);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(sealedFor(id, iv), key, writes.encode(JSON.stringify(content)));
  await done((await store("forms", "readwrite")).put({ owner, at: Date.now(), iv, sealed }, id));
}

export const forget = async (id) => done((await store("forms", "readwrite")).delete(id));

async function deleteWhere(name, isOver) {
  const cursor = (await store(name, "readwrite")).openCursor();
  return new Promise((resolve, reject) => {
    cursor.onerror = () => reject(cursor.error);
    cursor.onsuccess = () => {
      if (!cursor.result) return resolve();
      if (isOver(cursor.result.value)) cursor.result.delete();
      return cursor.result.continue();
    };
  });
}

export const expire = (hours) => deleteWhere("forms", (form) => form.at < Date.now() - hours * HOUR);
export const expirePacks = () => deleteWhere("packs", (pack) => pack.until <= Date.now());

// Every copy of this person's, by its id.
export async function all(owner) {
  const forms = await store("forms");
  const [ids, copies] = await Promise.all([done(forms.getAllKeys()), done(forms.getAll())]);
  const own = copies.map((copy, at) => [ids[at], copy]).filter(([, copy]) => copy.owner === owner);
  if (!own.length) return new Map();
  const key = await keyOf(owner);
  return new Map(await Promise.all(own.map(async ([id, { iv, sealed }]) => [id, JSON.parse(reads.decode(await crypto.subtle.decrypt(sealedFor(id, iv), key, sealed)))])));
}

// Who is at this browser, for as long as their session would last unheard; nobody after signing out.
export const nobodyHere = async () => done((await store("here", "readwrite")).clear());
export const isHere = async (who) => done((await store("here", "readwrite")).put({ ...who, at: Date.now() }, "who"));

export async function whoIsHere() {
  const who = await done((await store("here")).get("who"));
  return who && Date.now() - who.at < who.idleMinutes * 60000 ? who : null;
}
