/** Shows new mails without a reload, and empties the mailbox. */
const pauseSeconds = 2;

const list = document.querySelector("#list");
const news = document.querySelector("#news");
const clear = document.querySelector("#clear");
let known;

async function look() {
  const response = await fetch(`/_local/mail${location.pathname === "/_local/mail" ? location.search : ""}`, {
    headers: { Accept: "text/html" },
    cache: "no-cache",
  });
  const tag = response.headers.get("etag");
  if (!response.ok || tag === known) return;
  show(new DOMParser().parseFromString(await response.text(), "text/html"));
  known = tag;
}

function show(page) {
  const focused = document.activeElement?.getAttribute("href");
  const before = list.querySelectorAll("li").length;
  list.replaceChildren(...page.querySelector("#list").childNodes);
  for (const link of list.querySelectorAll("a")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    if (link.getAttribute("href") === focused) link.focus();
  }
  const count = list.querySelectorAll("li").length;
  clear.hidden = count === 0;
  if (known === undefined) return;
  const come = count - before;
  news.textContent = come > 0 ? `${come} new ${come === 1 ? "mail" : "mails"}` : "";
  if (location.pathname === "/_local/mail") document.title = page.title;
}

async function watch() {
  try {
    if (document.visibilityState === "visible") await look();
  } catch {
    news.textContent = "Gatehouse does not answer. Is it running?";
    known = undefined;
  }
  setTimeout(watch, pauseSeconds * 1000);
}

clear.addEventListener("click", async () => {
  await fetch("/_local/mail", { method: "DELETE" });
  location.assign("/_local/mail");
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") look().catch(() => {});
});

watch();
