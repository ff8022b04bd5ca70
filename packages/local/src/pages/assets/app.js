/** Sends what stands in the link to the API, when the button is pressed and never before. */
const form = document.querySelector("#form");
const answer = document.querySelector("#answer");
const fields = document.querySelector("#fields");
const command = document.querySelector("#command");
const password = document.querySelector("#password");
const email = document.querySelector("#email");
const accessToken = document.querySelector("#access-token");

/** What a token is made of: nothing that a shell, where the command is pasted, would take for its own. */
const tokens = /^[\w.~-]{1,512}$/;

let token;

/** Takes the token out of the address bar, where the history and whoever looks on would find it. */
function readLink() {
  if (email) return show();
  if (location.hash === "" && token !== undefined) return;
  const found = new URLSearchParams(location.hash.slice(1)).get("token");
  history.replaceState(undefined, "", location.pathname);
  token = found !== null && tokens.test(found) ? found : undefined;
  if (token !== undefined) show();
  else hide("There is no token in this link. Open it from the mail once more.");
}

function hide(reason) {
  for (const part of [form, command, fields]) part.hidden = true;
  say(reason, "bad");
}

function show() {
  hide("");
  form.hidden = false;
  command.hidden = false;
  const line = curl();
  command.querySelector("pre").textContent = line;
  command.querySelector("button").dataset.copy = line;
}

function bodyOf(address, secret) {
  return JSON.stringify({ token, ...(email && { email: address }), ...(password && { password: secret }) });
}

function curl() {
  const body = bodyOf("test@example.com", "a new password");
  const bearer = accessToken ? ' -H "Authorization: Bearer $TOKEN"' : "";
  return `curl -H "Content-Type: application/json"${bearer} -X POST -d '${body}' ${form.dataset.url}`;
}

function say(text, kind) {
  answer.textContent = text;
  answer.className = kind;
}

async function submit() {
  const headers = { "Content-Type": "application/json" };
  if (accessToken) headers.Authorization = `Bearer ${accessToken.value.trim()}`;
  const body = bodyOf(email?.value, password?.value);
  const { pathname } = new URL(form.dataset.url);
  const response = await fetch(pathname, { method: "POST", headers, body });
  const problem = response.ok ? {} : await response.json().catch(() => ({}));
  say(response.ok ? form.dataset.done : explain(response.status, problem), response.ok ? "good" : "bad");
  form.hidden = response.ok;
  showFields(problem.errors ?? []);
}

/** A problem document says it in its title and detail; what the gateway answers itself has a message. */
function explain(status, { title, detail, message }) {
  const text = [title, detail].filter(Boolean).join(". ") || message || "no reason given";
  const hint =
    accessToken && (status === 401 || status === 403) && !title ? ". Is the access token still good?" : "";
  return `${status}: ${text}${hint}`;
}

function showFields(errors) {
  const items = errors.map(({ pointer, message }) => {
    const item = document.createElement("li");
    item.textContent = `${pointer.slice(1)}: ${message}`;
    return item;
  });
  fields.replaceChildren(...items);
  fields.hidden = items.length === 0;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  await submit().catch(() => say("Gatehouse does not answer. Is it running?", "bad"));
  button.disabled = false;
});

addEventListener("hashchange", readLink);
readLink();
