// The page that stands in when the server does not answer (face/web/away.py): whoever was last here finds the form that this
// address holds, with every word, and goes on; others find what they can do. It looks for the server and leads back to it.
//
//   <div data-away data-modules="/static/…"></div>   the scripts of a form, run once it is drawn

import { all, canKeep, digest, whoIsHere } from "./keeping.js";
import { redraw } from "./redraw.js";

const LOOK_AGAIN = 10000;
const place = document.querySelector("[data-away]");
const clock = (at) => new Date(at).toLocaleString("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

function listed(copies) {
  if (!copies.length) return;
  const heading = document.createElement("h2");
  heading.className = "gt-h2";
  heading.textContent = "Kept on this computer and not yet sent";
  const list = document.createElement("ul");
  list.className = "gt-plain-list";
  for (const { page, title, since } of copies) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    [link.href, link.className, link.textContent] = [page, "gt-link", title];
    line.append(link, `, since ${clock(since)}`);
    list.append(line);
  }
  place.append(heading, list);
}

async function isBack() {
  const answer = await fetch("/away/", { cache: "no-store", credentials: "omit" }).catch(() => null);
  return Boolean(answer?.ok);
}

async function start() {
  const who = canKeep ? await whoIsHere() : null;
  const copies = who ? [...(await all(await digest(who.person))).values()] : [];
  const copy = copies.find((one) => one.form && one.page === window.location.pathname);
  if (copy) return redraw(place, who, copy);
  listed(copies);
  if (window.location.pathname === "/away/" || !place.hasAttribute("data-look-again")) return undefined;
  return setInterval(async () => { if (await isBack()) window.location.reload(); }, LOOK_AGAIN);
}

start();
